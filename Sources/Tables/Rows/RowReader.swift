/// Reads the rows of a table in pieces, in memory that does not grow with the table.
///
/// Delimited text and JSON Lines, plain or gzip, from a file or standard input; IDX and NPY are
/// read whole. What a cell cannot be used for is kept as a problem of its row.
public struct RowReader {
  /// Which columns are read as texts, to be passed on.
  public enum Kept: Sendable, Hashable {
    case columns([String])
    case all
  }

  /// The names of the table's columns; of JSON Lines those of the first object.
  public let names: [String]
  private let needed: [String]
  /// The columns whose texts are passed on.
  public let keptNames: [String]
  private let options: TableOptions
  private let stream: ByteStream
  private var rowCount = 0
  private var state: TextState?
  private var wholeTable: Table?

  /// What has to be known between pieces of text.
  private struct TextState {
    var buffer: [UInt8]
    var isAtEnd: Bool
    var line: Int
    var chunkBytes = 2_097_152
    /// The names by which the cutter knows the cells of a row.
    var names: [String]
    var cutter: RowCutter
    var columns: BatchColumns?
    var head: RowHead
  }

  /// Opens a table, of which certain columns are read as the options pin them.
  ///
  /// Throws where a needed or kept column is not there; and while it waits for standard input,
  /// `shouldStop` is asked now and then whether to throw and wait no longer.
  public init(
    path: String, options: TableOptions, columns: [String], kept: Kept = .columns([]),
    shouldStop: (() -> Bool)? = nil
  ) throws(TableError) {
    let stream = try ByteStream(path: path, shouldStop: shouldStop)
    try self.init(stream, path, options, columns, kept)
  }

  /// Reads bytes that are already in memory; `name` stands for them in messages.
  public init(
    bytes: [UInt8], name: String, options: TableOptions, columns: [String],
    kept: Kept = .columns([])
  ) throws(TableError) {
    try self.init(ByteStream(bytes: bytes, name: name), name, options, columns, kept)
  }

  private init(
    _ stream: ByteStream, _ path: String, _ given: TableOptions, _ needed: [String],
    _ keeping: Kept
  ) throws(TableError) {
    var options = given
    if path.hasSuffix(".tsv") || path.hasSuffix(".tsv.gz") { options.delimiter = "\t" }
    var buffer: [UInt8] = []
    let hasMore = try stream.read(into: &buffer, about: 2_097_152)
    self.stream = stream
    if isIDX(buffer) || isNPY(buffer) {
      if hasMore { while try stream.read(into: &buffer, about: 1 << 24) {} }
      let table = try readTable(bytes: buffer, name: stream.path, options: options)
      names = table.columns.map(\.name)
      wholeTable = table
    } else {
      buffer = try Self.utf8(buffer, stream, hasMore: hasMore)
      let head = try RowHead(buffer, path: stream.path, options: options, isPart: hasMore)
      names = head.names
      state = TextState(
        buffer: Array(buffer.dropFirst(head.bodyStart)), isAtEnd: !hasMore, line: head.line,
        names: head.names, cutter: head.cutter, head: head)
    }
    (self.options, self.needed) = (options, needed)
    switch keeping {
    case .all: keptNames = names
    case .columns(let columns): keptNames = columns
    }
    let there = Set(names)
    let absent = (needed + keptNames).filter { !there.contains($0) }
    guard absent.isEmpty else {
      throw .missingColumns(absent, names: names, path: stream.path, line: state?.head.headerLine)
    }
    // Of JSON only what is used has to be there.
    if case .jsonLines? = state?.cutter {
      var wanted: [String] = []
      for name in needed + keptNames where !wanted.contains(name) { wanted.append(name) }
      state?.names = wanted
    }
  }

  /// The next rows; nil once there are no more.
  public mutating func next() throws(TableError) -> RowBatch? {
    if let table = wholeTable {
      wholeTable = nil
      return RowBatch(
        table: table, firstRow: 0, problems: [:], keptNames: keptNames, kept: .table(table))
    }
    guard var state else { return nil }
    defer { self.state = state }
    while true {
      if !state.isAtEnd, state.buffer.count < state.chunkBytes {
        let missing = state.chunkBytes - state.buffer.count
        state.isAtEnd = try !stream.read(into: &state.buffer, about: missing)
      }
      guard !state.buffer.isEmpty else { return nil }
      var rows = try state.cutter.cut(
        state.buffer, names: state.names, line: state.line, isLast: state.isAtEnd,
        path: stream.path)
      if !isUTF8(state.buffer, from: 0, to: rows.consumed) {
        rows.refuseForeignBytes(in: state.buffer)
      }
      guard rows.consumed > 0 else {
        // A record of hundreds of megabytes is a quote that was never closed.
        guard state.chunkBytes < 1 << 28 else {
          throw .unclosedQuote(stream.path, line: state.line)
        }
        state.chunkBytes *= 2
        continue
      }
      state.buffer.removeFirst(rows.consumed)
      state.line = rows.nextLine
      guard rows.block.rowCount > 0 else { continue }
      return batch(rows, &state)
    }
  }

  /// Typed columns of some rows, with what is wrong in them.
  private mutating func batch(_ rows: CutRows, _ state: inout TextState) -> RowBatch {
    var columns = state.columns ?? BatchColumns(
      rows.block, needed: needed, names: state.names, head: state.head, options: options)
    let result = columns.read(rows.block)
    state.columns = columns
    let table = Table(
      path: stream.path, format: state.head.format, columns: result.columns,
      rowCount: rows.block.rowCount, badCells: [], badCellCounts: [:], headerText: nil,
      headerLine: state.head.headerLine, imageShape: nil, rowLines: rows.lines)
    let places = keptNames.compactMap { state.names.firstIndex(of: $0) }
    var batch = RowBatch(
      table: table, firstRow: rowCount, problems: [:], keptNames: keptNames,
      kept: .block(rows.block, columns: places, oddRows: rows.oddRows))
    for (row, message) in rows.problems { batch.add(message, row: row) }
    for bad in result.badCells { batch.add(bad.message, row: bad.row) }
    rowCount += rows.block.rowCount
    return batch
  }

  /// The first piece as UTF-8; of another encoding all is read and converted.
  private static func utf8(
    _ start: [UInt8], _ stream: ByteStream, hasMore: Bool
  ) throws(TableError) -> [UInt8] {
    guard !start.isEmpty else { throw .empty(stream.path) }
    if let zero = start.firstIndex(of: 0), !start.starts(with: [0xFF, 0xFE]) {
      throw .binary(stream.path, line: 1 + start[..<zero].count { $0 == 0x0A })
    }
    // A character may be cut at the end.
    var end = start.count
    if hasMore { while end > 0, start.count - end < 4, start[end - 1] >= 0x80 { end -= 1 } }
    guard !isUTF8(start, from: 0, to: end) || start.starts(with: [0xFF, 0xFE]) else {
      return start.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(start.dropFirst(3)) : start
    }
    var all = start
    if hasMore {
      while try stream.read(into: &all, about: 1 << 24) {
        guard all.count <= TableOptions.greatestBytes else {
          throw .tooLarge(stream.path, maximumBytes: TableOptions.greatestBytes)
        }
      }
    }
    return try utf8Text(all, path: stream.path).text
  }
}
