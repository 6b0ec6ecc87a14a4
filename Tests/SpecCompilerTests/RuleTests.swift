import Foundation
import SpecSyntax
import Testing

@testable import SpecCompiler

/// A rule with one of its examples, named for test reports.
struct RuleCase: Sendable, CustomTestStringConvertible {
  let rule: Rule
  let index: Int
  var example: RuleExample { rule.examples[index] }
  var testDescription: String { "\(rule.code) example \(index + 1)" }

  static let all = Rules.all.flatMap { rule in
    rule.examples.indices.map { RuleCase(rule: rule, index: $0) }
  }
  static let firing = all.filter { if case .fires = $0.example.expectation { true } else { false } }
  static let silent = all.filter { $0.example.expectation == .silent }
  static let refused = all.filter {
    if case .refused = $0.example.expectation { true } else { false }
  }
  static let deciding = all.filter {
    if case .decides = $0.example.expectation { true } else { false }
  }
}

@Suite struct RuleTests {
  @Test(
    "a firing example is reported at its marked lines and nowhere else",
    arguments: RuleCase.firing)
  func firing(_ item: RuleCase) throws {
    let spec = try RuleExampleSpec(item.example)
    #expect(!spec.problems.contains { $0.level == .error }, "\(spec.problems.map(\.message))")
    #expect(!spec.marks.isEmpty)
    let findings = item.rule.findings(spec.facts, in: spec.document)
    #expect(findings.allSatisfy { $0.primary.range.source == 0 })
    #expect(item.rule.refuses || findings.allSatisfy { $0.level != .error })
    var found: [Int: String] = [:]
    for finding in findings {
      let line = spec.document.source.position(of: finding.primary.range.lower).line
      found[line] = finding.code.code
    }
    #expect(found == spec.marks)
  }

  @Test("a silent example is not reported", arguments: RuleCase.silent)
  func silent(_ item: RuleCase) throws {
    let spec = try RuleExampleSpec(item.example)
    #expect(!spec.problems.contains { $0.level == .error }, "\(spec.problems.map(\.message))")
    #expect(spec.marks.isEmpty)
    #expect(item.rule.findings(spec.facts, in: spec.document).map(\.message) == [])
  }

  @Test(
    "the first fix gives the fixed text, removes its finding and adds no error",
    arguments: RuleCase.firing)
  func fixes(_ item: RuleCase) throws {
    let spec = try RuleExampleSpec(item.example)
    let finding = try #require(item.rule.findings(spec.facts, in: spec.document).first)
    guard case .fires(let fixed?) = item.example.expectation else { return }
    let fix = try #require(finding.helps.first?.fix, "\(finding.message)")
    #expect(fix.applicability == .unsafe)
    let text = String(decoding: apply(fix.edits, to: spec.document.source), as: UTF8.self)
    #expect(text == fixed)
    let after = try RuleExampleSpec(
      text, table: item.example.table, probe: item.example.probe, earlier: item.example.earlier)
    #expect(!after.problems.contains { $0.level == .error }, "\(after.problems.map(\.message))")
    let before = errors(in: spec)
    #expect(errors(in: after).filter { !before.contains($0) } == [])
    guard !item.rule.needs.contains(.probe) else { return }
    #expect(item.rule.findings(after.facts, in: after.document).map(\.message) == [])
  }

  /// What all rules that need no training run report as an error.
  private func errors(in spec: RuleExampleSpec) -> [String] {
    var facts = spec.facts
    facts.probe = nil
    return Rules.all.flatMap { $0.findings(facts) }.filter { $0.level == .error }.map(\.message)
  }

  @Test("what a rule says cannot happen is refused with the code it names", arguments: RuleCase.refused)
  func refused(_ item: RuleCase) throws {
    guard case .refused(let code) = item.example.expectation else { return }
    let spec = try RuleExampleSpec(item.example)
    #expect(spec.problems.map(\.code.code) == [code], "\(spec.problems.map(\.message))")
  }

  @Test("a rule that never speaks says why", arguments: Rules.all.indices)
  func guarantees(_ index: Int) {
    let rule = Rules.all[index]
    let speaks = rule.examples.contains {
      if case .fires = $0.expectation { true } else { $0.expectation != .silent }
    }
    guard let guarantee = rule.guarantee else {
      #expect(speaks, "\(rule.code)")
      return
    }
    #expect(guarantee.count > 20 && guarantee.hasSuffix("."))
    #expect(!rule.examples.contains { if case .fires = $0.expectation { true } else { false } })
  }

  @Test("a decided value is the stated one and reads back", arguments: RuleCase.deciding)
  func decisions(_ item: RuleCase) throws {
    guard case .decides(let text) = item.example.expectation else { return }
    let spec = try RuleExampleSpec(item.example)
    let decision = try #require(item.rule.value(for: spec.facts))
    #expect(decision.value.text == text)
    #expect(decision.rule == item.rule.code)
    #expect(decision.path == item.rule.decides)
    #expect(!decision.reason.isEmpty && !decision.reason.hasSuffix("."))
    var value = decision.value
    for step in decision.path.steps.reversed() {
      guard case .key(let key) = step else { continue }
      value = .map([.init(key, value)])
    }
    let written = try RuleExampleSpec(value.text, table: item.example.table, probe: nil)
    #expect(!written.problems.contains { $0.level == .error }, "\(written.problems.map(\.message))")
  }

