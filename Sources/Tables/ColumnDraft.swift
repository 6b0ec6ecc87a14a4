/// The values of a column before it is settled which texts of the file stand for no value.
enum ColumnDraft {
  /// Numbers or dates, the cells that are neither, and how often each missing token stood there.
  case numbers(NumberDraft)
  /// Texts, each with its level; missing tokens are levels still.
  case levels(codes: [Int32], LevelTable)
}

/// A column read as numbers or dates.
struct NumberDraft {
  var numbers: [Double]
  /// The order of a date's parts; `nil` for numbers.
  var dateOrder: DateOrder?
  /// Whether dates could as well be read with the day first.
  var isAmbiguous = false
  /// Rows whose cell is neither a number or date nor missing.
  var badRows: [Int] = []
  /// How many cells held each missing token.
  var tokenCounts: [Int]

  var missing: Int { tokenCounts.reduce(0, +) }
  /// How many cells are numbers or dates.
  var good: Int { numbers.count - missing - badRows.count }
}

/// The data rows of a grid whose records are all equally wide.
struct GridColumns {
  let grid: CellGrid
  let firstRecord: Int
  let width: Int
  let decimal: UInt8
  let tokens: MissingTokens

  var rowCount: Int { grid.recordCount - firstRecord }

  /// The cell of a data row, counted from 0.
  func cell(row: Int, column: Int) -> Cell {
    grid.cells[grid.recordStarts[firstRecord] + row * width + column]
  }

  /// The share of cells that may fail to be numbers in a column of numbers.
  static let allowedBadShare = 0.02

  /// A column read as its pinned type, or else as numbers, dates or levels, whichever fits first.
  func draft(_ column: Int, pinned: ColumnType?, order: DateOrder? = nil) -> ColumnDraft {
    switch pinned {
    case .numeric: return .numbers(numbers(column, order: nil, allowedBad: rowCount))
    case .date: return .numbers(dates(column, order, allowedBad: rowCount))
    case .category, .boolean, .text, .identifier, .constant: return levels(column)
    case nil: break
    }
    let allowedBad = Int(Double(rowCount) * Self.allowedBadShare)
    let numbers = numbers(column, order: nil, allowedBad: allowedBad)
    if Self.fits(numbers) { return .numbers(numbers) }
    let dates = dates(column, order, allowedBad: allowedBad)
    return Self.fits(dates) ? .numbers(dates) : levels(column)
  }

  /// Whether nearly all values were read.
  private static func fits(_ draft: NumberDraft) -> Bool {
    let bad = Double(draft.badRows.count)
    return draft.good > 0 && bad <= allowedBadShare * (Double(draft.good) + bad)
  }

  /// A column read as dates, in the pinned order or the one that reads most values.
  private func dates(_ column: Int, _ pinned: DateOrder?, allowedBad: Int) -> NumberDraft {
    if let pinned { return numbers(column, order: pinned, allowedBad: allowedBad) }
    let yearFirst = numbers(column, order: .yearFirst, allowedBad: allowedBad)
    if yearFirst.badRows.isEmpty { return yearFirst }
    var monthFirst = numbers(column, order: .monthFirst, allowedBad: allowedBad)
    let dayFirst = numbers(column, order: .dayFirst, allowedBad: allowedBad)
    monthFirst.isAmbiguous = monthFirst.badRows.count == dayFirst.badRows.count
    return [monthFirst, dayFirst].reduce(yearFirst) {
      $1.badRows.count < $0.badRows.count ? $1 : $0
    }
  }

  /// Reads every cell as a number or date; gives up when too many are neither.
  private func numbers(_ column: Int, order: DateOrder?, allowedBad: Int) -> NumberDraft {
    var draft = NumberDraft(
      numbers: [Double](repeating: .nan, count: rowCount), dateOrder: order,
      tokenCounts: [Int](repeating: 0, count: tokens.tokens.count))
    var index = grid.recordStarts[firstRecord] + column
    for row in 0..<rowCount {
      let cell = grid.cells[index]
      index += width
      if tokens.includesNumbers, let token = tokens.index(of: cell, in: grid) {
        draft.tokenCounts[token] += 1
      } else if let value = value(of: cell, order) {
        draft.numbers[row] = value
      } else if let token = tokens.index(of: cell, in: grid) {
        draft.tokenCounts[token] += 1
      } else {
        draft.badRows.append(row)
        if draft.badRows.count > allowedBad { break }
      }
    }
    return draft
  }

  private func value(of cell: Cell, _ order: DateOrder?) -> Double? {
    let (start, end) = (Int(cell.start), Int(cell.end))
    guard let order else { return parseNumber(grid.text, start, end, decimal: decimal) }
    return parseDate(grid.text, start, end, order: order)
  }

  private func levels(_ column: Int) -> ColumnDraft {
    var table = LevelTable()
    var codes = [Int32](repeating: -1, count: rowCount)
    var index = grid.recordStarts[firstRecord] + column
    for row in 0..<rowCount {
      codes[row] = table.code(of: grid.cells[index], in: grid.text)
      index += width
    }
    return .levels(codes: codes, table)
  }
}
