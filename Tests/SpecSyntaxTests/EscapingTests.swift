import SpecSyntax
import Testing

@Suite struct EscapingTests {
  @Test("no control, line or direction character survives, whatever stands around it")
  func everyControl() {
    let controls =
      Array(0...0x1F) + Array(0x7F...0x9F) + [0x200E, 0x2028, 0x2029]
      + Array(0x202A...0x202E) + Array(0x2066...0x2069)
    for value in controls {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let shown = escapedForTerminal("a\(Character(scalar))b")
      #expect(!shown.unicodeScalars.contains(scalar), "U+\(String(value, radix: 16))")
      #expect(shown.hasPrefix("a") && shown.hasSuffix("b"))
    }
  }

  @Test("ordinary text is unchanged", arguments: ["", "größe", "年", "a b"])
  func ordinary(text: String) {
    #expect(escapedForTerminal(text) == text)
  }
}
