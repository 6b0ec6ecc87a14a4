// The few functions of a real number that schedules and optimisers need, so that every platform
// computes the same rates.

/// `cos(π · x)` for `x` from 0 to 1, to double precision.
func cosine(ofHalfTurns x: Double) -> Double {
  guard x <= 0.5 else { return -cosine(ofHalfTurns: 1 - x) }
  guard x > 0.25 else { return cosineSeries(x * Double.pi) }
  // Near a quarter turn the sine of what is left keeps its digits.
  return sineSeries((0.5 - x) * Double.pi)
}

/// `eˣ`, by halving the argument until the series is short.
func exponential(_ x: Double) -> Double {
  guard x > -745 else { return 0 }
  guard x < 709 else { return .infinity }
  let power = (x / 0.693147180559945309).rounded()
  let rest = x - power * 0.693147180559945309
  var (term, sum) = (1.0, 1.0)
  for i in 1...20 {
    term *= rest / Double(i)
    sum += term
  }
  return Double(sign: .plus, exponent: Int(power), significand: sum)
}

/// `log x` for positive `x`: `e · log 2 + 2 · artanh((m − 1) / (m + 1))` with `x = m · 2ᵉ`.
package func naturalLogarithm(_ x: Double) -> Double {
  precondition(x > 0, "a logarithm needs a positive number")
  let s = (x.significand - 1) / (x.significand + 1)
  var sum = 0.0
  for term in stride(from: 39, through: 1, by: -2) { sum = sum * s * s + 1 / Double(term) }
  return Double(x.exponent) * 0.693147180559945309 + 2 * s * sum
}

/// `base^exponent` by repeated squaring, for an exponent of at least 0.
func power(_ base: Double, _ exponent: Int) -> Double {
  var (result, square, rest) = (1.0, base, exponent)
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}

private func cosineSeries(_ x: Double) -> Double {
  var (term, sum) = (1.0, 1.0)
  for i in 1...11 {
    term *= -x * x / Double((2 * i - 1) * 2 * i)
    sum += term
  }
  return sum
}

private func sineSeries(_ x: Double) -> Double {
  var (term, sum) = (x, x)
  for i in 1...11 {
    term *= -x * x / Double(2 * i * (2 * i + 1))
    sum += term
  }
  return sum
}
