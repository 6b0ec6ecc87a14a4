/// The rows of JSON Lines: an object a line, its members the cells of the named columns.
///
/// Texts are cells without their quotes, numbers and truths as they are written, and `null` is an
/// empty cell. Blank lines are skipped. A line that is no object, lacks a column or holds a list or
/// an object in one becomes a row of which that is said.
func jsonRows(_ text: [UInt8], names: [String], line: Int, isLast: Bool) -> CutRows {
  var rows = CutRows(width: names.count)
  rows.block.text = [UInt8](repeating: 0, count: ChunkReader.margin)
  rows.block.text.reserveCapacity(text.count + 2 * ChunkReader.margin)
  var places: [[UInt8]: Int] = [:]
  for (place, name) in names.enumerated() { places[Array(name.utf8)] = place }
  var (start, number) = (0, line)
  while start < text.count {
    guard let end = text[start...].firstIndex(of: 0x0A) ?? (isLast ? text.count : nil) else {
      break
    }
    var scan = JSONScan(text: text, position: start, end: end)
    scan.passBlanks()
    if scan.position < end {
      rows.lines.add(row: rows.block.rowCount, line: number)
      rows.starts.append(start)
      append(&scan, places, names, to: &rows)
    }
    (start, number) = (min(end + 1, text.count), number + 1)
  }
  rows.block.text.append(contentsOf: repeatElement(0, count: ChunkReader.margin))
  (rows.consumed, rows.nextLine) = (start, number)
  return rows
}

/// Adds the row of one object.
private func append(
  _ scan: inout JSONScan, _ places: [[UInt8]: Int], _ names: [String], to rows: inout CutRows
) {
  let margin = UInt32(ChunkReader.margin)
  var cells = [Cell?](repeating: nil, count: names.count)
  var problem: String?
  let isObject = scan.forEachMember { key, value in
    guard let place = places[key] else { return }
    switch value {
    case .cell(let bytes):
      let begin = UInt32(rows.block.text.count)
      rows.block.text += bytes
      cells[place] = Cell(start: begin, end: begin + UInt32(bytes.count))
    case .nested:
      cells[place] = Cell(start: margin, end: margin)
      problem = problem ?? "`\(names[place])` holds a list or an object"
    }
  }
  if !isObject {
    problem = "the line is not a JSON object"
  } else if problem == nil, let absent = cells.firstIndex(where: { $0 == nil }) {
    problem = "there is no `\(shortened(names[absent]))` in it; a missing value is `null`"
  }
  if let problem { rows.problems[rows.block.rowCount] = problem }
  for cell in cells { rows.block.cells.append(cell ?? Cell(start: margin, end: margin)) }
  rows.block.rowCount += 1
}

/// The names of the members of the first object of a text, in their order.
func jsonNames(_ text: [UInt8]) -> [String]? {
  let first = text.firstIndex { ![0x20, 0x09, 0x0D, 0x0A].contains($0) } ?? text.count
  let end = text[first...].firstIndex(of: 0x0A) ?? text.count
  var scan = JSONScan(text: text, position: first, end: end)
  var names: [String] = []
  var taken: Set<String> = []
  let isObject = scan.forEachMember { key, _ in
    let name = String(decoding: key, as: UTF8.self)
    if taken.insert(name).inserted { names.append(name) }
  }
  return isObject ? names : nil
}

/// A value of an object.
private enum JSONCell {
  case cell([UInt8])
  case nested
}

/// Reads one object of JSON from a slice of bytes.
private struct JSONScan {
  let text: [UInt8]
  var position: Int
  let end: Int

  init(text: [UInt8], position: Int, end: Int) {
    (self.text, self.position, self.end) = (text, position, end)
  }

  mutating func passBlanks() {
    while position < end, [0x20, 0x09, 0x0D].contains(text[position]) { position += 1 }
  }

  /// Gives every member in order; false where this is not one whole object.
  mutating func forEachMember(_ body: ([UInt8], JSONCell) -> Void) -> Bool {
    guard take(0x7B) else { return false }
    if take(0x7D) { return isAtEnd }
    repeat {
      passBlanks()
      guard let key = string(), take(0x3A), let value = value() else { return false }
      body(key, value)
    } while take(0x2C)
    return take(0x7D) && isAtEnd
  }

