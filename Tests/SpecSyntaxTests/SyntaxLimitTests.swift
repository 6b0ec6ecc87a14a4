import Testing

@testable import SpecSyntax

@Suite struct SyntaxLimitTests {
  /// Texts beyond a limit, with the code that says so.
  static let excesses: [(name: String, code: String, text: @Sendable () -> String)] = [
    ("brackets", "Y050", { repeated("[", 200_000) }),
    ("braces", "Y050", { repeated("{a: ", 50_000) }),
    ("block lists", "Y050", { repeated("- ", 70) + "a" }),
    ("a text of more than a megabyte", "Y051", { repeated("a: 1 #\n", 150_000) }),
    ("many values", "Y052", { "a: [" + repeated("1,", 110_000) + "]" }),
    ("a long value", "Y053", { "a: " + repeated("x", 70_000) }),
    ("a long key", "Y053", { "? " + repeated("x", 1_100) + "\n: 1\n" }),
    ("directives", "Y054", { repeated("%TAG !a! b\n", 50_000) + "---\na: 1\n" }),
    ("anchors", "Y055", { (0..<1_001).map { "k\($0): &a\($0) 1\n" }.joined() }),
    ("aliases", "Y056", { "a: &a 1\nb: [" + repeated("*a,", 10_001) + "]" }),
    ("billion laughs", "Y057", { laughs }),
    ("merged billions", "Y057", { mergedLaughs }),
    ("merges of merges", "Y058", { chain(40) }),
    ("depth through aliases", "Y050", { nestedAliases }),
    ("findings", "Y059", { repeated("a: 1\n", 2_000) }),
  ]

  @Test("what is beyond a limit is refused by name", arguments: excesses.map(\.name))
  func limit(name: String) throws {
    let excess = try #require(Self.excesses.first { $0.name == name })
    var log = DiagnosticLog()
    _ = parse(SourceText(name: name, text: excess.text()), into: &log)
    #expect(log.diagnostics.contains { $0.code.code == excess.code })
    #expect(log.diagnostics.count <= SyntaxLimits.findings + 1)
  }

  @Test("what is within the limits is read")
  func within() throws {
    let texts = [
      Self.repeated("[", 64) + Self.repeated("]", 64), Self.chain(32),
      "a: &a 1\nb: [" + Self.repeated("*a,", 90) + "]",
      "a: " + Self.repeated("x", 65_536),
      (0..<24_000).map { "key\($0): 1\n" }.joined(),
    ]
    for text in texts {
      var log = DiagnosticLog()
      #expect(parse(SourceText(name: "spec", text: text), into: &log) != nil)
      #expect(!log.hasErrors)
    }
  }

  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  private static var laughs: String {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for i in 1...9 { text += "a\(i): &a\(i) [" + repeated("*a\(i - 1), ", 10) + "]\n" }
    return text
  }

  private static var mergedLaughs: String {
    let keys = (0..<2_000).map { "k\($0): 1" }.joined(separator: ", ")
    return "base: &b {\(keys)}\n"
      + (0..<1_000).map { "m\($0): {<<: *b}\n" }.joined()
  }

  private static func chain(_ count: Int) -> String {
    var text = "m0: &m0 {a: 1}\n"
    for i in 1...count { text += "m\(i): &m\(i) {<<: *m\(i - 1), b: 2}\n" }
    return text + "end: *m\(count)\n"
  }

  private static var nestedAliases: String {
    var text = "a0: &a0 [1]\n"
    for i in 1...80 { text += "a\(i): &a\(i) [*a\(i - 1)]\n" }
    return text
  }
}