  @Test("what a rule decides is not reported", arguments: RuleCase.deciding)
  func noFindingOnDecisions(_ item: RuleCase) throws {
    let spec = try RuleExampleSpec(item.example)
    var facts = spec.facts
    let path = try #require(item.rule.decides)
    if let node = facts.tree.root.at(path) {
      let decided = Node(node.content, range: node.range, isDecided: true)
      facts.tree.root = facts.tree.root.setting(path, to: decided, at: node.range)
    }
    #expect(item.rule.findings(facts).isEmpty)
  }

  @Test("a rule whose needs are not met stays silent", arguments: RuleCase.firing)
  func needs(_ item: RuleCase) throws {
    var facts = try RuleExampleSpec(item.example).facts
    facts.profile = nil
    facts.probe = nil
    facts.earlier = nil
    facts.inputWidth = nil
    facts.graph = nil
    guard !item.rule.needs.allSatisfy({ $0 == .spec }) else { return }
    #expect(item.rule.findings(facts).isEmpty)
  }

  @Test("every rule says what, why, who says so and when it is wrong", arguments: Rules.all.indices)
  func texts(_ index: Int) {
    let rule = Rules.all[index]
    for text in [rule.rationale, rule.source, rule.failsWhen] {
      #expect(text.count > 20 && text.hasSuffix("."), "\(rule.code): \(text)")
    }
    #expect(!rule.title.isEmpty && !rule.title.hasSuffix("."))
    #expect(!rule.needs.isEmpty)
    #expect(!rule.examples.isEmpty)
    #expect(rule.evidence != .folklore || rule.level == .advice)
    #expect(rule.name.allSatisfy { $0 == "-" || ($0.isLetter && $0.isLowercase) || $0.isNumber })
    #expect(rule.code.count == 4 && "DALOBERXS".contains(rule.code.prefix(1)))
  }

  @Test("findings are worded like all others", arguments: RuleCase.firing)
  func wording(_ item: RuleCase) throws {
    let spec = try RuleExampleSpec(item.example)
    for finding in item.rule.findings(spec.facts, in: spec.document) {
      #expect(!finding.message.hasSuffix("."))
      #expect(!finding.message.contains("\n"))
      #expect(finding.message.first.map { !$0.isUppercase } ?? false, "\(finding.message)")
      #expect(!finding.helps.isEmpty)
    }
  }

  @Test(
    "without validation rows every first fix brings some or needs none", arguments: RuleCase.firing)
  func fixesWithoutValidation(_ item: RuleCase) throws {
    let text = "data: {split: {validation: 0}}\n" + item.example.text
    guard !item.example.text.contains("data:") else { return }
    let spec = try RuleExampleSpec(text, table: item.example.table, probe: item.example.probe)
    guard errors(in: spec) == [],
      let fix = item.rule.findings(spec.facts, in: spec.document).first?.helps.first?.fix
    else { return }
    let fixed = String(decoding: apply(fix.edits, to: spec.document.source), as: UTF8.self)
    let after = try RuleExampleSpec(fixed, table: item.example.table, probe: nil)
    #expect(errors(in: after) == [])
  }

  @Test func codesAndNamesAreUnique() {
    #expect(Set(Rules.all.map(\.code)).count == Rules.all.count)
    #expect(Set(Rules.all.map(\.name)).count == Rules.all.count)
    // What is refused and what is advised share one space of codes.
    #expect(Set(Rules.all.map(\.code)).isDisjoint(with: diagnosticCodes.map(\.code)))
    #expect(Set(Rules.all.map(\.name)).isDisjoint(with: diagnosticCodes.map(\.name)))
  }

  @Test func everyValueIsDecidedByOneRuleAtMost() {
    let paths = Rules.all.compactMap(\.decides)
    #expect(Set(paths).count == paths.count)
    #expect(Set(RuleCase.deciding.compactMap(\.rule.decides)) == Set(paths))
  }

  @Test func everyFileOfTheFolderIsListed() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/SpecCompiler/Rules").standardized
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    let codes = try files.map { file in
      let text = try String(contentsOf: file, encoding: .utf8)
      let tail = text.split(separator: "code: \"", maxSplits: 1).last ?? ""
      return String(tail.prefix(4))
    }
    #expect(codes.sorted() == Rules.all.map(\.code).sorted())
  }
}

@Suite struct ExplanationTests {
  @Test("an explanation holds everything in 80 columns", arguments: Rules.all.indices)
  func columns(_ index: Int) {
    let rule = Rules.all[index]
    let text = explanation(of: rule)
    // Lines of examples are the author's own.
    let examples = rule.examples.map { example in
      if case .fires(let fixed?) = example.expectation { example.text + fixed } else { example.text }
    }.joined()
    for line in text.split(separator: "\n") where line.count > 80 {
      #expect(examples.contains(line.prefix(60).drop { $0 == " " }), "\(line)")
    }
    for part in [rule.code, rule.name, rule.evidence.rawValue, "Why", "Source", "Fails when"] {
      #expect(text.contains(part))
    }
    #expect(!text.contains("#!"))
  }

  @Test func rulesAreFoundByCodeAndName() {
    #expect(Rules.named("a203")?.name == "two-thirds-rule")
    #expect(Rules.named("two-thirds-rule")?.code == "A203")
    #expect(Rules.named("A999") == nil)
  }

  @Test func wordsAreWrappedAtTheWidth() {
    #expect(wrapped("one two three", width: 7) == "one two\nthree")
    #expect(wrapped("extraordinary one", width: 5) == "extraordinary\none")
    #expect(wrapped("", width: 5) == "")
  }
}
