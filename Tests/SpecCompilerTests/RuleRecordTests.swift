import SpecSyntax
import Testing

@testable import SpecCompiler

@Suite("what trying rules showed, and what follows from it")
struct RuleRecordTests {
  private func record(
    _ finding: RuleRecord.Finding, natural: RuleRecord.Finding? = nil
  ) -> RuleRecord {
    RuleRecord(
      finding, tables: 12, seeds: 5, .init(0.12, 0.05, 0.21), placebo: -0.03, 9, 2, 1,
      "accuracy or R²", change: 0.031, probability: 0.003, time: 1.4, losers: ["iris"],
      natural: natural.map {
        .init($0, fired: 20, drawn: 78, tables: 9, .init(0.01, -0.01, 0.04))
      })
  }

  @Test("a record only takes away: no finding raises a level, and only harm turns a rule off",
    arguments: RuleRecord.Finding.allCases)
  func levels(_ finding: RuleRecord.Finding) {
    let record = record(finding)
    #expect(record.isOff == (finding == .harms))
    let isBounded = [.harms, .mixed, .noDifference].contains(finding)
    #expect(record.greatestLevel == (isBounded ? .advice : nil))
    #expect((record.levelWords(declared: .warning) != nil) == isBounded)
    #expect((record.levelWords(declared: .advice) != nil) == (finding == .harms))
    #expect((record.levelWords(declared: .error) != nil) == (finding == .harms))
  }

  @Test("help that good specs alone get is advice, and half the time counts")
  func more() {
    var fast = record(.noDifference)
    #expect(fast.greatestLevel == .advice)
    fast.time = 0.4
    #expect(fast.greatestLevel == nil, "the same in less than half the time is worth a warning")
    #expect(record(.helps, natural: .noDifference).greatestLevel == .advice)
    #expect(record(.helps, natural: .harms).greatestLevel == .advice)
    #expect(record(.helps, natural: .notEnough).greatestLevel == nil)
    #expect(record(.helps, natural: .helps).greatestLevel == nil)
  }

  @Test("every rule's level follows its record", arguments: Rules.all.indices)
  func bounds(_ index: Int) {
    let rule = Rules.all[index]
    #expect(rule.level <= rule.declaredLevel)
    #expect(rule.diagnosticCode.isOff == (rule.record?.isOff ?? false))
    for level in Level.allCases {
      let bounded = rule.bounded(level)
      #expect(bounded <= level && (level != .error || bounded == .error))
      if let greatest = rule.record?.greatestLevel, level != .error { #expect(bounded <= greatest) }
      if rule.record?.greatestLevel == nil { #expect(bounded == level) }
    }
    #expect(rule.evidence != .folklore || rule.level == .advice)
  }

  @Test("a record stands beside its rule wherever that is explained")
  func pages() {
    for (code, record) in RuleRecords.all {
      let rule = Rules.byCode[code]
      #expect(rule?.record == record, "\(code)")
      let page = rule.map { explanation(of: $0) } ?? ""
      #expect(page.contains("\nTried on tables\n"))
      #expect(record.tables == 0 || record.effect != nil)
      let (own, tables) = (record.wins + record.ties + record.losses, record.tables)
      #expect(own == tables, "\(code): \(own) of \(tables)")
      if let effect = record.effect { #expect(effect.low <= effect.high) }
    }
    #expect(RuleRecords.all.isEmpty == RuleRecords.date.isEmpty)
    #expect(!RuleRecords.command.contains("/"))
  }

  @Test("a record in words")
  func words() {
    let text = record(.helps, natural: .notEnough).text
    for part in [
      "Helps: median gain +0.120 (+0.050 to +0.210) on 12 tables, 5 seeds each",
      "; 9 wins, 2 ties, 1 loss; the same keys at random −0.030.",
      "change of the accuracy or R² +0.031, of training time +40 %", "It clearly loses on iris.",
      "Of 78 specs drawn at random it spoke about 20, on 9 tables: not enough evidence, +0.010",
    ] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
    #expect(record(.harms).summary == "harms, +0.120 (+0.050 to +0.210) on 12 tables")
  }
}
