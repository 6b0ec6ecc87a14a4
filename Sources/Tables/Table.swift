/// A table in memory: typed columns, how it was read, and which cells could not be used.
public struct Table: Sendable {
  /// The file, or the name given to bytes that came from elsewhere.
  public var path: String
  public var format: TableFormat
  public var columns: [Column]
  public var rowCount: Int
  /// The first cells of each column that are not of its type, of all columns about 100; such cells
  /// count as missing.
  public var badCells: [BadCell]
  /// How many such cells each column has, for those that have any.
  public var badCellCounts: [String: Int]
  /// The line that holds the column names, if there is one.
  public var headerText: String?
  /// The line number of the header, or of the first row where there is none.
  public var headerLine: Int
  /// Height and width of the images, for a table made of images.
  public var imageShape: [Int]?
  /// The line on which each row starts; `nil` for binary formats.
  var rowLines: RowLines?

  /// How many cells are not of their column's type.
  public var badCellCount: Int { badCellCounts.values.reduce(0, +) }

  /// The column of this name.
  public func column(_ name: String) -> Column? {
    columns.first { $0.name == name }
  }

  /// The line on which a row (counted from 0) starts, for text formats.
  public func line(ofRow row: Int) -> Int? {
    row < rowCount ? rowLines?.line(of: row) : nil
  }

  /// The rows that have a value in each of the named columns.
  public func rowsWithTarget(_ names: [String]) -> [Int] {
    var isComplete = [Bool](repeating: true, count: rowCount)
    for column in names.compactMap({ column($0) }) {
      switch column.storage {
      case .numbers(let numbers):
        for row in numbers.indices where numbers.isMissing(row) { isComplete[row] = false }
      case .codes(let codes, _):
        for row in codes.indices where codes[row] < 0 { isComplete[row] = false }
      }
    }
    return isComplete.indices.filter { isComplete[$0] }
  }
}

/// The first cells of a list in which those of a column stand together: an equal share for each
/// column, and at least one.
func firstOfEach(_ cells: [BadCell], columns: Int, atMost limit: Int = 100) -> [BadCell] {
  let share = max(1, limit / max(1, columns))
  var (column, count) = ("", 0)
  return cells.filter { cell in
    count = cell.column == column ? count + 1 : 1
    column = cell.column
    return count <= share
  }
}

/// A cell that is not of its column's type.
public struct BadCell: Sendable, Codable, Hashable {
  /// The row of data, counted from 1.
  public var row: Int
  /// The line of the file on which the row starts.
  public var line: Int
  public var column: String
  /// What the cell holds: shortened, control characters escaped.
  public var value: String
  /// The type of the column.
  public var expected: ColumnType
}

extension BadCell {
  /// The row and the line, in words.
  public var place: String { "row \(row) (line \(line))" }
}
