/// The probability that the ratio of two variances is above `ratio` by chance, with their degrees
/// of freedom.
///
/// The regularised incomplete beta function by its continued fraction (Abramowitz and Stegun
/// 26.5.8, 26.6.2), which converges fast where `x < (a + 1) / (a + b + 2)`, and is mirrored
/// elsewhere.
func probability(ofRatioAbove ratio: Double, _ upper: Int, _ lower: Int) -> Double {
  guard ratio > 0 else { return 1 }
  guard ratio.isFinite else { return 0 }
  let (a, b) = (Double(lower) / 2, Double(upper) / 2)
  let x = Double(lower) / (Double(lower) + Double(upper) * ratio)
  return x < (a + 1) / (a + b + 2) ? incompleteBeta(x, a, b) : 1 - incompleteBeta(1 - x, b, a)
}

private func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
  guard x > 0 else { return 0 }
  let front =
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * logarithm(x) + b * logarithm(1 - x)
  let tiny = 1e-300
  func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var (c, d) = (1.0, 1 / kept(1 - (a + b) * x / (a + 1)))
  var sum = d
  for index in 1...300 {
    let m = Double(index)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / kept(1 + even * d)
    c = kept(1 + even / c)
    sum *= c * d
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / kept(1 + odd * d)
    c = kept(1 + odd / c)
    sum *= c * d
    if abs(c * d - 1) < 1e-14 { break }
  }
  return exponential(front) * sum / a
}

/// The logarithm of the gamma function above 0, by Stirling's series from 10 on.
private func logGamma(_ x: Double) -> Double {
  var (x, shift) = (x, 0.0)
  while x < 10 { (x, shift) = (x + 1, shift + logarithm(x)) }
  let inverse = 1 / (x * x)
  let series = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / x
  return (x - 0.5) * logarithm(x) - x + 0.5 * logarithm(2 * Double.pi) + series - shift
}
