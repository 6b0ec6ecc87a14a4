/// The place of one cell's text in the bytes that it was cut from.
struct Cell: Hashable, Sendable {
  var start: UInt32
  var end: UInt32

  var count: Int { Int(end) - Int(start) }
  var isEmpty: Bool { start == end }
}

/// The cells of a delimited text, row after row, as slices of one byte array.
struct CellGrid {
  /// The file's bytes, followed by the text of cells whose doubled quotes were undone.
  var text: [UInt8]
  /// Where the file's own bytes end.
  let end: Int
  /// The cells of all records in order.
  var cells: [Cell] = []
  /// Where each record's cells start in `cells`; one more entry marks the end.
  var recordStarts: [Int] = [0]
  /// The line on which each record starts.
  var lines: [Int32] = []
  /// Where each record's bytes start.
  var offsets: [Int] = []

  /// How far the text was read.
  var readBytes = 0

  init(text: [UInt8]) {
    self.text = text
    end = text.count
  }

  var recordCount: Int { lines.count }

  /// How many cells a record has.
  func width(ofRecord record: Int) -> Int {
    recordStarts[record + 1] - recordStarts[record]
  }

  /// The cells of a record.
  func record(_ record: Int) -> ArraySlice<Cell> {
    cells[recordStarts[record]..<recordStarts[record + 1]]
  }

  /// The text of a cell.
  func string(_ cell: Cell) -> String {
    String(decoding: slice(cell), as: UTF8.self)
  }

  /// The bytes of a cell.
  func slice(_ cell: Cell) -> ArraySlice<UInt8> { text[Int(cell.start)..<Int(cell.end)] }
}
