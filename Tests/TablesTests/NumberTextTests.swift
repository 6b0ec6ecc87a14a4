import Testing

@testable import Tables

@Suite("Numbers in text")
struct NumberTextTests {
  @Test("a number is rounded as the standard library rounds it")
  func agrees() {
    var random = SeededBits(seed: 11)
    for _ in 0..<4_000 {
      let digits = String(random.next() >> (random.next() % 64))
      let point = Int(random.next() % UInt64(digits.count + 1))
      let exponent = Int(random.next() % 80) - 40
      let text = "\(digits.prefix(point)).\(digits.dropFirst(point))e\(exponent)"
      #expect(parseNumber(text) == Double("0\(text)"), "\(text)")
    }
  }

  @Test("any finite number reads back from its description")
  func roundTrip() {
    var random = SeededBits(seed: 12)
    for _ in 0..<4_000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite else { continue }
      #expect(parseNumber("\(number)") == number)
    }
  }

  @Test(
    "numbers near a tie and at the edges are exact",
    arguments: [
      "9007199254740993", "9007199254740992.5", "1e23", "8.5e22", "0.1", "2.2250738585072011e-308",
      "4.9e-324", "1.7976931348623157e308", "123456789012345678901234567890",
      "0.000000000000000000000000000123456789", "00012.500", "1e-27", "9999999999999999999e27",
    ])
  func edges(text: String) {
    #expect(parseNumber(text) == Double(text))
    #expect(parseNumber("-\(text)") == Double("-\(text)"))
    #expect(parseNumber("+\(text)") == Double(text))
  }

  @Test(
    "what is no finite number is not read",
    arguments: [
      "", "-", ".", "e5", "1e", "1e+", "0x10", "inf", "nan", "1e400", "1 2", "1,5", "--1", "1.2.3",
    ])
  func refused(text: String) {
    #expect(parseNumber(text) == nil)
  }
}
