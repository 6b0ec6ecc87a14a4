/// Cuts delimited text into cells, with care for everything; `ChunkReader` does it with speed.
///
/// A value may stand in quotes, in which delimiters and line ends belong to it and a doubled quote
/// stands for one. Lines end with LF, CRLF or CR; blank lines are skipped. Blanks around a value
/// that is not quoted are dropped, and where the delimiter is a blank, several count as one.
struct CSVReader {
  var path: String
  var delimiter: UInt8
  var quote: UInt8
  /// Whether more text follows, so that the last record may be cut anywhere.
  var isPart = false

  /// Reads records up to a number of them, or until enough text has been seen.
  func read(
    _ text: [UInt8], skipLines: Int = 0, maximumRecords: Int = .max, enoughBytes: Int = .max,
    enoughCells: Int = 0
  ) throws(TableError) -> CellGrid {
    var scan = CSVScan(
      grid: CellGrid(text: text), end: text.count, path: path, delimiter: delimiter, quote: quote)
    scan.skip(lines: skipLines)
    while scan.position < scan.end,
      scan.grid.recordCount < maximumRecords || scan.grid.cells.count < enoughCells
    {
      do throws(TableError) {
        try scan.readRecord()
      } catch {
        guard isPart, scan.position == scan.end else { throw error }
        scan.dropOpenRecord()
        break
      }
      if scan.grid.recordCount == 4 { scan.makeRoom(records: maximumRecords, cells: enoughCells) }
      if scan.position > enoughBytes, scan.grid.recordCount >= 5 { break }
    }
    scan.grid.readBytes = scan.position
    return scan.grid
  }
}

private let lineFeed: UInt8 = 0x0A
private let carriageReturn: UInt8 = 0x0D
private let blank: UInt8 = 0x20
private let tab: UInt8 = 0x09

/// Where a reading stands.
private struct CSVScan {
  var grid: CellGrid
  /// The file's bytes.
  let text: [UInt8]
  let end: Int
  let path: String
  let delimiter: UInt8
  let quote: UInt8
  var position = 0
  var line: Int32 = 1
  /// Where the record in hand begins.
  private var recordStart = 0
  private var recordLine: Int32 = 1

  init(grid: CellGrid, end: Int, path: String, delimiter: UInt8, quote: UInt8) {
    self.grid = grid
    text = grid.text
    self.end = end
    self.path = path
    self.delimiter = delimiter
    self.quote = quote
  }

  /// Makes room for the rest, if it is like the records so far: for so many records and cells at
  /// the most, whichever is more.
  mutating func makeRoom(records: Int, cells: Int) {
    let cellsRead = Double(grid.cells.count)
    let most = max(Double(records) * cellsRead / Double(grid.recordCount), Double(cells))
    let expected = 1.1 * cellsRead * Double(end) / Double(position)
    grid.cells.reserveCapacity(Int(min(expected, most + cellsRead)))
  }

  /// Passes over whole lines, whatever they hold.
  mutating func skip(lines: Int) {
    for _ in 0..<max(0, lines) {
      while position < end, !isLineEnd(text[position]) { position += 1 }
      guard position < end else { return }
      passLineEnd()
    }
  }

  /// Reads one record, or passes over one blank line.
  mutating func readRecord() throws(TableError) {
    let (start, startLine) = (position, line)
    (recordStart, recordLine) = (start, startLine)
    passBlanks()
    guard position < end else { return }
    if isLineEnd(text[position]) { return passLineEnd() }
    if delimiter != blank { position = start }
    while true {
      try readCell()
      guard position < end, text[position] == delimiter else { break }
      position += 1
      guard delimiter == blank else { continue }
      passBlanks()
      if position == end || isLineEnd(text[position]) { break }
    }
    passLineEnd()
    grid.recordStarts.append(grid.cells.count)
    grid.lines.append(startLine)
    grid.offsets.append(start)
  }

  /// Takes a record that the text cuts within quotes as one that begins where it ends.
  mutating func dropOpenRecord() {
    let closed = grid.recordStarts[grid.recordCount]
    grid.cells.removeLast(grid.cells.count - closed)
    grid.recordStarts.append(closed)
    grid.lines.append(recordLine)
    grid.offsets.append(recordStart)
  }

  /// Reads one value and stops at the delimiter, line end or end of the text.
  private mutating func readCell() throws(TableError) {
    passBlanks()
    if position < end, text[position] == quote { return try readQuotedCell() }
    let start = position
    var last = Self.cellEnd(text, from: start, to: end, delimiter)
    position = last
    while last > start, isBlank(text[last - 1]) { last -= 1 }
    grid.cells.append(Cell(start: UInt32(start), end: UInt32(last)))
  }

  /// Where a value that is not quoted ends.
  private static func cellEnd(
    _ text: [UInt8], from start: Int, to end: Int, _ delimiter: UInt8
  ) -> Int {
    var place = start
    while place < end {
      let byte = text[place]
      if byte == delimiter || byte == lineFeed || byte == carriageReturn { break }
      place += 1
    }
    return place
  }

  /// Reads a value in quotes; the text of one with doubled quotes is appended to the grid's bytes.
  private mutating func readQuotedCell() throws(TableError) {
    let openLine = line
    position += 1
    let start = position
    var hasDoubledQuotes = false
    while true {
      guard position < end else { throw .unclosedQuote(path, line: Int(openLine)) }
      let byte = text[position]
      if byte == quote {
        guard position + 1 < end, text[position + 1] == quote else { break }
        hasDoubledQuotes = true
        position += 2
      } else if isLineEnd(byte) {
        passLineEnd()
      } else {
        position += 1
      }
    }
    let close = position
    position += 1
    passBlanks()
    if position < end, text[position] != delimiter, !isLineEnd(text[position]) {
      guard delimiter == blank, text[position - 1] == blank else {
        throw .textAfterQuote(path, line: Int(line))
      }
    }
    if delimiter == blank, position < end, text[position - 1] == blank { position -= 1 }
    guard hasDoubledQuotes else {
      grid.cells.append(Cell(start: UInt32(start), end: UInt32(close)))
      return
    }
    appendUnescaped(start, close)
  }

  /// Adds a cell whose doubled quotes are undone.
  private mutating func appendUnescaped(_ start: Int, _ close: Int) {
    let newStart = grid.text.count
    var index = start
    while index < close {
      let byte = text[index]
      grid.text.append(byte)
      index += byte == quote ? 2 : 1
    }
    grid.cells.append(Cell(start: UInt32(newStart), end: UInt32(grid.text.count)))
  }

  private mutating func passBlanks() {
    while position < end, isBlank(text[position]) { position += 1 }
  }

  /// Passes LF, CRLF or CR as one line end.
  private mutating func passLineEnd() {
    guard position < end, isLineEnd(text[position]) else { return }
    let isReturn = text[position] == carriageReturn
    position += 1
    if isReturn, position < end, text[position] == lineFeed { position += 1 }
    line += 1
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == blank || (byte == tab && delimiter != tab)
  }
}
