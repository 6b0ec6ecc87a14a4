/// Random numbers that follow from a text and a number, by SplitMix64.
struct SeededSource: RandomNumberGenerator {
  private var state: UInt64

  init(_ label: String, _ number: Int = 0) {
    // FNV-1a of the label.
    state = 0xcbf2_9ce4_8422_2325
    for byte in label.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    state &+= UInt64(truncatingIfNeeded: number) &* 0x9e37_79b9_7f4a_7c15
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  /// A number in `0 ..< 1`.
  mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }
  /// A place in a list of so many.
  mutating func place(_ count: Int) -> Int { min(count - 1, Int(fraction() * Double(count))) }
  /// One of some values.
  mutating func one<Value>(of values: [Value]) -> Value { values[place(values.count)] }
}
