import SpecCompiler
import SpecSyntax
import TestSupport
import Testing

@testable import Linting

@Suite("the corpus of broken specs")
struct CorpusTests {
  static let files = Repository.files(below: CorpusFiles.folder + "/broken", ending: ".txt").map {
    String($0.dropFirst(CorpusFiles.folder.count + 1))
  }

  static let cases = files.flatMap { CorpusCase.all(in: $0) }

  /// What was found, as a case says it: code and place.
  static func found(_ compilation: Compilation) -> [String] {
    compilation.diagnostics.map { finding in
      let source = compilation.sources[finding.primary.range.source]
      let (from, to) = (
        source.position(of: finding.primary.range.lower),
        source.position(of: finding.primary.range.upper)
      )
      let place = CorpusCase.Place(
        line: from.line, column: from.column, endLine: to.line, endColumn: to.column)
      return "\(finding.code.code) \(place)"
    }
  }

  static func words(_ compilation: Compilation) -> String {
    compilation.diagnostics.map { "\($0.code.code) \($0.message)" }.joined(separator: "; ")
  }

  @Test("is large, and no case is written down twice")
  func size() {
    #expect(Self.cases.count >= 250, "\(Self.cases.count) cases")
    #expect(Set(Self.cases.map(\.title)).count == Self.cases.count)
    #expect(Self.cases.compactMap { $0.fault.map { "\($0): " } }.isEmpty)
    for one in Self.cases { if let fault = one.fault { Issue.record("\(one.title): \(fault)") } }
  }

  @Test("the specs it is made from are without a finding", arguments: CorpusFiles.bases)
  func base(name: String) {
    let result = CorpusFiles.compile(
      SourceText(name: "\(name).yaml", text: CorpusFiles.base(name)))
    #expect(Self.words(result) == "")
    #expect(result.notChecked == [])
  }

  @Test("each mistake is found once, at its place, with a way out", arguments: cases)
  func finding(one: CorpusCase) {
    let result = CorpusFiles.compile(SourceText(name: "spec.yaml", text: one.text))
    let expected = zip(one.codes, one.places).map { "\($0) \($1)" }
    let found = Self.found(result)
    #expect(found == expected, "\(Self.words(result))\n\(one.text)")
    for finding in result.diagnostics {
      #expect(!finding.helps.isEmpty && !finding.primary.text.isEmpty, "\(finding.code.code)")
    }
  }

  @Test("after fixing nothing is left to fix, and nothing else has changed", arguments: cases)
  func fixing(one: CorpusCase) {
    let source = SourceText(name: "spec.yaml", text: one.text)
    let engine = FixEngine(.unsafe, only: Set(one.codes))
    let outcome = engine.fix(source) { CorpusFiles.compile($0) }
    let text = String(decoding: outcome.source.bytes, as: UTF8.self)
    #expect(outcome.problem == nil, "\(one.text)")
    #expect(engine.count(in: outcome.compilation) == 0)
    if outcome.fixed.isEmpty {
      #expect(text == one.text)
      #expect(one.fixed == nil, "it is not fixed")
    } else {
      // What a rule thinks of the mended spec is another matter.
      let left = outcome.compilation.diagnostics.filter {
        $0.level > .advice && Rules.named($0.code.code) == nil
      }
      // A text that could not be read shows what else is wrong once it can.
      let wasRead = CorpusFiles.compile(source).tree != nil
      #expect(
        wasRead ? left.isEmpty : !left.contains { one.codes.contains($0.code.code) },
        "\(left.map(\.message))\n\(text)")
      if let fixed = one.fixed { #expect(text == fixed) }
    }
  }
}
