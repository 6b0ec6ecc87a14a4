import Tables

/// The rows of a document of JSON: one object, a list of objects, or an object whose `rows` is such
/// a list.
struct JSONRows {
  /// What holds the rows, which is also how their predictions are answered.
  enum Shape: Sendable {
    case one, list, member
  }

  private(set) var shape = Shape.one
  private(set) var count = 0
  /// The rows as JSON Lines.
  private(set) var lines: [UInt8] = []
  private var reader: JSONReader
  private let maximumRows: Int

  /// Reads a document; a problem says the place of what is no JSON, or the row that is no object.
  init(_ text: [UInt8], maximumRows: Int) throws(Problem) {
    guard String(validating: text, as: UTF8.self) != nil else {
      throw Problem(.badRequest, "the body is not UTF-8", hint: "JSON is sent in UTF-8")
    }
    reader = JSONReader(text)
    self.maximumRows = maximumRows
    do throws(JSONReader.Fault) {
      try readDocument()
    } catch {
      switch error.kind {
      case .tooManyRows: throw .tooManyRows(maximumRows)
      case .row:
        throw Problem(
          rows: [.init(row: count + 1, line: nil, message: error.message)], tellsLines: false)
      case .syntax:
        let place = reader.place(of: error.position)
        throw Problem(
          .badRequest, "line \(place.line), column \(place.column): \(error.message)",
          hint: "send one object, a list of objects, or {\"rows\": [...]}")
      }
    }
  }

  private mutating func readDocument() throws(JSONReader.Fault) {
    lines.reserveCapacity(reader.text.count + 16)
    let first = reader.next()
    switch first {
    case 0x5B:
      shape = .list
      try readList()
    case 0x7B: try readObject()
    default:
      throw reader.fault(first == nil ? "the body is empty" : "this is no object and no list")
    }
    guard reader.next() == nil else { throw reader.fault("the document has ended before this") }
  }

  /// One row, or an object with a list of them.
  private mutating func readObject() throws(JSONReader.Fault) {
    let start = reader.position
    var strange: Range<Int>?
    try reader.take(0x7B)
    while reader.next() != 0x7D {
      let name = try reader.string()
      try reader.take(0x3A)
      if reader.text[name].elementsEqual("rows".utf8), reader.next() == 0x5B, shape == .one {
        shape = .member
        try readList()
      } else {
        strange = strange ?? name
        try reader.value()
      }
      guard reader.next() == 0x2C else { break }
      try reader.take(0x2C)
      guard reader.next() == 0x22 else { throw reader.fault("a name in quotes is missing here") }
    }
    try reader.take(0x7D)
    guard shape == .member else { return try append(start..<reader.position) }
    if let strange {
      let name = String(decoding: reader.text[strange], as: UTF8.self)
      throw reader.fault("`\(name)` beside `rows` means nothing here")
    }
  }

  private mutating func readList() throws(JSONReader.Fault) {
    try reader.take(0x5B)
    guard reader.next() != 0x5D else { return try reader.take(0x5D) }
    while true {
      let first = reader.next()
      let start = reader.position
      try reader.value()
      guard first == 0x7B else {
        throw JSONReader.Fault(
          kind: .row, position: start, message: "it is not an object with a member for each column")
      }
      try append(start..<reader.position)
      guard reader.next() == 0x2C else { return try reader.take(0x5D) }
      try reader.take(0x2C)
    }
  }

  /// Adds a row as a line; line ends between its values become blanks.
  private mutating func append(_ range: Range<Int>) throws(JSONReader.Fault) {
    guard count < maximumRows else {
      throw JSONReader.Fault(kind: .tooManyRows, position: range.lowerBound, message: "")
    }
    for byte in reader.text[range] {
      lines.append(byte == 0x0A || byte == 0x0D ? 0x20 : byte)
    }
    lines.append(0x0A)
    count += 1
  }
}
