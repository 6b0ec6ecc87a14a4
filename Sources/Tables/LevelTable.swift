/// The distinct texts of a column, found through a hash table over byte slices.
struct LevelTable {
  /// Where each level first appeared.
  private(set) var levels: [Cell] = []
  /// How many cells hold each level.
  private(set) var counts: [Int] = []
  private var hashes: [UInt64] = []
  /// Codes by hash, open addressing; −1 marks a free slot.
  private var slots = [Int32](repeating: -1, count: 64)

  /// The code of a cell's text, new if it was not seen before.
  mutating func code(of cell: Cell, in text: [UInt8]) -> Int32 {
    let hash = sliceHash(text, cell)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let code = Int(slots[slot])
      if hashes[code] == hash, slicesEqual(text, levels[code], cell) {
        counts[code] += 1
        return Int32(code)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let code = Int32(levels.count)
    slots[slot] = code
    levels.append(cell)
    counts.append(1)
    hashes.append(hash)
    if levels.count * 2 > slots.count { grow() }
    return code
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for (code, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(code)
    }
  }
}

/// A hash of the bytes of a slice, its high bits mixed into the low ones.
private func sliceHash(_ text: [UInt8], _ cell: Cell) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for index in Int(cell.start)..<Int(cell.end) {
    hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01B3
  }
  return mixed(hash)
}

private func slicesEqual(_ text: [UInt8], _ left: Cell, _ right: Cell) -> Bool {
  guard left.count == right.count else { return false }
  let (leftStart, rightStart) = (Int(left.start), Int(right.start))
  for index in 0..<left.count where text[leftStart + index] != text[rightStart + index] {
    return false
  }
  return true
}

/// A one-to-one mixing of 64 bits in which every input bit changes about half of the output's.
func mixed(_ bits: UInt64) -> UInt64 {
  var x = bits
  x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
  x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
  return x ^ (x >> 31)
}
