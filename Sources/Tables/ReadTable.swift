/// Reads CSV, TSV, IDX, or gzip of any of them.
///
/// For IDX, `labels` names the file of labels: pixels become numeric columns `pixel_r_c`, labels a
/// category column `label`.
public func readTable(
  at path: String, labels: String? = nil, options: TableOptions = .init()
) throws(TableError) -> Table {
  let bytes = try readFile(at: path, maximumBytes: options.maximumBytes)
  guard let labels else { return try readTable(bytes: bytes, name: path, options: options) }
  let labelBytes = try unpacked(
    readFile(at: labels, maximumBytes: options.maximumBytes), labels, options)
  let (imageBytes, isPacked) = try (unpacked(bytes, path, options), isGzip(bytes))
  guard isIDX(imageBytes) else { throw .labelsNeedIDX(path) }
  return try idxTable(
    imageBytes, path: path, isPacked: isPacked, labels: (labelBytes, labels), options: options)
}

/// Reads a table from bytes that are already in memory; `name` stands for them in messages.
public func readTable(
  bytes: [UInt8], name: String, options: TableOptions = .init()
) throws(TableError) -> Table {
  let (plain, isPacked) = try (unpacked(bytes, name, options), isGzip(bytes))
  if isIDX(plain) {
    return try idxTable(plain, path: name, isPacked: isPacked, labels: nil, options: options)
  }
  let kind = isPacked ? "gzip of delimited text" : "delimited text"
  return try textTable(plain, path: name, kind: kind, options: options)
}

/// The bytes, unpacked if they are gzip.
private func unpacked(
  _ bytes: [UInt8], _ path: String, _ options: TableOptions
) throws(TableError) -> [UInt8] {
  guard isGzip(bytes) else { return bytes }
  return try gunzip(bytes, path: path, maximumBytes: options.maximumBytes)
}

/// Reads delimited text: form, cells, missing tokens, columns, in this order.
private func textTable(
  _ bytes: [UInt8], path: String, kind: String, options: TableOptions
) throws(TableError) -> Table {
  let (text, encoding) = try utf8Text(bytes, path: path)
  // Latin-1 grows when it becomes UTF-8.
  guard text.count <= TableOptions.greatestBytes else {
    throw .tooLarge(path, maximumBytes: TableOptions.greatestBytes)
  }
  let quote = try asciiByte(options.quote ?? "\"", option: "quote", path)
  _ = try asciiByte(options.decimal ?? ".", option: "decimal mark", path)
  let detection = FormatDetection(text: text, path: path, options: options)
  let delimiter = try detection.delimiter(quote: quote)
  let delimiterByte = try asciiByte(delimiter.value.first ?? ",", option: "delimiter", path)
  let reader = CSVReader(path: path, delimiter: delimiterByte, quote: quote)
  let grid = try reader.read(text, skipLines: options.skipLines ?? 0)
  guard grid.recordCount > 0 else { throw .empty(path) }

  let skippedRecords = options.skipLines == nil ? FormatDetection.skippedRecords(in: grid) : 0
  let body = try TextBody(
    grid: grid, firstRecord: skippedRecords, path: path, options: options,
    delimiter: delimiterByte)
  let (columns, missing, bad) = body.columns()
  let format = TableFormat(
    kind: kind, encoding: encoding, delimiter: delimiter, decimal: body.decimal,
    quote: options.quote.map { .pinned(String($0)) } ?? .detected("\"", "the usual quote"),
    lineEnding: lineEnding(of: text),
    skipLines: options.skipLines.map { .pinned($0) } ?? skippedLines(grid, skippedRecords),
    header: body.header, missing: missing)
  return Table(
    path: path, format: format, columns: columns, rowCount: body.rows.rowCount,
    badCells: Array(bad.prefix(100)), badCellCount: bad.count,
    headerText: body.headerText, headerLine: Int(grid.lines[skippedRecords]), imageShape: nil,
    rowLines: Array(grid.lines[body.rows.firstRecord...]))
}

/// The byte of a pinned character, which must be ASCII.
private func asciiByte(
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
