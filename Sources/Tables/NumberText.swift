/// The number that a whole text writes, with a full stop as decimal mark; `nil` if it is none.
public func parseNumber(_ text: String) -> Double? {
  let bytes = Array(text.utf8)
  return parseNumber(bytes, 0, bytes.count, decimal: 0x2E)
}

/// The double nearest to the number written in a slice of bytes; `nil` if it is no finite number.
///
/// A sign, digits, a decimal mark, an exponent; at least one digit. The result is correctly
/// rounded: exact arithmetic where the digits fit, a 128-bit product where it decides, and
/// otherwise the standard library.
func parseNumber(_ text: [UInt8], _ start: Int, _ end: Int, decimal: UInt8) -> Double? {
  switch readNumber(text, start, end, decimal: decimal) {
  case .none: nil
  case .number(let number): number
  case .hard: standardLibraryDouble(text, start, end, decimal)
  }
}

/// The standard library's reading of a slice that is known to be written as a number.
private func standardLibraryDouble(
  _ text: [UInt8], _ start: Int, _ end: Int, _ decimal: UInt8
) -> Double? {
  var written = text[start..<end].map { $0 == decimal ? 0x2E : $0 }
  if written.first == 0x2B { written.removeFirst() }
  let number = Double(String(decoding: written, as: UTF8.self))
  return number.flatMap { $0.isFinite ? $0 : nil }
}
