/// Rows of cells in columns that stand below one another.
public struct TextTable: Sendable {
  private var rows: [[String]]
  /// How many of the first columns are words, which stand to the left; numbers stand to the right.
  private let leading: Int
  private var strong: Set<Int> = [0]

  public init(_ head: [String], leading: Int) {
    rows = [head]
    self.leading = leading
  }

  /// Adds a row with as many cells as the head has; a strong one sums up those above.
  public mutating func add(_ cells: [String], isStrong: Bool = false) {
    precondition(cells.count == rows[0].count, "a row has a cell for each column")
    if isStrong { strong.insert(rows.count) }
    rows.append(cells.map(escapedForTerminal))
  }

  /// A line for each row, without blanks at the end.
  public func lines(style: TextStyle = .plain) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.enumerated().map { index, row in
      var line = row.indices.map { column in
        let gap = String(repeating: " ", count: widths[column] - row[column].count)
        return column < leading ? row[column] + gap : gap + row[column]
      }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return strong.contains(index) ? style.paint(line, .strong) : line
    }
  }
}
