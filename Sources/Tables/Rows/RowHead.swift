/// What the beginning of a text says about how its rows are read.
struct RowHead {
  let names: [String]
  let cutter: RowCutter
  let meaning: CellMeaning
  let format: TableFormat
  /// Where the first row of data begins, and on which line.
  let bodyStart: Int
  let line: Int
  let headerLine: Int

  /// Looks at a text that begins with its header; JSON Lines begin with a brace.
  ///
  /// If it `isPart` of a longer one, it may be cut anywhere.
  init(
    _ text: [UInt8], path: String, options: TableOptions, isPart: Bool
  ) throws(TableError) {
    let first = text.first { ![0x20, 0x09, 0x0D, 0x0A].contains($0) }
    if first == 0x7B {
      try self.init(jsonLines: text, path: path, options: options)
    } else {
      try self.init(delimited: text, path: path, options: options, isPart: isPart)
    }
  }

  private init(
    delimited text: [UInt8], path: String, options: TableOptions, isPart: Bool
  ) throws(TableError) {
    let reading = TextTable(
      source: .bytes(text), path: path, kind: "delimited text", options: options,
      isPart: isPart)
    let quote = try asciiByte(options.quote ?? "\"", option: "quote", path)
    _ = try asciiByte(options.decimal ?? ".", option: "decimal mark", path)
    let (grid, delimiter) = try reading.sample(from: 0, quote: quote)
    guard grid.recordCount > 0 else { throw .empty(path) }
    let skipped = options.skipLines == nil ? FormatDetection.skippedRecords(in: grid) : 0
    let byte = delimiter.value.utf8.first ?? 0x2C
    let head = TextHead(grid: grid, firstRecord: skipped, options: options, delimiter: byte)
    guard head.names.count == head.width else {
      throw .wrongNameCount(path, given: head.names.count, columns: head.width)
    }
    cutter = .delimited(delimiter: byte, quote: quote)
    (names, meaning, headerLine) = (head.names, head.meaning, head.headerLine)
    bodyStart = head.body?.offset ?? text.count
    line = head.body?.line ?? head.headerLine
    format = TableFormat(
      kind: "delimited text", encoding: "utf-8", delimiter: delimiter.value,
      decimal: head.decimal.value, quote: String(decoding: [quote], as: UTF8.self),
      lineEnding: "lf", skipLines: 0, header: head.header.value, missing: [],
      evidence: "the first rows")
  }

  private init(
    jsonLines text: [UInt8], path: String, options: TableOptions
  ) throws(TableError) {
    guard let names = jsonNames(text) else {
      throw TableError(
        "the first line is not a JSON object", path: path, line: 1,
        hint: "JSON Lines have an object a line, such as {\"x\": 1.5, \"kind\": \"a\"}")
    }
    self.names = names
    cutter = .jsonLines
    meaning = CellMeaning(
      decimal: 0x2E,
      tokens: MissingTokens([""] + (options.missing ?? []).filter { !$0.isEmpty }))
    (bodyStart, line, headerLine) = (0, 1, 1)
    format = TableFormat(
      kind: "JSON Lines", encoding: "utf-8", delimiter: ",", decimal: ".", quote: "\"",
      lineEnding: "lf", skipLines: 0, header: false, missing: [], evidence: "it begins with {")
  }
}
