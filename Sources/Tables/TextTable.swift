/// Reads delimited text into a table: form, head, rows, missing tokens, columns, in this order.
struct TextTable {
  let source: TextSource
  let path: String
  let kind: String
  let options: TableOptions
  /// How much text each thread takes at once; nil for as much as suits the whole.
  var chunkBytes: Int?
  /// How much text the form is told from, at first.
  var sampleBytes = 1_048_576
  /// Whether the source is the beginning of a text, cut anywhere.
  var isPart = false

  /// Reads text in memory, of any encoding.
  static func table(
    _ bytes: [UInt8], path: String, kind: String, options: TableOptions
  ) throws(TableError) -> Table {
    let (text, encoding) = try utf8Text(bytes, path: path)
    // Latin-1 grows when it becomes UTF-8.
    guard text.count <= TableOptions.greatestBytes else {
      throw .tooLarge(path, maximumBytes: TableOptions.greatestBytes)
    }
    let reading = TextTable(source: .bytes(text), path: path, kind: kind, options: options)
    return try reading.read(encoding: encoding)
  }

  /// Reads a large file piece by piece; `nil` where that is not possible, as for other encodings,
  /// or not worth the trouble, as for files with mistakes.
  static func table(_ file: OpenFile, options: TableOptions) -> Table? {
    let reading = TextTable(
      source: .file(file), path: file.path, kind: "delimited text", options: options)
    return try? reading.read(encoding: nil)
  }

  /// Reads the table; the encoding of bytes in memory is known, that of a file must be UTF-8.
  func read(encoding: TableFormat.Item<String>?) throws(TableError) -> Table {
    let quote = try asciiByte(options.quote ?? "\"", option: "quote", path)
    _ = try asciiByte(options.decimal ?? ".", option: "decimal mark", path)
    let start = try source.prefix(3) == [0xEF, 0xBB, 0xBF] ? 3 : 0
    let sample = try self.sample(from: start, quote: quote)
    let (grid, delimiter) = (sample.grid, sample.delimiter)
    guard grid.recordCount > 0 else { throw .empty(path) }
    let skippedRecords = options.skipLines == nil ? FormatDetection.skippedRecords(in: grid) : 0
    let delimiterByte = delimiter.value.utf8.first ?? 0x2C
    let head = TextHead(
      grid: grid, firstRecord: skippedRecords, options: options, delimiter: delimiterByte)
    let form = RecordForm(delimiter: delimiterByte, quote: quote, width: head.width)
    let rows = try TextRows(
      head: head, form: form, start: start, reading: self, skippedRecords: skippedRecords)
    var encodingItem = encoding
    if encoding == nil {
      let top = grid.text.prefix((head.body?.offset ?? grid.end))
      guard rows.isText, !top.contains(0), isUTF8(Array(top), from: 0, to: top.count) else {
        throw .binary(path, line: 1)
      }
      encodingItem =
        start > 0
        ? .detected("utf-8", "starts with a byte order mark")
        : (rows.hasHigh || top.contains { $0 >= 0x80 })
          ? .detected("utf-8", "every byte sequence is valid")
          : .detected("utf-8", "every byte is ASCII")
    }
    let format = TableFormat(
      kind: kind, encoding: encodingItem ?? .detected("utf-8", ""), delimiter: delimiter,
      decimal: head.decimal,
      quote: options.quote.map { .pinned(String($0)) } ?? .detected("\"", "the usual quote"),
      lineEnding: lineEnding(of: grid.text),
      skipLines: options.skipLines.map { .pinned($0) } ?? skippedLines(grid, skippedRecords),
      header: head.header, missing: rows.missing)
    return Table(
      path: path, format: format, columns: rows.columns, rowCount: rows.rowCount,
      badCells: firstOfEach(rows.badCells, columns: rows.badCellCounts.count),
      badCellCounts: rows.badCellCounts,
      headerText: head.headerText, headerLine: head.headerLine, imageShape: nil,
      rowLines: rows.lines)
  }

  /// The first records, enough of them to tell the form, and the delimiter that cuts them.
  func sample(
    from start: Int, quote: UInt8
  ) throws(TableError) -> (grid: CellGrid, delimiter: TableFormat.Item<String>) {
    var bytes = sampleBytes
    while true {
      let text = try source.prefix(start + bytes)
      let isWhole = text.count == source.count
      do throws(TableError) {
        let plain = start == 0 ? text : Array(text.dropFirst(start))
        let detection = FormatDetection(text: plain, path: path, options: options)
        let delimiter = try detection.delimiter(quote: quote)
        let byte = try asciiByte(delimiter.value.first ?? ",", option: "delimiter", path)
        let grid = try CSVReader(
          path: path, delimiter: byte, quote: quote, isPart: isPart
        ).read(
          plain, skipLines: options.skipLines ?? 0,
          maximumRecords: FormatDetection.headRecords, enoughCells: FormatDetection.decimalCells)
        if isWhole || grid.isEnough { return (grid, delimiter) }
      } catch {
        if isWhole { throw error }
      }
      bytes *= 8
    }
  }
}

extension CellGrid {
  /// Whether these are as many records as the form of a table is told from.
  fileprivate var isEnough: Bool {
    recordCount >= FormatDetection.headRecords && cells.count >= FormatDetection.decimalCells
  }
}

/// The byte of a pinned character, which must be ASCII.
func asciiByte(
  _ character: Character, option: String, _ path: String
) throws(TableError) -> UInt8 {
  guard let byte = character.asciiValue else {
    throw .delimiterNotASCII(path, option: option, value: character)
  }
  return byte
}

private func skippedLines(_ grid: CellGrid, _ records: Int) -> TableFormat.Item<Int> {
  guard records > 0 else { return .detected(0, "the first line is as wide as the others") }
  let (first, rest) = (grid.width(ofRecord: 0), grid.width(ofRecord: records))
  return .detected(
    Int(grid.lines[records]) - 1,
    "the first line has \(counted(first, "value")), the following ones have \(rest)")
}

/// The first line end of a text.
private func lineEnding(of text: [UInt8]) -> TableFormat.Item<String> {
  guard let index = text.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
    return .detected("lf", "there is one line")
  }
  guard text[index] == 0x0D else { return .detected("lf", "the first line ends with LF") }
  return index + 1 < text.count && text[index + 1] == 0x0A
    ? .detected("crlf", "the first line ends with CR LF")
    : .detected("cr", "the first line ends with CR")
}
