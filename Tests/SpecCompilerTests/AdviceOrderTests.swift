import SpecSyntax
import Testing

@testable import SpecCompiler

@Suite("the order of advice")
struct AdviceOrderTests {
  /// A finding of a rule that proposes values.
  private func finding(
    _ code: String, at path: SpecPath, _ values: [(SpecPath, String)], level: Level? = nil,
    place: Int = 0
  ) throws -> Diagnostic {
    let rule = try #require(Rules.named(code))
    var help = Help("do it")
    help.proposed = values.map { ProposedValue($0.0, $0.1) }
    var finding = Diagnostic(
      rule.diagnosticCode, "said by \(code)", at: SourceRange(lower: place, upper: place + 1),
      path: path, helps: [help])
    finding.level = level ?? rule.level
    return finding
  }

  private let widths: SpecPath = "model.hidden_layers"

  @Test("a measurement speaks before heuristics on the same value, which are listed below it")
  func measured() throws {
    let measured = try finding("A207", at: widths, [(widths, "[64]")])
    let other = try finding("A205", at: widths, [("model.hidden_layers[0]", "[32]")])
    let same = try finding("A202", at: widths, [(widths, "[64]")])
    let order = AdviceOrder([other, same, measured])
    #expect(order.entries.map(\.finding.code.code) == ["A207"])
    #expect(order.entries.first?.agreeing.map(\.code.code) == ["A202"])
    #expect(order.entries.first?.disagreeing.map(\.code.code) == ["A205"])
  }

  @Test("stronger evidence speaks, however the findings come")
  func evidence() throws {
    let rate: SpecPath = "training.learning_rate"
    let findings = try [
      finding("L302", at: "training.loss", [(rate.key("schedule"), "cosine")], place: 3),
      finding("O401", at: rate, [(rate, "{schedule: step}")], place: 1),
      finding("B502", at: "training.batch_size", [("training.batch_size", "32")], place: 7),
      finding("E604", at: "training.early_stopping.patience", [], place: 5),
    ]
    let forward = AdviceOrder(findings)
    let backward = AdviceOrder(findings.reversed())
    #expect(forward.entries.map(\.finding.code) == backward.entries.map(\.finding.code))
    #expect(forward.entries.count == 3)
    for entry in forward.entries {
      for other in entry.disagreeing {
        let (own, weaker) = (entry.finding.rule?.evidence, other.rule?.evidence)
        let classes = Evidence.allCases
        #expect(classes.firstIndex(of: own ?? .folklore)! >= classes.firstIndex(of: weaker!)!)
      }
    }
  }

  @Test("an error comes first and holds back what depends on its value, and nothing else")
  func errors() throws {
    let error = try finding("E607", at: "training.early_stopping.monitor", [], level: .error)
    let dependent = try finding(
      "E604", at: "training.early_stopping", [("training.early_stopping", "{patience: 20}")])
    let other = try finding("B502", at: "training.batch_size", [("training.batch_size", "32")])
    let order = AdviceOrder([other, dependent, error])
    #expect(order.entries.map(\.finding.code) == [error.code, other.code])
    #expect(order.heldBack.map(\.code) == [dependent.code])
    #expect(order.entries.map(\.group) == [.errors, .advice])
  }

  @Test("no two rules propose different values for one key", arguments: RuleCase.firing)
  func oneValue(_ item: RuleCase) throws {
    let spec = try RuleExampleSpec(item.example)
    let findings = Rules.all.flatMap { $0.findings(spec.facts, in: spec.document) }
    let order = AdviceOrder(findings)
    let listed = order.entries.flatMap { [$0.finding] + $0.agreeing + $0.disagreeing }
    #expect(listed.count + order.heldBack.count == findings.count)
    let speaking = order.entries.map(\.finding.proposed)
    for (index, values) in speaking.enumerated() {
      for value in values {
        let rivals = speaking[(index + 1)...].joined().filter { $0.path.overlaps(value.path) }
        #expect(rivals.isEmpty, "\(value.path)")
      }
    }
    for entry in order.entries {
      let others = entry.agreeing + entry.disagreeing
      #expect(others.isEmpty || entry.finding.rule != nil)
      #expect(entry.finding.isMeasured || !others.contains { $0.isMeasured && $0.level != .error
        && !$0.isInteraction })
    }
  }
}

