/// The line on which each row of a text starts, kept as the rows that do not follow the last.
struct RowLines: Sendable {
  private var rows: [Int32] = []
  private var lines: [Int32] = []

  /// Adds rows that start on lines one after another, up to the next jump.
  mutating func add(row: Int, line: Int) {
    guard rows.isEmpty || line != self.line(of: row) else { return }
    rows.append(Int32(row))
    lines.append(Int32(line))
  }

  /// The line of a row.
  func line(of row: Int) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] <= row { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 0 : Int(lines[low - 1]) + row - Int(rows[low - 1])
  }
}
