import SpecCompiler
import SpecSyntax
import TestSupport
import Testing

@testable import Linting

@Suite("fixing specs")
struct FixEngineTests {
  private func check(_ source: SourceText) -> Compilation { compile(source, in: .none) }

  private func fix(
    _ text: String, _ extent: FixEngine.Extent = .safe, only: Set<String> = []
  ) -> FixEngine.Outcome {
    FixEngine(extent, only: only).fix(SourceText(name: "a.yaml", text: text)) { check($0) }
  }

  static let broken = Repository.files(below: "specs/errors", ending: ".yaml")

  @Test("after fixing, nothing is left to fix, and no fix breaks another thing", arguments: broken)
  func corpus(path: String) throws {
    let source = SourceText(name: path, text: Repository.text(path))
    for extent in [FixEngine.Extent.safe, .unsafe] {
      let engine = FixEngine(extent)
      let outcome = engine.fix(source) { check($0) }
      #expect(outcome.problem == nil)
      #expect(engine.count(in: outcome.compilation) == 0)
      if outcome.fixed.isEmpty { #expect(outcome.source.bytes == source.bytes) }
      let before = check(source).diagnostics.filter { $0.level == .error }
      let after = outcome.compilation.diagnostics.filter { $0.level == .error }
      let new = Set(after.map(\.code.code)).subtracting(before.map(\.code.code))
      // A text that could not be read at all shows its other mistakes once it can.
      if check(source).tree != nil { #expect(new.isEmpty, "\(new)") }
    }
  }

  @Test("comments, quotes, order and line ends survive byte for byte")
  func bytes() {
    let text =
      "\u{FEFF}plumb: 1 # first\r\n# note\r\ntraining: {'batch_size':   32} # why\r\n"
      + "data: # the table\r\n  sorce: a.csv\r\n  target: 'y'   # what\r\n"
    let outcome = fix(text)
    #expect(outcome.fixed.values.reduce(0, +) == 1)
    let expected = text.replacing("sorce", with: "source")
    #expect(outcome.source.bytes == Array(expected.utf8))
  }

  @Test("only the findings named are fixed")
  func only() {
    let text = "plumb: 1\ndata: {sorce: a.csv, target: y}\ntraining: {batch_size: \"32\"}\n"
    let all = fix(text)
    #expect(all.fixed.count == 2)
    let one = fix(text, only: ["unknown-key"])
    #expect(one.fixed.keys.map(\.name) == ["unknown-key"])
    #expect(String(decoding: one.source.bytes, as: UTF8.self).contains("\"32\""))
  }

  @Test("an edit that would change more than it says is refused", arguments: [
    ("a: 1\nb: 2\n", "a: 1\nb: 3\n", "`b`"), ("a: 1 # c\n", "a: 1\n", "comment"),
    ("a: 1\n", "a: 1", "last line"), ("a: 1\nb: 2\n", "a: [\nb: 2\n", "syntax errors"),
    ("a: 1\nb: 2\n", "a: 1\r\nb: 2\n", "line ends"),
  ])
  func refused(before: String, after: String, reason: String) {
    let checks = FixChecks(
      before: SourceText(name: "a", text: before), after: SourceText(name: "a", text: after),
      edits: [Edit(SourceRange(lower: 0, upper: 1), "a")])
    #expect(checks.violation?.contains(reason) == true, "\(checks.violation ?? "nil")")
  }

  @Test("an alias that is used twice is compared once")
  func aliases() {
    let text = "plumb: 1\na: &x {k: 1}\nb: [*x, *x, *x]\n"
    let edit = Edit(SourceRange(lower: 7, upper: 8), "2")
    let after = SourceText(name: "a", bytes: apply([edit], to: SourceText(name: "a", text: text)))
    let checks = FixChecks(
      before: SourceText(name: "a", text: text), after: after, edits: [edit])
    #expect(checks.violation == nil)
  }

  @Test("the difference is what patch applies")
  func difference() {
    let old = (1...20).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 3\n", with: "third\n").replacing("line 19\n", with: "") + "end"
    let text = unifiedDiff(
      from: SourceText(name: "a", text: old), to: SourceText(name: "a", text: new), path: "a.yaml")
    #expect(
      text == """
        --- a.yaml
        +++ a.yaml
        @@ -1,6 +1,6 @@
         line 1
         line 2
        -line 3
        +third
         line 4
         line 5
         line 6
        @@ -16,5 +16,5 @@
         line 16
         line 17
         line 18
        -line 19
         line 20
        +end
        \\ No newline at end of file

        """)
    let same = SourceText(name: "a", text: old)
    #expect(unifiedDiff(from: same, to: same, path: "a").isEmpty)
  }
}
