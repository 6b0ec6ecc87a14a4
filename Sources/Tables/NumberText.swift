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
  var position = start
  guard position < end else { return nil }
  let isNegative = text[position] == 0x2D
  if isNegative || text[position] == 0x2B { position += 1 }
  var digits = DecimalDigits()
  position = digits.read(text, position, end)
  if position < end, text[position] == decimal {
    digits.startFraction()
    position = digits.read(text, position + 1, end)
  }
  guard digits.seen > 0 else { return nil }
  var exponent = digits.exponent
  if position < end {
    guard let written = parseExponent(text, position, end) else { return nil }
    exponent += written
  }
  let magnitude = digits.isExact ? nearestDouble(digits.value, exponent) : nil
  if let magnitude { return isNegative ? -magnitude : magnitude }
  return standardLibraryDouble(text, start, end, decimal)
}

/// The significant digits of a number as they are read.
private struct DecimalDigits {
  var value: UInt64 = 0
  /// How many digits there were, zeros included.
  var seen = 0
  /// The power of ten to scale `value` by.
  var exponent = 0
  /// Whether `value` holds every digit.
  var isExact = true
  private var significant = 0
  private var isFraction = false

  /// Counts the digits that follow as decimal places.
  mutating func startFraction() { isFraction = true }

  /// Takes in digits as far as they go; the position after them.
  mutating func read(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
    var position = start
    while position < end {
      let digit = text[position] &- 0x30
      guard digit < 10 else { break }
      if significant < 19 {
        value = value &* 10 &+ UInt64(digit)
        if value != 0 { significant += 1 }
        if isFraction { exponent -= 1 }
      } else {
        isExact = false
        if !isFraction { exponent += 1 }
      }
      position += 1
    }
    seen += position - start
    return position
  }
}

/// The exponent after an `e`, clamped far outside the range of doubles.
private func parseExponent(_ text: [UInt8], _ start: Int, _ end: Int) -> Int? {
  guard text[start] | 0x20 == 0x65 else { return nil }
  var position = start + 1
  guard position < end else { return nil }
  let isNegative = text[position] == 0x2D
  if isNegative || text[position] == 0x2B { position += 1 }
  guard position < end else { return nil }
  var exponent = 0
  while position < end {
    let digit = text[position] &- 0x30
    guard digit < 10 else { return nil }
    exponent = min(exponent * 10 + Int(digit), 100_000)
    position += 1
  }
  return isNegative ? -exponent : exponent
}

/// The powers of ten that doubles hold exactly.
private let exactPowers: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

/// The double nearest to `value · 10^exponent`, where cheap arithmetic can decide it.
private func nearestDouble(_ value: UInt64, _ exponent: Int) -> Double? {
  if value == 0 { return 0 }
  if value < 1 << 53, -22...22 ~= exponent {
    let number = Double(value)
    return exponent < 0 ? number / exactPowers[-exponent] : number * exactPowers[exponent]
  }
  guard -27...27 ~= exponent else { return nil }
  let power = normalizedPowers[exponent + 27]
  let zeros = value.leadingZeroBitCount
  let product = (value << UInt64(zeros)).multipliedFullWidth(by: power.mantissa).high
  let topIsSet = product >> 63 == 1
  let drop: UInt64 = topIsSet ? 11 : 10
  let (rest, half) = (product & (1 << drop - 1), UInt64(1) << (drop - 1))
  // The power is rounded down, so the true product lies less than 2 above; near a tie, give up.
  guard rest + 2 < half || rest > half else { return nil }
  var mantissa = product >> drop
  if rest > half { mantissa += 1 }
  // A mantissa of 2^53 carries into the exponent bits, as it should.
  let binary = power.exponent - zeros + 64 + Int(drop) + 52 + 1023
  return Double(bitPattern: UInt64(binary - 1) << 52 + mantissa)
}

/// A power of ten as `mantissa · 2^exponent`, the mantissa filling 64 bits, rounded down.
private struct NormalizedPower {
  var mantissa: UInt64
  var exponent: Int
}

/// The powers of ten from −27 to 27: as far as a power of five fits in 64 bits.
private let normalizedPowers: [NormalizedPower] = (-27...27).map { exponent in
  var five: UInt64 = 1
  for _ in 0..<exponent.magnitude { five *= 5 }
  let zeros = five.leadingZeroBitCount
  guard exponent < 0 else {
    return NormalizedPower(mantissa: five << UInt64(zeros), exponent: exponent - zeros)
  }
  let length = 64 - zeros
  let quotient = five.dividingFullWidth((high: 1 << UInt64(length - 1), low: 0)).quotient
  return NormalizedPower(mantissa: quotient, exponent: exponent - 63 - length)
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
