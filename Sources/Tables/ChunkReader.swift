/// Reads the records of one piece of a text, a block that fits the processor's cache at a time.
///
/// It keeps its memory from piece to piece, and each thread has its own.
final class ChunkReader {
  /// What a piece of text holds besides its values.
  struct Outcome {
    /// Where the first record stood, and where the first stands that was not read.
    var start = 0
    var end = 0
    var rowCount = 0
    /// How many lines the records take.
    var lineCount = 0
    /// Rows that do not start one line after the last, and their lines, both counted from 0.
    var jumps: [(row: Int, line: Int)] = []
    /// How many records had another width, and line and width of the first.
    var ragged: (count: Int, line: Int, width: Int) = (0, 0, 0)
    var failure: Failure?
    var hasHigh = false
    /// Whether the bytes are UTF-8 without a zero.
    var isText = true
  }

  /// Why a piece could not be read.
  enum Failure {
    case source(TableError)
    case unclosedQuote(line: Int)
    case textAfterQuote(line: Int)
    /// No line begins in the piece, or one that does is far too long for a guessed place.
    case lost
  }

  private(set) var outcome = Outcome()
  private(set) var parts: [ColumnPart]
  private let source: TextSource
  private let form: RecordForm
  private let meaning: CellMeaning
  private var block: TextBlock
  private var room = JumpRoom()
  /// How much text the block has room for.
  private var blockBytes: Int

  static let margin = 64
  static let usualBytes = 262_144
  static let fewestBytes = 16_384

  init(_ source: TextSource, form: RecordForm, meaning: CellMeaning) {
    (self.source, self.form, self.meaning) = (source, form, meaning)
    // A small text is cut too, because every cell that a block could hold takes memory.
    blockBytes = min(Self.usualBytes, max(Self.fewestBytes, source.count / 4))
    parts = [ColumnPart](repeating: ColumnPart(), count: form.width)
    block = TextBlock(text: [], cells: [], width: form.width, rowCount: 0)
    makeRoom()
  }

  private func makeRoom() {
    block.text = [UInt8](repeating: 0, count: 2 * blockBytes + 4 * Self.margin)
    let records = blockBytes / form.width + 1
    block.cells = [Cell](
      repeating: Cell(start: 0, end: 0), count: records * form.width + TextBlock.spareCells)
  }

  /// Reads the records that start from `start` on and before `limit`.
  ///
  /// If the start is a guess, the first record is the one on the first line that begins there or
  /// later, which is wrong where that lies within quotes.
  func read(from start: Int, limit: Int, isGuess: Bool, as guesses: [ColumnGuess]) {
    outcome = Outcome()
    nextLine = 0
    for column in parts.indices {
      parts[column].restart(guesses[column], tokenCount: meaning.tokens.tokens.count)
    }
    do throws(TableError) {
      guard let first = try isGuess ? lineStart(from: start, limit: limit) : start else {
        outcome.failure = .lost
        return
      }
      outcome.start = first
      outcome.end = first
      while outcome.end < limit, outcome.failure == nil {
        try readBlock(limit: limit, isGuess: isGuess)
      }
    } catch {
      outcome.failure = .source(error)
    }
  }

  /// Whether the piece was read, or found broken, from this place on.
  func hasRead(from start: Int) -> Bool {
    if case .lost = outcome.failure { return false }
    return outcome.start == start
  }

  /// Where the first line begins at a place or later.
  private func lineStart(from start: Int, limit: Int) throws(TableError) -> Int? {
    var place = start - 1
    while place < limit {
      let range = place..<min(place + blockBytes, source.count)
      try source.read(range, into: &block.text, at: Self.margin)
      for at in Self.margin..<Self.margin + range.count - 1 {
        let (byte, next) = (block.text[at], block.text[at + 1])
        if byte == 0x0A || (byte == 0x0D && next != 0x0A) { return place + at - Self.margin + 1 }
      }
      guard range.count > 1 else { return nil }
      place = range.upperBound - 1
    }
    return nil
  }

  /// Reads the records of the next block.
  private func readBlock(limit: Int, isGuess: Bool) throws(TableError) {
    let start = outcome.end
    let range = start..<min(start + blockBytes, source.count)
    try source.read(range, into: &block.text, at: Self.margin)
    let isLast = range.upperBound == source.count
    var end = Self.margin + range.count
    if isLast {
      block.text[end] = 0x0A
      end += 1
    }
    var scan = RecordScan()
    scan.position = Self.margin
    scan.line = UInt32(outcome.lineCount)
    scan.nextLine = nextLine
    let ending = meaning.loops.cut(
      &block, &scan, end: end, limit: min(Self.margin + limit - start, end), isLast: isLast,
      form: form, spare: blockBytes + 3 * Self.margin, room: &room)
    take(scan)
    let consumed = min(scan.position - Self.margin, range.count)
    outcome.end += consumed
    switch ending {
    case .unclosedQuote: outcome.failure = .unclosedQuote(line: Int(scan.line))
    case .textAfterQuote: outcome.failure = .textAfterQuote(line: Int(scan.line))
    case .needsText where consumed == 0:
      // A guess within quotes may see no end of a record; the right start will.
      guard !isGuess || blockBytes < 16 * Self.usualBytes else {
        outcome.failure = .lost
        return
      }
      blockBytes *= 2
      makeRoom()
    case .complete, .needsText: break
    }
  }

  /// The line at which the next record is expected.
  private var nextLine: UInt32 = 0

  /// Takes in the records of a scan.
  private func take(_ scan: RecordScan) {
    for jump in scan.jumps {
      outcome.jumps.append((outcome.rowCount + jump.record, Int(jump.line)))
    }
    if scan.ragged.count > 0 {
      if outcome.ragged.count == 0 {
        outcome.ragged = (0, Int(scan.ragged.line), scan.ragged.width)
      }
      outcome.ragged.count += scan.ragged.count
    }
    (outcome.lineCount, nextLine) = (Int(scan.line), scan.nextLine)
    outcome.hasHigh = outcome.hasHigh || scan.hasHigh
    if scan.hasZero || (scan.hasHigh && !isUTF8(block.text, from: Self.margin, to: scan.position)) {
      outcome.isText = false
    }
    outcome.rowCount += block.rowCount
    guard block.rowCount > 0 else { return }
    for column in parts.indices { parts[column].read(block, column: column, meaning) }
  }
}
