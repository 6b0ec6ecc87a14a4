/// Reads the needed columns of one piece of rows after another, all as the first of them is read.
struct BatchColumns {
  private let needed: [(name: String, place: Int)]
  private let guessing: ColumnGuesses
  private let missing: MissingTokens
  private let meaning: CellMeaning
  private var guesses: [ColumnGuess]

  /// A cell that is not of its column's type.
  struct Bad {
    var row: Int
    var message: String
  }

  init(
    _ first: TextBlock, needed: [String], names: [String], head: RowHead, options: TableOptions
  ) {
    meaning = head.meaning
    var places: [String: Int] = [:]
    for (place, name) in names.enumerated() where places[name] == nil { places[name] = place }
    self.needed = needed.compactMap { name in places[name].map { (name, $0) } }
    guessing = ColumnGuesses(meaning: head.meaning, names: names, options: options)
    missing = MissingTokens(head.meaning.tokens.tokens.map { String(decoding: $0, as: UTF8.self) })
    var sample = first
    sample.rowCount = min(sample.rowCount, 64)
    guesses = guessing.guesses(from: sample, of: Set(self.needed.map(\.place)))
  }

  /// The columns of some rows.
  mutating func read(_ block: TextBlock) -> (columns: [Column], badCells: [Bad]) {
    var columns: [Column] = []
    var badCells: [Bad] = []
    for (name, place) in needed {
      let finished = FinishedColumn(
        draft(block, place), name: name, pinned: guessing.options.types[name], missing: missing)
      columns.append(finished.column)
      for row in finished.badRows {
        let cell = block.cell(row: Int(row), column: place)
        let text = String(
          decoding: block.text[Int(cell.start)..<Int(cell.end)], as: UTF8.self)
        let kind = guessing.options.types[name] ?? finished.column.type
        badCells.append(
          Bad(row: Int(row), message: "`\(shortened(text))` in `\(name)` is not \(kind.phrase)"))
      }
    }
    return (columns, badCells)
  }

  private mutating func draft(_ block: TextBlock, _ place: Int) -> ColumnDraft {
    let guess = guesses[place]
    var assembly = assembled(guess, block, place)
    guesses[place] = assembly.nextGuess
    if let draft = assembly.draft(pinned: guessing.pin(place, guess)) {
      guard case .levels(let codes, let table) = draft else { return draft }
      return guessing.settled(place, codes, table)
    }
    assembly = assembled(.levels, block, place)
    guard case .levels(let codes, let table)? = assembly.draft(pinned: .none) else {
      preconditionFailure("a column can always be read as levels")
    }
    return guessing.settled(place, codes, table)
  }

  private func assembled(
    _ guess: ColumnGuess, _ block: TextBlock, _ place: Int
  ) -> ColumnAssembly {
    let tokenCount = meaning.tokens.tokens.count
    var part = ColumnPart()
    part.restart(guess, tokenCount: tokenCount)
    part.read(block, column: place, meaning)
    var assembly = ColumnAssembly(guess, tokenCount: tokenCount, rows: block.rowCount)
    assembly.append(part)
    return assembly
  }
}
