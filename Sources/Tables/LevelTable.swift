/// The distinct texts of a column in order of appearance, found through a hash table.
struct LevelTable {
  /// Before the texts, so many bytes that the loops may read.
  static let margin = 16

  /// How many levels there are.
  var count = 0
  /// The texts, one after another.
  var bytes = [UInt8](repeating: 0, count: 4_096)
  var byteCount = LevelTable.margin
  /// For each level, with room for more: its hash, where its text ends, how many cells hold it.
  var hashes = [UInt32](repeating: 0, count: 64)
  var ends = [UInt32](repeating: 0, count: 64)
  var counts = [UInt32](repeating: 0, count: 64)
  /// Codes by hash, open addressing; −1 marks a free slot.
  var slots = [Int32](repeating: -1, count: 128)

  /// Where a level's text stands.
  func cell(_ level: Int) -> Cell {
    Cell(start: level == 0 ? UInt32(Self.margin) : ends[level - 1], end: ends[level])
  }

  /// A level's text.
  func slice(_ level: Int) -> ArraySlice<UInt8> {
    let cell = cell(level)
    return bytes[Int(cell.start)..<Int(cell.end)]
  }

  /// A level's text, as UTF-8.
  func string(_ level: Int) -> String { String(decoding: slice(level), as: UTF8.self) }

  /// How many cells hold a level.
  func cellCount(_ level: Int) -> Int { Int(counts[level]) }

  /// Makes room for another level with a text of so many bytes.
  mutating func grow(textBytes: Int) {
    if count == hashes.count {
      hashes.append(contentsOf: repeatElement(0, count: count))
      ends.append(contentsOf: repeatElement(0, count: count))
      counts.append(contentsOf: repeatElement(0, count: count))
    }
    if byteCount + textBytes > bytes.count {
      bytes.append(contentsOf: repeatElement(0, count: max(bytes.count, textBytes)))
    }
    guard count * 2 >= slots.count else { return }
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for code in 0..<count {
      var slot = Int(hashes[code]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(code)
    }
  }

  /// Forgets all levels and keeps the memory.
  mutating func removeAll() {
    guard count > 0 else { return }
    for slot in slots.indices { slots[slot] = -1 }
    (count, byteCount) = (0, Self.margin)
  }

  /// Takes in the levels of a table of later rows: the code here of each level there.
  mutating func merge(_ other: LevelTable) -> [Int32] {
    let cells = (0..<other.count).map { other.cell($0) }
    var codes = [Int32](repeating: 0, count: other.count)
    let block = TextBlock(text: other.bytes, cells: cells, width: 1, rowCount: other.count)
    TextLoops.current.readLevels(of: block, column: 0, into: &self, codes: &codes)
    for level in 0..<other.count {
      counts[Int(codes[level])] += other.counts[level] - 1
    }
    return codes
  }
}
