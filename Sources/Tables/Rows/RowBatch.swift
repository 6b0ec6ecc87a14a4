/// Some successive rows of a table that is read piece by piece.
public struct RowBatch: Sendable {
  /// The columns that were asked for; cells that could not be used are missing.
  public let table: Table
  /// How many rows came before in the same file.
  public let firstRow: Int
  /// Rows that cannot be used as they are, by their place in the batch, each with its first
  /// problem.
  public private(set) var problems: [Int: RowProblem]
  /// The columns whose texts were asked for, in that order.
  public let keptNames: [String]
  let kept: KeptCells

  init(
    table: Table, firstRow: Int, problems: [Int: RowProblem], keptNames: [String],
    kept: KeptCells
  ) {
    (self.table, self.firstRow, self.problems) = (table, firstRow, problems)
    (self.keptNames, self.kept) = (keptNames, kept)
  }

  /// Adds a problem of a row that has none so far.
  public mutating func add(_ message: String, row: Int) {
    if problems[row] == nil { problems[row] = problem(message, row: row) }
  }

  /// Something that is to be said about a row, with its place in the file.
  public func problem(_ message: String, row: Int) -> RowProblem {
    RowProblem(row: firstRow + row + 1, line: table.line(ofRow: row), message: message)
  }

  /// Appends the bytes of a kept cell, as they stand in the file without quotes; none where the
  /// row has no such cell.
  public func appendCell(_ column: Int, row: Int, to bytes: inout [UInt8]) {
    switch kept {
    case .block(let block, let columns, let oddRows):
      var cell = block.cell(row: row, column: columns[column])
      if !oddRows.isEmpty, let cells = oddRows[row] {
        guard columns[column] < cells.count else { return }
        cell = cells[columns[column]]
      }
      bytes.append(contentsOf: block.text[Int(cell.start)..<Int(cell.end)])
    case .table(let table):
      let text = table.column(keptNames[column])?.text(row: row) ?? ""
      bytes.append(contentsOf: text.utf8)
    }
  }
}

/// Where the texts of kept cells lie.
enum KeptCells: Sendable {
  /// `oddRows` are the cells of rows that have more or fewer than there are columns.
  case block(TextBlock, columns: [Int], oddRows: [Int: [Cell]])
  case table(Table)
}

/// Why a row cannot be used.
public struct RowProblem: Sendable, Hashable {
  /// Counted from 1, in its file.
  public var row: Int
  /// The line on which it starts, for texts.
  public var line: Int?
  /// What is wrong: lower case, no full stop.
  public var message: String

  public init(row: Int, line: Int?, message: String) {
    (self.row, self.line, self.message) = (row, line, message)
  }

  /// The row, the line and what is wrong, in a line.
  public var words: String {
    "row \(row)\(line.map { " (line \($0))" } ?? ""): \(message)"
  }
}
