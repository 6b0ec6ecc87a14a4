internal import Tensors

/// An order of `0 ..< count` that looks random, without a list of it: a Feistel network over as
/// many bits as are needed, walked until it is within.
struct MixedOrder {
  let count: Int
  private let halfBits: Int
  private let keys: [UInt64]

  init(count: Int, source: RandomSource) {
    self.count = count
    var bits = 2
    while bits < 62, (1 << bits) < count { bits += 2 }
    halfBits = bits / 2
    var source = source
    keys = (0..<4).map { _ in source.next() }
  }

  /// The number at a place of the order.
  ///
  /// - Precondition: the place is in `0 ..< count`.
  subscript(place: Int) -> Int {
    var value = place
    // A permutation of a larger range leads back into the smaller one.
    repeat { value = permuted(value) } while value >= count
    return value
  }

  private func permuted(_ value: Int) -> Int {
    let mask = (1 << halfBits) - 1
    var (left, right) = (value >> halfBits, value & mask)
    for key in keys {
      var hash = (UInt64(right) ^ key) &* 0x9e37_79b9_7f4a_7c15
      hash = (hash ^ (hash >> 32)) &* 0xbf58_476d_1ce4_e5b9
      (left, right) = (right, left ^ (Int(hash >> 33) & mask))
    }
    return (left << halfBits) | right
  }
}
