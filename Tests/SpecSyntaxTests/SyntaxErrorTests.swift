import SpecSyntax
import Testing

@Suite struct SyntaxErrorTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var text: String
    var code: String
    /// Line and column from 1.
    var line: Int
    var column: Int
    var testDescription: String { "\(text.debugDescription) \(code)" }

    init(_ text: String, _ code: String, _ line: Int, _ column: Int) {
      (self.text, self.code, self.line, self.column) = (text, code, line, column)
    }
  }

  static let mistakes = [
    Mistake("a: 1\nb 2\nc: 3\n", "Y101", 2, 1),
    Mistake("b 2\nc: 3\n", "Y101", 1, 1),
    Mistake("a:\n  b = 2\n  c: 3\n", "Y101", 2, 3),
    Mistake("a:1\nb: 2\n", "Y102", 1, 1),
    Mistake("a: 1\nb:2\nc: 3\n", "Y102", 2, 1),
    Mistake("a: b: c\n", "Y103", 1, 5),
    Mistake("t:\n  name: a: b # c\n", "Y103", 2, 10),
    Mistake("a:\n  b: 1\n c: 2\n", "Y104", 3, 2),
    Mistake("a: 1\n  b: 2\n", "Y104", 2, 3),
    Mistake(" a: 1\nb: 2\n", "Y104", 2, 1),
    Mistake("a:\n    - b\n  - c\n", "Y104", 3, 3),
    Mistake("a:\n\tb: 1\n", "Y105", 2, 1),
    Mistake("a:\n  b: 1\n\tc: 1\n", "Y105", 3, 1),
    Mistake("a: - b\n", "Y106", 1, 4),
    Mistake("a: 1\n- b\n", "Y107", 2, 1),
    Mistake("- b\na: 1\n", "Y107", 2, 1),
    Mistake(String(repeating: "k", count: 1100) + ": 1\n", "Y108", 1, 1),
    Mistake("a: \"x\" y\n", "Y109", 1, 8),
    Mistake("a: [1] y\n", "Y109", 1, 8),
    Mistake("%what is this\na: 1\n", "Y110", 1, 1),
    Mistake("a: \"x\nb: 1\n", "Y120", 1, 4),
    Mistake("a: 'x\nb: 1\n", "Y120", 1, 4),
    Mistake("a: \"x\nb: \"y\"\n", "Y120", 1, 4),
    Mistake("a: [1, 2\n", "Y121", 1, 4),
    Mistake("a: [1, 2", "Y121", 1, 4),
    Mistake("a: [1,\nb: 2\nc: 3\n", "Y121", 1, 4),
    Mistake("a: [1, 2\nb: [3]\n", "Y121", 1, 4),
    Mistake("a:\n  - {b: 1, c: 2\n  - {b: 2}\n", "Y121", 2, 5),
    Mistake("a: {b: [1, 2}\n", "Y122", 1, 13),
    Mistake("a: 1]\nb: ]\n", "Y123", 2, 4),
    Mistake("a: [1, 2]]\n", "Y123", 1, 10),
    Mistake("a: [\"b\" \"c\"]\n", "Y124", 1, 9),
    Mistake("a: {b: 1 c: 2}\n", "Y124", 1, 10),
    Mistake("a: [1, , 2]\n", "Y125", 1, 8),
    Mistake("a: @x\n", "Y126", 1, 4),
    Mistake("a: `x`\n", "Y126", 1, 4),
    Mistake("a: %x\n", "Y126", 1, 4),
    Mistake("a: \"C:\\new\\dir\"\n", "Y127", 1, 11),
    Mistake("a: *.csv\n", "Y128", 1, 4),
    Mistake("a: !<x y\n", "Y129", 1, 4),
    Mistake("a: !x!y z\n", "Y129", 1, 4),
    Mistake("a: > 5\n", "Y130", 1, 4),
    Mistake("a: {{ x }}\n", "Y131", 1, 4),
    Mistake("", "Y006", 1, 1),
    Mistake("# nothing\n\n", "Y006", 1, 1),
    Mistake("---\n", "Y006", 1, 1),
    Mistake("a: 1\n---\nb: 2\n", "Y007", 2, 1),
    Mistake("a: 1\n...\nb: 2\n", "Y007", 3, 1),
    Mistake("%YAML 1.3\n---\na: 1\n", "Y008", 1, 1),
    Mistake("%YAML 1.1\n---\na: 1\n", "Y009", 1, 1),
    Mistake("a: 1\na: 2\n", "Y301", 2, 1),
    Mistake("a: {b: 1, \"b\": 2}\n", "Y301", 1, 11),
    Mistake("[a, b]: 1\n", "Y302", 1, 1),
    Mistake("a: 1\n: 2\n", "Y303", 2, 1),
    Mistake("a: &base 1\nb: *bsae\nc: *base\n", "Y304", 2, 4),
    Mistake("a: &a [*a]\n", "Y305", 1, 8),
    Mistake("a: &x 1\nb: &x 2\nc: *x\n", "Y306", 2, 4),
    Mistake("a: &x 1\n", "Y307", 1, 4),
    Mistake("a: {<<: 1}\n", "Y308", 1, 9),
    Mistake("a: &a {x: 1}\nb: &b {y: 1}\nc:\n  <<: *a\n  <<: *b\n", "Y309", 5, 3),
    Mistake("a: !!python/object x\n", "Y310", 1, 4),
    Mistake("a: !mine x\n", "Y310", 1, 4),
    Mistake("a: !!seq x\n", "Y311", 1, 4),
    Mistake("a: &an:chor value\nb: *an\n", "Y312", 1, 7),
    Mistake("a: \"b\"# c\n", "Y313", 1, 7),
    Mistake("a: \u{202E}b\n", "Y004", 1, 4),
    Mistake("a: x\u{2028}b: y\n", "Y005", 1, 5),
    Mistake("a: 1 # x\u{85}b: y\n", "Y005", 1, 9),
    Mistake("a: 1\u{7}\n", "Y003", 1, 5),
    Mistake("größe: 1\nb: 1\u{0}\n", "Y003", 2, 5),
  ]

  @Test("each mistake is the only finding, under its code and at its cause", arguments: mistakes)
  func position(mistake: Mistake) {
    let source = SourceText(name: "spec.yaml", text: mistake.text)
    var log = DiagnosticLog()
    _ = parse(source, into: &log)
    let found = log.diagnostics.map { diagnostic in
      let place = source.position(of: diagnostic.primary.range.lower)
      return "\(diagnostic.code.code) \(place.line):\(place.column)"
    }
    #expect(found == ["\(mistake.code) \(mistake.line):\(mistake.column)"])
  }

  @Test("applying a fix to a syntax error leaves a text without errors")
  func fixes() {
    var count = 0
    for mistake in Self.mistakes {
      let source = SourceText(name: "spec.yaml", text: mistake.text)
      var log = DiagnosticLog()
      _ = parse(source, into: &log)
      for fix in log.diagnostics.flatMap(\.helps).compactMap(\.fix)
      where fix.applicability != .display {
        var after = DiagnosticLog()
        let bytes = apply(fix.edits, to: source)
        _ = parse(SourceText(name: "spec.yaml", bytes: bytes), into: &after)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!after.hasErrors, "\(mistake.text.debugDescription) → \(text.debugDescription)")
        count += 1
      }
    }
    #expect(count > 15)
  }

  @Test(
    "bytes that are not UTF-8 are refused where they stand",
    arguments: [
      [0xFF], [0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
    ] as [[UInt8]])
  func badBytes(bytes: [UInt8]) {
    var log = DiagnosticLog()
    let source = SourceText(name: "spec.yaml", bytes: Array("a: 1\nb: ".utf8) + bytes)
    let tree = parse(source, into: &log)
    #expect(tree?.root === nil)
    #expect(log.diagnostics.map(\.code.code) == ["Y001"])
    #expect(log.diagnostics.first?.primary.range.lower == 8)
  }

  @Test(
    "UTF-16 is refused by name",
    arguments: [
      [0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0x61, 0x00, 0x3A, 0x00],
    ] as [[UInt8]])
  func wideText(bytes: [UInt8]) {
    var log = DiagnosticLog()
    let tree = parse(SourceText(name: "spec.yaml", bytes: bytes), into: &log)
    #expect(tree?.root === nil)
    #expect(log.diagnostics.map(\.code.code) == ["Y002"])
  }

  @Test("codes and names are unique, and every code is explained")
  func codes() {
    let codes = DiagnosticCode.syntaxCodes
    #expect(Set(codes.map(\.code)).count == codes.count)
    #expect(Set(codes.map(\.name)).count == codes.count)
    for code in codes {
      #expect(code.code.hasPrefix("Y") && code.code.count == 4)
      #expect(
        !code.title.isEmpty && code.explanation.hasSuffix(".") || code.explanation.hasSuffix("?"))
    }
  }
}
