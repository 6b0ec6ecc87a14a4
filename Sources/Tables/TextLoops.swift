internal import CText

/// Records cut from a text, all equally wide.
///
/// The 16 bytes before every cell belong to `text`.
struct TextBlock: Sendable {
  var text: [UInt8]
  /// The cells row after row; more than the rows in use have room.
  var cells: [Cell]
  var width: Int
  var rowCount: Int

  /// How many cells there must be room for behind those of the records.
  static let spareCells = 4

  /// The cell of a row.
  func cell(row: Int, column: Int) -> Cell { cells[row * width + column] }
}

/// What stood in the cells of a column that were not turned into values.
struct OddCells {
  /// How often each missing token was found.
  var tokenCounts: [UInt32]
  /// Rows of the block whose cells are neither plain values nor tokens.
  var rows: [UInt32] = []

  init(tokenCount: Int) { tokenCounts = [UInt32](repeating: 0, count: tokenCount) }

  /// Adds rows that are written, or removed again, later; copying is faster than repeating.
  fileprivate mutating func makeRoom(for count: Int) {
    var rest = count
    while rest > 0 {
      let some = min(rest, Self.blanks.count)
      rows.append(contentsOf: Self.blanks[..<some])
      rest -= some
    }
  }

  private static let blanks = [UInt32](repeating: 0, count: 4_096)
}

/// The hot loops over text, which are C for each instruction set.
struct TextLoops: Sendable {
  private let set: Int32

  /// The loops for the set named by the environment variable `PLUMB_CPU`, else for the widest.
  static let current = TextLoops(set: -1)

  /// The loops for every set this processor can run.
  static var available: [TextLoops] {
    (0..<3).filter { unsafe plumb_text_loops_of($0) != nil }.map { TextLoops(set: $0) }
  }

  private var table: plumb_text_loops {
    let loops = unsafe plumb_text_loops_of(set) ?? plumb_text_loops_current()
    return unsafe loops.pointee
  }
}

// MARK: - Records

/// Where cutting a text into records stands, and what it has found so far.
struct RecordScan {
  /// Whether a scan ended because of its limits, of the text, or of a mistake in it.
  enum Ending {
    case complete
    case needsText
    case unclosedQuote
    case textAfterQuote
  }

  /// Where the first record stands that was not read.
  var position = 0
  /// The line there, counted from 0.
  var line: UInt32 = 0
  /// The line at which the next record is expected; records that start elsewhere are `jumps`.
  var nextLine: UInt32 = 0
  /// Records of the block, by number, that do not start one line after the last, and their lines.
  var jumps: [(record: Int, line: UInt32)] = []
  /// How many records had another width, and line and width of the first.
  var ragged: (count: Int, line: UInt32, width: Int) = (0, 0, 0)
  var hasZero = false
  var hasHigh = false
}

/// The bytes that cut a text into cells, and how many cells make a record.
struct RecordForm: Sendable {
  var delimiter: UInt8
  var quote: UInt8
  var width: Int
}

/// Room for the lines of records, used again for every block.
struct JumpRoom {
  var records: [UInt32] = []
  var lines: [UInt32] = []
}

extension TextLoops {
  /// Cuts `block.text[scan.position..<end]` into records up to one that starts at `limit` or later.
  ///
  /// If `isLast`, the text ends here, and a line end stands at `end - 1`. Cells whose doubled
  /// quotes were undone are written from `spare` on.
  func cut(
    _ block: inout TextBlock, _ scan: inout RecordScan, end: Int, limit: Int, isLast: Bool,
    form: RecordForm, spare: Int, room: inout JumpRoom
  ) -> RecordScan.Ending {
    precondition(
      block.text.count >= max(spare + end - scan.position, end + 64) && spare >= end + 64,
      "a text has room behind it")
    let capacity = (block.cells.count - TextBlock.spareCells) / form.width
    let missing = capacity - room.records.count
    if missing > 0 {
      room.records.append(contentsOf: repeatElement(0, count: missing))
      room.lines.append(contentsOf: repeatElement(0, count: missing))
    }
    let cut = Cut(
      end: end, limit: limit, isLast: isLast, form: form, spare: spare, capacity: capacity)
    let (status, jumps) = unsafe runScan(
      &scan, cut, &block.rowCount, &block.text, &block.cells, &room.records, &room.lines)
    scan.jumps = (0..<jumps).map { (Int(room.records[$0]), room.lines[$0]) }
    switch status {
    case plumb_scan_needs_text: return .needsText
    case plumb_scan_unclosed_quote: return .unclosedQuote
    case plumb_scan_text_after_quote: return .textAfterQuote
    default: return .complete
    }
  }

  /// The limits of one scan.
  private struct Cut {
    var end: Int
    var limit: Int
    var isLast: Bool
    var form: RecordForm
    var spare: Int
    var capacity: Int
  }

