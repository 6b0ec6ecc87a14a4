internal import Parallel

/// The rows of a delimited text as typed columns.
struct TextRows {
  private(set) var columns: [Column] = []
  private(set) var rowCount = 0
  private(set) var lines = RowLines()
  private(set) var missing: TableFormat.Item<[String]>
  /// The first cells of each column that are not of its type, and how many each has.
  private(set) var badCells: [BadCell] = []
  private(set) var badCellCounts: [String: Int] = [:]
  /// Whether a byte is not ASCII, and whether all are UTF-8 without a zero.
  let hasHigh: Bool
  let isText: Bool

  /// Reads all rows as what the first of them suggest, and those columns once more that turn out
  /// to hold something else.
  init(
    head: TextHead, form: RecordForm, start: Int, reading: TextTable, skippedRecords: Int
  ) throws(TableError) {
    let guessing = ColumnGuesses(meaning: head.meaning, names: head.names, options: reading.options)
    let isNamed = head.names.count == head.width
    var guesses = [ColumnGuess](repeating: .skipped, count: head.width)
    if isNamed, head.body != nil { guesses = guessing.guesses(from: head.sample) }
    func read(_ guesses: [ColumnGuess]) throws(TableError) -> BodyReader.Body {
      guard form.isPlain else {
        return try .byHand(head: head, form: form, guesses, reading, skippedRecords: skippedRecords)
      }
      guard let body = head.body else { return BodyReader.Body(columns: []) }
      let rest = reading.source.count - start - body.offset
      let expected = Double(rest) / head.rowBytes
      let threads = max(1, reading.options.threads ?? Workers.processorCount)
      // Large pieces meet each level of a category once; many keep all threads busy to the end.
      let usual = min(max(rest / (8 * threads), 1_048_576), 16_777_216)
      return try BodyReader(
        source: reading.source, path: reading.path, form: form, meaning: head.meaning,
        start: start + body.offset, line: body.line, expectedRows: Int(expected * 1.02) + 16,
        threads: threads, chunkBytes: reading.chunkBytes ?? usual
      ).read(as: guesses)
    }
    let body = try read(guesses)
    if body.ragged.count > 0 {
      throw .raggedRow(
        reading.path, line: body.ragged.line, found: body.ragged.width, expected: head.width,
        others: body.ragged.count - 1)
    }
    guard isNamed else {
      throw .wrongNameCount(reading.path, given: head.names.count, columns: head.width)
    }
    guard body.rowCount > 0 else { throw .empty(reading.path) }
    (rowCount, lines, hasHigh, isText) = (body.rowCount, body.lines, body.hasHigh, body.isText)
    var drafts = zip(body.columns.indices, body.columns).map { column, assembly in
      assembly.draft(pinned: guessing.pin(column, assembly.guess))
    }
    if drafts.contains(where: { $0 == nil }) {
      let again = try read(drafts.map { $0 == nil ? .levels : .skipped })
      for column in drafts.indices where drafts[column] == nil {
        drafts[column] = again.columns[column].draft(pinned: .none)
      }
    }
    missing = .detected([], "")
    finish(
      drafts.enumerated().map { column, draft in
        guard case .levels(let codes, let table)? = draft else { return draft ?? .noRows }
        return guessing.settled(column, codes, table)
      }, head, reading.options)
  }

  /// Settles the missing tokens and makes the columns.
  private mutating func finish(
    _ drafts: [ColumnDraft], _ head: TextHead, _ options: TableOptions
  ) {
    missing = MissingDetection(
      tokens: head.tokens, rowCount: rowCount, isPinned: options.missing != nil
    ).missing(in: drafts)
    let inForce = MissingTokens(missing.value)
    let usual = max(1, options.threads ?? Workers.processorCount)
    let threads = drafts.count * rowCount < 1_000_000 ? 1 : usual
    let lists = (0..<threads).map { _ in FinishedList() }
    Workers(count: threads).run(parts: threads) { part in
      for index in stride(from: part, to: drafts.count, by: threads) {
        lists[part].columns.append(
          FinishedColumn(
            drafts[index], name: head.names[index], pinned: options.types[head.names[index]],
            missing: inForce))
      }
    }
    for index in drafts.indices {
      let finished = lists[index % threads].columns[index / threads]
      columns.append(finished.column)
      guard !finished.badRows.isEmpty else { continue }
      badCellCounts[finished.column.name] = finished.badRows.count
      for (row, text) in zip(finished.badRows, finished.badTexts) {
        badCells.append(badCell(Int(row), text, finished.column))
      }
    }
  }

  private func badCell(_ row: Int, _ text: String, _ column: Column) -> BadCell {
    let isDate = if case .numbers = column.storage { column.type == .date } else { false }
    let expected: ColumnType = isDate ? .date : column.type == .boolean ? .boolean : .numeric
    return BadCell(
      row: row + 1, line: lines.line(of: row), column: column.name, value: text,
      expected: expected)
  }
}

/// The columns that one thread finishes.
private final class FinishedList {
  var columns: [FinishedColumn] = []
}

extension ColumnDraft {
  /// A column without rows.
  fileprivate static var noRows: ColumnDraft { .levels(codes: [], LevelTable()) }
}

extension RecordForm {
  /// Whether a delimiter always ends a cell, as blanks do not.
  fileprivate var isPlain: Bool {
    let lineEnds: [UInt8] = [0x0A, 0x0D]
    return delimiter != quote && delimiter != 0x20 && !lineEnds.contains(delimiter)
      && !lineEnds.contains(quote) && quote != 0x20 && quote != 0x09
  }
}

extension BodyReader.Body {
  /// The rows of a text whose cells cannot be told apart by single marks.
  fileprivate static func byHand(
    head: TextHead, form: RecordForm, _ guesses: [ColumnGuess], _ reading: TextTable,
    skippedRecords: Int
  ) throws(TableError) -> BodyReader.Body {
    let reader = CSVReader(path: reading.path, delimiter: form.delimiter, quote: form.quote)
    let grid = try reader.read(
      reading.source.prefix(reading.source.count), skipLines: reading.options.skipLines ?? 0)
    let tokenCount = head.tokens.tokens.count
    let block = grid.block(from: head.firstRow, width: head.width)
    var body = BodyReader.Body(
      columns: guesses.map { ColumnAssembly($0, tokenCount: tokenCount, rows: block.rowCount) })
    for record in head.firstRow..<max(head.firstRow, grid.recordCount) {
      guard grid.width(ofRecord: record) == head.width else {
        if body.ragged.count == 0 {
          body.ragged = (0, Int(grid.lines[record]), grid.width(ofRecord: record))
        }
        body.ragged.count += 1
        continue
      }
      body.lines.add(row: body.rowCount, line: Int(grid.lines[record]))
      body.rowCount += 1
    }
    for (column, guess) in guesses.enumerated() {
      var part = ColumnPart()
      part.restart(guess, tokenCount: tokenCount)
      part.read(block, column: column, head.meaning)
      body.columns[column].append(part)
    }
    return body
  }
}
