/// The generator xoshiro256** of Blackman and Vigna, its state filled by SplitMix64 from a seed.
///
/// Everything here uses integer and basic double arithmetic only: the same on every processor.
public struct RandomSource: Sendable, Hashable {
  private var state0, state1, state2, state3: UInt64

  public init(seed: UInt64) {
    var filler = SplitMix64(state: seed)
    (state0, state1) = (filler.next(), filler.next())
    (state2, state3) = (filler.next(), filler.next())
  }

  /// A source in a given state, not all zero.
  init(state: (UInt64, UInt64, UInt64, UInt64)) {
    (state0, state1, state2, state3) = state
  }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    let result = rotated(state1 &* 5, by: 7) &* 9
    let shifted = state1 << 17
    state2 ^= state0
    state3 ^= state1
    state1 ^= state2
    state0 ^= state3
    state2 ^= shifted
    state3 = rotated(state3, by: 45)
    return result
  }

  /// An independent source that depends on this one's state and a number; this one stays as it is.
  public func split(_ index: UInt64) -> RandomSource {
    var filler = SplitMix64(state: index)
    return RandomSource(seed: state0 ^ rotated(state2, by: 32) ^ filler.next())
  }

  /// An independent source that depends on this one's state and a label, by its FNV-1a hash.
  public func split(_ label: String) -> RandomSource {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in label.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return split(hash)
  }

  /// A multiple of 2⁻²⁴ in `0 ..< 1`.
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A normally distributed number with mean 0 and deviation 1, by Marsaglia's polar method.
  public mutating func normal() -> Float {
    while true {
      let x = Double(Int64(bitPattern: next()) >> 11) * 0x1p-52
      let y = Double(Int64(bitPattern: next()) >> 11) * 0x1p-52
      let square = x * x + y * y
      guard square < 1, square > 0 else { continue }
      return Float(x * (-2 * naturalLogarithm(square) / square).squareRoot())
    }
  }

  /// A whole number in `0 ..< bound`, each as likely as the others.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "a random number needs a positive bound")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      // The low words under 2^64 mod bound would make some numbers more likely.
      let rest = (0 &- bound) % bound
      while product.low < rest { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// Puts the values in random order, every order as likely as the others (Fisher and Yates).
  public mutating func shuffle(_ values: inout [Int32]) {
    guard values.count > 1 else { return }
    for last in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(last, below(last + 1))
    }
  }
}

/// The generator SplitMix64 of Steele, Lea and Flood, for filling states.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

private func rotated(_ x: UInt64, by count: UInt64) -> UInt64 {
  x << count | x >> (64 - count)
}

/// `log x` for normal positive `x`: `e·log 2 + 2·artanh((m − 1) / (m + 1))` with `x = m·2^e`.
func naturalLogarithm(_ x: Double) -> Double {
  let (mantissa, exponent) = (x.significand, Double(x.exponent))
  let s = (mantissa - 1) / (mantissa + 1)
  let square = s * s
  // |s| is at most 1/3, so the 18th term is below 2⁻⁵³.
  var sum = 0.0
  for term in stride(from: 35, through: 1, by: -2) { sum = sum * square + 1 / Double(term) }
  return exponent * 0.693147180559945309 + 2 * s * sum
}