  private func runScan(
    _ scan: inout RecordScan, _ cut: Cut, _ rowCount: inout Int,
    _ text: UnsafeMutablePointer<UInt8>, _ cells: UnsafeMutablePointer<Cell>,
    _ records: UnsafeMutablePointer<UInt32>, _ lines: UnsafeMutablePointer<UInt32>
  ) -> (status: plumb_scan_status, jumps: Int) {
    // A `Cell` is laid out as the loops' own.
    let cells = unsafe UnsafeMutableRawPointer(cells).assumingMemoryBound(to: plumb_cell.self)
    var call = unsafe plumb_scan(
      text: text, position: scan.position, end: cut.end, limit: cut.limit,
      is_last: cut.isLast ? 1 : 0, delimiter: cut.form.delimiter, quote: cut.form.quote,
      width: cut.form.width, cells: cells, capacity: cut.capacity, records: 0, spare: cut.spare,
      line: scan.line, jump_records: records, jump_lines: lines, jumps: 0,
      next_line: scan.nextLine, ragged: 0, ragged_line: 0, ragged_width: 0, has_zero: 0,
      has_high: 0)
    let status = unsafe table.scan(&call)
    scan.position = unsafe call.position
    scan.line = unsafe call.line
    scan.nextLine = unsafe call.next_line
    scan.ragged.count = unsafe call.ragged
    scan.ragged.line = unsafe call.ragged_line
    scan.ragged.width = unsafe Int(call.ragged_width)
    scan.hasZero = unsafe call.has_zero != 0
    scan.hasHigh = unsafe call.has_high != 0
    rowCount = unsafe call.records
    let jumps = unsafe call.jumps
    return (status, jumps)
  }
}

// MARK: - Columns

extension TextLoops {
  /// Reads a column's cells from a row on as numbers in the form of `values`, whose last
  /// `block.rowCount` places they fill.
  ///
  /// Stops at a number that the form cannot hold, and gives its row and how many decimals it has.
  func readNumbers(
    of block: TextBlock, column: Int, tokens: MissingTokens, decimal: UInt8,
    into values: inout Numbers, odd: inout OddCells, from first: Int
  ) -> (row: Int, places: Int) {
    let offset = values.count - block.rowCount
    var places: Int32 = 0
    let row = unsafe withColumn(of: block, column, tokens, decimal, &odd) { call in
      if values.form == .doubles {
        unsafe values.doubles.withUnsafeMutableBufferPointer { buffer in
          unsafe table.doubles(&call, first, buffer.baseAddress! + offset)
        }
        return block.rowCount
      }
      let scale = Int32(values.scale)
      return unsafe values.wholes.withUnsafeMutableBufferPointer { buffer in
        unsafe table.scaled(&call, first, scale, buffer.baseAddress! + offset, &places)
      }
    }
    return (row, Int(places))
  }

  /// Reads a column's cells from a row on as dates, in the form of `values`.
  ///
  /// Stops at a date with a time of day where the form is days, and gives its row.
  func readDates(
    of block: TextBlock, column: Int, tokens: MissingTokens, order: DateOrder,
    into values: inout Numbers, odd: inout OddCells, from first: Int
  ) -> Int {
    let offset = values.count - block.rowCount
    let number: Int32 =
      switch order {
      case .yearFirst: 0
      case .dayFirst: 1
      case .monthFirst: 2
      }
    return unsafe withColumn(of: block, column, tokens, 0x2E, &odd) { call in
      if values.form == .doubles {
        unsafe values.doubles.withUnsafeMutableBufferPointer { buffer in
          unsafe table.seconds(&call, first, number, buffer.baseAddress! + offset)
        }
        return block.rowCount
      }
      return unsafe values.wholes.withUnsafeMutableBufferPointer { buffer in
        unsafe table.days(&call, first, number, buffer.baseAddress! + offset)
      }
    }
  }

  /// Reads a column's cells as levels; the codes fill the last `block.rowCount` places.
  func readLevels(
    of block: TextBlock, column: Int, into levels: inout LevelTable, codes: inout [Int32]
  ) {
    let offset = codes.count - block.rowCount
    var odd = OddCells(tokenCount: 0)
    var row = 0
    while row < block.rowCount {
      row = unsafe withColumn(of: block, column, .none, 0x2E, &odd) { call in
        unsafe addLevels(
          &call, row, &levels.count, &levels.byteCount, levels.hashes.count, levels.slots.count,
          levels.bytes.count, &levels.slots, &levels.hashes, &levels.ends, &levels.counts,
          &levels.bytes, &codes, offset)
      }
      if row < block.rowCount {
        levels.grow(textBytes: block.cell(row: row, column: column).count)
      }
    }
  }

