/// A stream of random bits that depends on nothing but its seed: SplitMix64 (Steele, Lea and
/// Flood 2014).
struct SeededBits {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return mixed(state)
  }

  /// Puts a list in random order (Fisher and Yates).
  mutating func shuffle<Element>(_ list: inout [Element]) {
    guard list.count > 1 else { return }
    for last in stride(from: list.count - 1, to: 0, by: -1) {
      // The high half of the product is below `last + 1`, with a bias far too small to notice.
      list.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last + 1)).high))
    }
  }
}

/// A one-to-one mixing of 64 bits in which every input bit changes about half of the output's.
func mixed(_ bits: UInt64) -> UInt64 {
  var x = bits
  x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
  x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
  return x ^ (x >> 31)
}
