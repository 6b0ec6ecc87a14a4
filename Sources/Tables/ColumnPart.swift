/// As what the cells of a column are read, guessed from the first rows.
enum ColumnGuess: Sendable {
  /// Numbers, beginning in the form of the given ones.
  case numbers(Numbers)
  /// Dates in an order, beginning in the form of the given ones.
  case dates(DateOrder, Numbers)
  case levels
  /// Not at all.
  case skipped
}

/// How the text of cells is understood.
struct CellMeaning: Sendable {
  var decimal: UInt8
  var tokens: MissingTokens
  var loops = TextLoops.current
}

/// The values of one column in some successive records.
struct ColumnPart {
  private(set) var guess: ColumnGuess
  /// Of a column of numbers or dates.
  private(set) var values = Numbers()
  /// How often each missing token was found among them.
  private(set) var tokenCounts: [UInt32] = []
  /// Rows whose cells are neither values nor tokens, and the texts of the first of them.
  private(set) var badRows: [Int32] = []
  private(set) var badTexts: [String] = []
  /// How many of the dates could not be read with day and month exchanged.
  private(set) var badExchanged = 0
  /// Of a column of levels: the level of each row.
  private(set) var codes: [Int32] = []
  private(set) var levels = LevelTable()

  init(_ guess: ColumnGuess = .skipped) { self.guess = guess }

  static let keptTexts = 100

  /// Forgets all rows; the memory is used again.
  mutating func restart(_ guess: ColumnGuess, tokenCount: Int) {
    self.guess = guess
    switch guess {
    case .numbers(let form), .dates(_, let form): values.removeAll(like: form)
    case .levels, .skipped: break
    }
    tokenCounts = [UInt32](repeating: 0, count: tokenCount)
    badRows.removeAll(keepingCapacity: true)
    badTexts = []
    badExchanged = 0
    codes.removeAll(keepingCapacity: true)
    levels.removeAll()
  }

  /// Reads the column's cells in a block of records.
  mutating func read(_ block: TextBlock, column: Int, _ meaning: CellMeaning) {
    switch guess {
    case .numbers: readNumbers(block, column, meaning)
    case .dates(let order, _): readDates(block, column, meaning, order)
    case .levels:
      codes.append(contentsOf: [Int32](repeating: 0, count: block.rowCount))
      meaning.loops.readLevels(of: block, column: column, into: &levels, codes: &codes)
    case .skipped: break
    }
  }

  private mutating func readNumbers(_ block: TextBlock, _ column: Int, _ meaning: CellMeaning) {
    let start = values.count
    values.grow(by: block.rowCount)
    var odd = OddCells(tokenCount: meaning.tokens.tokens.count)
    var row = 0
    while row < block.rowCount {
      let stop = meaning.loops.readNumbers(
        of: block, column: column, tokens: meaning.tokens, decimal: meaning.decimal,
        into: &values, odd: &odd, from: row)
      row = stop.row
      if row < block.rowCount { values.rescale(to: stop.places, first: start + row) }
    }
    settle(odd, block, column, from: start) {
      parseNumber(block.text, Int($0.start), Int($0.end), decimal: meaning.decimal)
    }
  }

  private mutating func readDates(
    _ block: TextBlock, _ column: Int, _ meaning: CellMeaning, _ order: DateOrder
  ) {
    let start = values.count
    values.grow(by: block.rowCount)
    var odd = OddCells(tokenCount: meaning.tokens.tokens.count)
    var row = 0
    while row < block.rowCount {
      row = meaning.loops.readDates(
        of: block, column: column, tokens: meaning.tokens, order: order, into: &values, odd: &odd,
        from: row)
      if row < block.rowCount { values.keepDoubles() }
    }
    settle(odd, block, column, from: start) {
      parseDate(block.text, Int($0.start), Int($0.end), order: order)
    }
    guard order != .yearFirst else { return }
    let exchanged = order == .dayFirst ? DateOrder.monthFirst : .dayFirst
    for row in 0..<block.rowCount {
      let cell = block.cell(row: row, column: column)
      let slice = block.text[Int(cell.start)..<Int(cell.end)]
      if parseDate(block.text, Int(cell.start), Int(cell.end), order: exchanged) == nil,
        meaning.tokens.index(of: slice) == nil
      {
        badExchanged += 1
      }
    }
  }

  /// Looks closely at the cells that are not plain.
  private mutating func settle(
    _ odd: OddCells, _ block: TextBlock, _ column: Int, from start: Int,
    value: (Cell) -> Double?
  ) {
    for (token, count) in odd.tokenCounts.enumerated() { tokenCounts[token] += count }
    for row in odd.rows {
      let cell = block.cell(row: Int(row), column: column)
      if let number = value(cell) {
        values.set(number, at: start + Int(row))
      } else {
        badRows.append(Int32(start) + Int32(row))
        guard badTexts.count < Self.keptTexts else { continue }
        badTexts.append(
          shortened(
            String(decoding: block.text[Int(cell.start)..<Int(cell.end)], as: UTF8.self)))
      }
    }
  }
}