@Suite("the learning-rate curve")
struct RateCurveTests {
  private func curve(_ text: String, rows: Int? = 1000) throws -> RateCurve {
    var facts = try RuleExampleSpec(
      text, table: ExampleTable(rows: rows ?? 1000), probe: nil).facts
    if rows == nil { facts.profile = nil }
    return try #require(RateCurve(facts))
  }

  @Test("counts optimizer steps, and falls from the start to 0 by cosine")
  func steps() throws {
    let curve = try curve("training: {epochs: 10, batch_size: 32}")
    #expect(curve.stepsPerEpoch == 25 && curve.totalSteps == 250)
    #expect(curve.points.count == 60)
    #expect(curve.points.first?.step == 1 && curve.points.last?.step == 250)
    #expect(curve.points.first?.rate == 0.001)
    #expect(curve.points.last?.rate ?? 1 < 1e-5)
    let lines = curve.text.split(separator: "\n")
    #expect(lines[0] == "learning rate · cosine · 250 steps, 25 an epoch")
    #expect(lines.contains { $0.contains("0.001 │█") })
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test("without a table it says that steps are not known, and draws over epochs")
  func unknown() throws {
    let curve = try curve("training: {epochs: 10}", rows: nil)
    #expect(curve.totalSteps == nil && curve.points.last?.step == 10)
    #expect(curve.text.contains("not known without a table"))
    #expect(curve.text.contains("epoch 1"))
    let warm = try self.curve(
      "training: {learning_rate: {schedule: cosine, start: 0.1, warmup: 50}}", rows: nil)
    #expect(warm.points.isEmpty && warm.text.contains("the warm-up of 50 steps cannot be drawn"))
  }

  @Test("a constant rate is one line, and a plateau says what only a run shows")
  func constant() throws {
    let curve = try curve("training: {learning_rate: 0.01}")
    #expect(curve.isConstant && curve.text.contains("0.01 at every step"))
    let plateau = try self.curve(
      "training: {learning_rate: {schedule: reduce_on_plateau, start: 0.01}}")
    #expect(plateau.text.contains("only a run shows"))
  }

  @Test("draws the rates that a run took")
  func measured() throws {
    let points = (1...100).map { RateCurve.Point(step: $0 * 4, rate: $0 < 50 ? 0.1 : 0.01) }
    let curve = try #require(RateCurve(measured: points, schedule: "reduce_on_plateau"))
    #expect(curve.totalSteps == 400 && curve.points.count == 60)
    #expect(Set(curve.points.map(\.rate)) == [0.1, 0.01])
    #expect(RateCurve(measured: [], schedule: "cosine") == nil)
  }
}

@Suite("listing rules")
struct RuleFilterTests {
  @Test("each kind of filter leaves what has it, and all of them together")
  func filters() {
    #expect(RuleFilter().rules.count == Rules.all.count)
    #expect(RuleFilter(letters: ["b"]).rules.allSatisfy { $0.code.hasPrefix("B") })
    #expect(RuleFilter(levels: [.warning]).rules.allSatisfy { $0.level == .warning })
    #expect(RuleFilter(needs: [.probe]).rules.allSatisfy { $0.needs.contains(.probe) })
    let both = RuleFilter(letters: ["A", "B"], evidence: [.folklore]).rules
    #expect(!both.isEmpty && both.allSatisfy { $0.evidence == .folklore })
    #expect(RuleFilter(words: ["OUTLIERS", "squared"]).rules.contains { $0.code == "L301" })
    #expect(RuleFilter(words: ["xyzzy"]).rules.isEmpty)
  }

  @Test("the table has a line for each rule")
  func text() {
    let rules = RuleFilter(letters: ["E"]).rules
    let lines = RuleFilter.text(of: rules).split(separator: "\n")
    #expect(lines.count == rules.count + 2)
    #expect(lines[1].hasPrefix(rules[0].code))
  }
}
