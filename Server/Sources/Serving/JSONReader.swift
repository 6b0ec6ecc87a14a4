import Tables

/// Passes over a text of JSON (RFC 8259), value by value, and finds the first place that is none.
struct JSONReader {
  let text: [UInt8]
  private(set) var position = 0

  /// How deep lists and objects may lie in each other.
  static let maximumDepth = 64

  init(_ text: [UInt8]) { self.text = text }

  /// Why reading ends.
  struct Fault: Error {
    enum Kind { case syntax, row, tooManyRows }

    var kind: Kind
    var position: Int
    var message: String
  }

  func fault(_ message: String) -> Fault {
    Fault(kind: .syntax, position: position, message: message)
  }

  /// The first byte that is no blank, which is not passed; nil at the end.
  mutating func next() -> UInt8? {
    while position < text.count, isBlank(text[position]) { position += 1 }
    return position < text.count ? text[position] : nil
  }

  /// Passes blanks and a mark, which must be there.
  mutating func take(_ mark: UInt8) throws(Fault) {
    guard let byte = next() else { throw fault("the document ends too early") }
    guard byte == mark else {
      throw fault("`\(Character(Unicode.Scalar(mark)))` is missing here")
    }
    position += 1
  }

  /// Passes any value.
  mutating func value(depth: Int = 0) throws(Fault) {
    guard depth < Self.maximumDepth else {
      throw fault("values lie more than \(Self.maximumDepth) deep in each other")
    }
    switch next() {
    case 0x7B: try members(depth)
    case 0x5B: try elements(depth)
    case 0x22: try string()
    case nil: throw fault("the document ends too early")
    default: try word()
    }
  }

  private mutating func members(_ depth: Int) throws(Fault) {
    try take(0x7B)
    guard next() != 0x7D else { return try take(0x7D) }
    while true {
      try string()
      try take(0x3A)
      try value(depth: depth + 1)
      guard next() == 0x2C else { return try take(0x7D) }
      try take(0x2C)
    }
  }

  private mutating func elements(_ depth: Int) throws(Fault) {
    try take(0x5B)
    guard next() != 0x5D else { return try take(0x5D) }
    while true {
      try value(depth: depth + 1)
      guard next() == 0x2C else { return try take(0x5D) }
      try take(0x2C)
    }
  }

  /// Passes a number, a truth or null.
  private mutating func word() throws(Fault) {
    let start = position
    while position < text.count, !isBlank(text[position]), !isMark(text[position]) { position += 1 }
    let word = text[start..<position]
    guard
      isJSONNumber(word) || word.elementsEqual("null".utf8) || word.elementsEqual("true".utf8)
        || word.elementsEqual("false".utf8)
    else {
      position = start
      throw fault("this is no value of JSON; texts stand in double quotes")
    }
  }

  /// Passes a text; the range of its bytes, with escapes as they are written.
  @discardableResult
  mutating func string() throws(Fault) -> Range<Int> {
    guard next() == 0x22 else { throw fault("a text in double quotes is missing here") }
    position += 1
    let start = position
    while position < text.count {
      switch text[position] {
      case 0x22:
        position += 1
        return start..<position - 1
      case 0x5C: try escape()
      case 0..<0x20: throw fault("a control character stands in a text; write it as an escape")
      default: position += 1
      }
    }
    throw fault("the document ends within a text")
  }

  /// Passes a backslash and what belongs to it; halves of a pair must be together.
  private mutating func escape() throws(Fault) {
    guard position + 1 < text.count else { throw fault("the document ends within a text") }
    if "\"\\/bfnrt".utf8.contains(text[position + 1]) {
      position += 2
      return
    }
    let first = try unit()
    guard !(0xDC00...0xDFFF ~= first) else { throw fault("half of a character stands alone") }
    guard 0xD800...0xDBFF ~= first else { return }
    guard position + 1 < text.count, text[position] == 0x5C, text[position + 1] == 0x75,
      0xDC00...0xDFFF ~= (try unit())
    else { throw fault("half of a character stands alone") }
  }

  /// Passes `\u` and four digits.
  private mutating func unit() throws(Fault) -> Int {
    let digits = text[min(position + 2, text.count)..<min(position + 6, text.count)]
    guard text[position + 1] == 0x75, digits.count == 4,
      let value = Int(String(decoding: digits, as: UTF8.self), radix: 16),
      digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
    else { throw fault("there is no such escape") }
    position += 6
    return value
  }

  /// The line and the column of a position, both from 1, the column in characters.
  func place(of position: Int) -> (line: Int, column: Int) {
    let before = text[..<min(position, text.count)]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return (
      1 + before.count { $0 == 0x0A },
      1 + String(decoding: before[lineStart...], as: UTF8.self).count
    )
  }
}

/// Whether a byte stands between values and means nothing.
private func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}

/// Whether a byte ends a number or a name: `,` `:` `"` and brackets.
private func isMark(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x2C, 0x3A, 0x22, 0x5B, 0x5D, 0x7B, 0x7D: true
  default: false
  }
}