  private var isAtEnd: Bool {
    mutating get {
      passBlanks()
      return position == end
    }
  }

  /// Passes blanks and one byte, if it is there.
  private mutating func take(_ byte: UInt8) -> Bool {
    passBlanks()
    guard position < end, text[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() -> JSONCell? {
    passBlanks()
    guard position < end else { return nil }
    switch text[position] {
    case 0x22: return string().map { .cell($0) }
    case 0x7B, 0x5B: return nested() ? .nested : nil
    default: break
    }
    let start = position
    while position < end, ![0x2C, 0x7D, 0x5D, 0x20, 0x09, 0x0D].contains(text[position]) {
      position += 1
    }
    let word = Array(text[start..<position])
    if word == Array("null".utf8) { return .cell([]) }
    let isTruth = word == Array("true".utf8) || word == Array("false".utf8)
    return isTruth || isJSONNumber(word[...]) ? .cell(word) : nil
  }

  /// Passes a list or an object of any depth.
  private mutating func nested() -> Bool {
    var depth = 0
    while position < end {
      switch text[position] {
      case 0x22: guard string() != nil else { return false }
      case 0x7B, 0x5B:
        depth += 1
        position += 1
      case 0x7D, 0x5D:
        depth -= 1
        position += 1
        if depth == 0 { return true }
      default: position += 1
      }
    }
    return false
  }

  /// The bytes of a text without quotes and escapes.
  private mutating func string() -> [UInt8]? {
    guard position < end, text[position] == 0x22 else { return nil }
    position += 1
    let start = position
    while position < end, text[position] != 0x22, text[position] != 0x5C { position += 1 }
    var bytes = Array(text[start..<position])
    while position < end {
      let byte = text[position]
      position += 1
      if byte == 0x22 { return bytes }
      guard byte == 0x5C else {
        bytes.append(byte)
        continue
      }
      guard let scalar = escaped() else { return nil }
      bytes.append(contentsOf: Array(String(Character(scalar)).utf8))
    }
    return nil
  }

  /// The character behind a backslash.
  private mutating func escaped() -> Unicode.Scalar? {
    guard position < end else { return nil }
    let byte = text[position]
    position += 1
    switch byte {
    case 0x6E: return "\n"
    case 0x74: return "\t"
    case 0x72: return "\r"
    case 0x62: return "\u{8}"
    case 0x66: return "\u{C}"
    case 0x22, 0x5C, 0x2F: return Unicode.Scalar(byte)
    case 0x75: break
    default: return nil
    }
    guard let first = hexadecimal() else { return nil }
    guard 0xD800...0xDBFF ~= first else { return Unicode.Scalar(first) }
    guard position + 1 < end, text[position] == 0x5C, text[position + 1] == 0x75 else {
      return nil
    }
    position += 2
    guard let second = hexadecimal(), 0xDC00...0xDFFF ~= second else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private mutating func hexadecimal() -> UInt32? {
    guard position + 4 <= end else { return nil }
    let digits = String(decoding: text[position..<position + 4], as: UTF8.self)
    position += 4
    return digits.allSatisfy(\.isHexDigit) ? UInt32(digits, radix: 16) : nil
  }
}

/// Whether bytes are a number as JSON writes it.
public func isJSONNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
  var rest = bytes
  func isDigit(_ byte: UInt8?) -> Bool { byte.map { 0x30...0x39 ~= $0 } ?? false }
  func passDigits() -> Bool {
    guard isDigit(rest.first) else { return false }
    while isDigit(rest.first) { rest = rest.dropFirst() }
    return true
  }
  if rest.first == 0x2D { rest = rest.dropFirst() }
  let startsWithZero = rest.first == 0x30
  guard isDigit(rest.first) else { return false }
  if startsWithZero { rest = rest.dropFirst() } else if !passDigits() { return false }
  if rest.first == 0x2E {
    rest = rest.dropFirst()
    guard passDigits() else { return false }
  }
  if rest.first == 0x65 || rest.first == 0x45 {
    rest = rest.dropFirst()
    if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
    guard passDigits() else { return false }
  }
  return rest.isEmpty
}
