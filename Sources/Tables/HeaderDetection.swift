/// Decides whether the first record of a grid holds the column names.
struct HeaderDetection {
  var grid: CellGrid
  /// The record in question.
  var firstRecord: Int
  var decimal: UInt8
  var missing: MissingTokens

  /// The decision with its evidence.
  func header() -> TableFormat.Item<Bool> {
    let last = min(grid.recordCount, firstRecord + FormatDetection.sampleRecords)
    guard last > firstRecord + 1 else { return singleRecord() }
    var (numeric, words, repeated) = (0, 0, 0)
    let cells = Array(grid.record(firstRecord))
    for (column, cell) in cells.enumerated() {
      let below = (firstRecord + 1..<last).compactMap { record -> Cell? in
        let row = grid.record(record)
        return column < row.count ? row[row.startIndex + column] : nil
      }
      if below.contains(where: { sameText($0, cell) }) { repeated += 1 }
      // A cell that is missing could stand in either.
      guard isNumeric(below), missing.index(of: grid.slice(cell)) == nil else { continue }
      numeric += 1
      if !isNumber(cell) { words += 1 }
    }
    if numeric > 0 {
      return words * 2 > numeric
        ? .detected(true, "the first line has words in \(words) of \(numeric) numeric columns")
        : .detected(
          false, "the first line has no words in \(numeric - words) of \(numeric) numeric columns")
    }
    return repeated > 0
      ? .detected(false, "\(repeated) values of the first line come again below it")
      : .detected(true, "no value of the first line comes again below it")
  }

  /// A single line can only be judged by itself.
  private func singleRecord() -> TableFormat.Item<Bool> {
    let hasNumber = grid.record(firstRecord).contains { isNumber($0) }
    return .detected(
      !hasNumber, hasNumber ? "the only line holds a number" : "the only line holds no number")
  }

  private func sameText(_ left: Cell, _ right: Cell) -> Bool {
    grid.slice(left) == grid.slice(right)
  }

  private func isNumber(_ cell: Cell) -> Bool {
    parseNumber(grid.text, Int(cell.start), Int(cell.end), decimal: decimal) != nil
      || DateOrder.allCases.contains {
        parseDate(grid.text, Int(cell.start), Int(cell.end), order: $0) != nil
      }
  }

  /// Whether nearly all cells that are not missing are numbers or dates.
  private func isNumeric(_ cells: [Cell]) -> Bool {
    var (numbers, others) = (0, 0)
    for cell in cells where missing.index(of: grid.slice(cell)) == nil {
      if isNumber(cell) { numbers += 1 } else { others += 1 }
    }
    return numbers > 0 && Double(numbers) >= 0.9 * Double(numbers + others)
  }
}