  private func addLevels(
    _ call: inout plumb_column, _ first: Int, _ count: inout Int, _ byteCount: inout Int,
    _ capacity: Int, _ slotCount: Int, _ byteCapacity: Int,
    _ slots: UnsafeMutablePointer<Int32>, _ hashes: UnsafeMutablePointer<UInt32>,
    _ ends: UnsafeMutablePointer<UInt32>, _ counts: UnsafeMutablePointer<UInt32>,
    _ bytes: UnsafeMutablePointer<UInt8>, _ codes: UnsafeMutablePointer<Int32>, _ offset: Int
  ) -> Int {
    var room = unsafe plumb_levels(
      slots: slots, slot_count: slotCount, hashes: hashes, ends: ends, counts: counts,
      count: count, capacity: capacity, bytes: bytes, byte_count: byteCount,
      byte_capacity: byteCapacity)
    let row = unsafe table.levels(&call, first, &room, codes + offset)
    count = unsafe room.count
    byteCount = unsafe room.byte_count
    return row
  }

  /// Makes the call for a column, whose odd cells are appended to `odd`.
  private func withColumn(
    of block: TextBlock, _ column: Int, _ tokens: MissingTokens, _ decimal: UInt8,
    _ odd: inout OddCells, _ body: (inout plumb_column) -> Int
  ) -> Int {
    precondition(
      block.cells.count >= block.rowCount * block.width && column < block.width,
      "a column lies in its block")
    let found = odd.rows.count
    odd.makeRoom(for: block.rowCount)
    let (row, oddCount) = unsafe withPointers(
      block.text, block.cells, tokens.bytes, tokens.ends, &odd.tokenCounts, &odd.rows
    ) { text, cells, tokenBytes, tokenEnds, tokenCounts, rows in
      let cells = unsafe UnsafeRawPointer(cells + column).assumingMemoryBound(to: plumb_cell.self)
      let tokens = unsafe plumb_tokens(
        bytes: tokenBytes, ends: tokenEnds, count: tokens.tokens.count,
        include_numbers: tokens.includesNumbers ? 1 : 0)
      var call = unsafe plumb_column(
        text: text, cells: cells, width: block.width, rows: block.rowCount, decimal: decimal,
        tokens: tokens, token_counts: tokenCounts, odd_rows: rows + found, odd_count: 0)
      let row = unsafe body(&call)
      let oddCount = unsafe call.odd_count
      return (row, oddCount)
    }
    odd.rows.removeLast(block.rowCount - oddCount)
    return row
  }

  private func withPointers(
    _ text: UnsafePointer<UInt8>, _ cells: UnsafePointer<Cell>,
    _ tokenBytes: UnsafePointer<UInt8>, _ tokenEnds: UnsafePointer<UInt32>,
    _ tokenCounts: UnsafeMutablePointer<UInt32>, _ rows: UnsafeMutablePointer<UInt32>,
    _ body: (
      UnsafePointer<UInt8>, UnsafePointer<Cell>, UnsafePointer<UInt8>, UnsafePointer<UInt32>,
      UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>
    ) -> (row: Int, oddCount: Int)
  ) -> (row: Int, oddCount: Int) {
    unsafe body(text, cells, tokenBytes, tokenEnds, tokenCounts, rows)
  }
}

// MARK: - Small things

/// Whether bytes are valid UTF-8.
func isUTF8(_ bytes: [UInt8], from start: Int, to end: Int) -> Bool {
  precondition(start >= 0 && start <= end && end <= bytes.count, "a slice lies in its bytes")
  return unsafe bytes.withUnsafeBufferPointer { bytes in
    guard let address = bytes.baseAddress else { return true }
    return unsafe plumb_is_utf8(address + start, end - start) != 0
  }
}

/// What a slice of bytes says as a number.
enum NumberReading {
  case none
  case number(Double)
  /// A number that only the standard library rounds rightly.
  case hard
}

/// Reads a slice of bytes as a number.
func readNumber(_ text: [UInt8], _ start: Int, _ end: Int, decimal: UInt8) -> NumberReading {
  precondition(start >= 0 && start <= end && end <= text.count, "a slice lies in its bytes")
  return unsafe text.withUnsafeBufferPointer { text in
    guard let address = text.baseAddress else { return .none }
    var value = 0.0
    let kind = unsafe plumb_parse_number(address, start, end, decimal, &value)
    return kind == plumb_number ? .number(value) : kind == plumb_hard_number ? .hard : .none
  }
}

/// Sorts keys of 64 bits in ascending order, in time proportional to their number.
func sortKeys(_ keys: inout [UInt64]) {
  var spare = [UInt64](repeating: 0, count: keys.count)
  unsafe keys.withUnsafeMutableBufferPointer { keys in
    unsafe spare.withUnsafeMutableBufferPointer { spare in
      guard let address = keys.baseAddress, let spareAddress = spare.baseAddress else { return }
      unsafe plumb_sort64(address, spareAddress, keys.count)
    }
  }
}
