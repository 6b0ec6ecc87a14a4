#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// `1 − σ(x)` and `σ(x)` for every logit of the second of two classes.
func pairs(_ logits: [Double]) -> [Double] {
  logits.flatMap { x -> [Double] in
    // The exponential of a negative number cannot overflow.
    let small = exp(-abs(x)) / (1 + exp(-abs(x)))
    return x >= 0 ? [small, 1 - small] : [1 - small, small]
  }
}

/// `log x`.
func logarithm(_ x: Double) -> Double { log(x) }

/// `exp(x)` for every output that is the logarithm of a rate.
func rates(_ logarithms: [Double]) -> [Double] { logarithms.map { exp($0) } }

/// `exp(x_i) / Σ exp(x_j)` for every row of `count` logits.
func shares(_ logits: [Double], of count: Int) -> [Double] {
  var result = logits
  for start in stride(from: 0, to: logits.count, by: count) {
    let row = start..<(start + count)
    let greatest = logits[row].max() ?? 0
    var sum = 0.0
    for i in row {
      result[i] = exp(logits[i] - greatest)
      sum += result[i]
    }
    for i in row { result[i] /= sum }
  }
  return result
}

/// The angle from −π/2 to π/2 whose tangent is `x`.
func arcTangent(_ x: Double) -> Double { atan(x) }
