internal import Parallel

/// Reads the rows of a delimited text into columns, pieces of it at the same time.
///
/// Where a piece begins is guessed: at a line's start. Where that proves to lie within quotes, the
/// piece is read again from where the one before it ended, so that the rows never depend on how
/// the text is cut.
struct BodyReader {
  let source: TextSource
  let path: String
  let form: RecordForm
  let meaning: CellMeaning
  /// Where the rows begin, and on which line.
  let start: Int
  let line: Int
  /// How many rows there will be, as far as is known.
  let expectedRows: Int
  /// How many pieces are read at the same time, and how large they are.
  let threads: Int
  let chunkBytes: Int

  /// What was read.
  struct Body {
    var columns: [ColumnAssembly]
    var rowCount = 0
    var lines = RowLines()
    var ragged: (count: Int, line: Int, width: Int) = (0, 0, 0)
    var hasHigh = false
    /// Whether all bytes are UTF-8 without a zero.
    var isText = true
  }

  /// Reads all rows; throws where the text cannot be cut.
  func read(as guesses: [ColumnGuess]) throws(TableError) -> Body {
    let tokenCount = meaning.tokens.tokens.count
    var body = Body(
      columns: guesses.map { ColumnAssembly($0, tokenCount: tokenCount, rows: expectedRows) })
    var place = (offset: start, line: line)
    let rest = source.count - start
    let count = max(1, min(threads, (rest + chunkBytes - 1) / chunkBytes))
    let workers = Workers(count: count)
    let readers = (0..<count).map { _ in ChunkReader(source, form: form, meaning: meaning) }
    while place.offset < source.count {
      let first = place.offset
      let guesses = body.columns.map(\.nextGuess)
      workers.run(parts: count) { part in
        let piece = self.piece(part, after: first)
        guard !piece.isEmpty else { return }
        readers[part].read(
          from: piece.lowerBound, limit: piece.upperBound, isGuess: part > 0, as: guesses)
      }
      for part in 0..<count {
        let piece = piece(part, after: first)
        guard place.offset < piece.upperBound else { continue }
        if part > 0, !readers[part].hasRead(from: place.offset) {
          readers[part].read(
            from: place.offset, limit: piece.upperBound, isGuess: false, as: guesses)
        }
        try take(readers[part], &place, into: &body)
      }
    }
    return body
  }

  private func piece(_ part: Int, after first: Int) -> Range<Int> {
    let start = min(first + part * chunkBytes, source.count)
    return start..<min(start + chunkBytes, source.count)
  }

  /// Adds the rows of a piece that begins where the last one ended.
  private func take(
    _ reader: ChunkReader, _ place: inout (offset: Int, line: Int), into body: inout Body
  ) throws(TableError) {
    let outcome = reader.outcome
    switch outcome.failure {
    case .source(let error): throw error
    case .unclosedQuote(let line): throw .unclosedQuote(path, line: place.line + line)
    case .textAfterQuote(let line): throw .textAfterQuote(path, line: place.line + line)
    case .lost: preconditionFailure("only guessed pieces are lost")
    case nil: break
    }
    if outcome.jumps.first?.row != 0, outcome.rowCount > 0 {
      body.lines.add(row: body.rowCount, line: place.line)
    }
    for jump in outcome.jumps {
      body.lines.add(row: body.rowCount + jump.row, line: place.line + jump.line)
    }
    if outcome.ragged.count > 0, body.ragged.count == 0 {
      body.ragged = (0, place.line + outcome.ragged.line, outcome.ragged.width)
    }
    body.ragged.count += outcome.ragged.count
    body.hasHigh = body.hasHigh || outcome.hasHigh
    body.isText = body.isText && outcome.isText
    for column in body.columns.indices { body.columns[column].append(reader.parts[column]) }
    body.rowCount += outcome.rowCount
    place = (outcome.end, place.line + outcome.lineCount)
  }
}
