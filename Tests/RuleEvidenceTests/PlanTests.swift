import SpecCompiler
import SpecSyntax
import Testing

@testable import RuleEvidence

@Suite("the planned rules on committed tables")
struct PlanTests {
  static let tables = Result { try TableFolder.tables() }

  @Test("every planned rule exists, and is planned once")
  func codes() {
    let codes = Plan.rules.map(\.code)
    #expect(Set(codes).count == codes.count && codes.count > 30)
    for code in codes { #expect(Rules.all.contains { $0.code == code }, "\(code)") }
  }

  /// What keeps a rule silent on these tables, whatever is done to the starter spec.
  private static let silent = [
    "L301": "no target here has outliers",
    "L311": "no target here lies between 0.5 and 3 deviations from 0",
    "L314": "no class here has four of five rows",
    "L315": "no class here has twice the rows of another",
    "A210": "no table here has 1,000 training rows",
  ]

  @Test("its perturbations are specs, and make it speak where its advice can be written",
    arguments: Plan.rules.indices)
  func fires(_ index: Int) throws {
    let rule = Plan.rules[index]
    let needsRun = try #require(Rules.all.first { $0.code == rule.code }).needs.contains(.probe)
    var spoken: Set<String> = []
    for table in try Self.tables.get() {
      for question in table.questions(rule) {
        let spoilt = table.checked(question.original)
        #expect(!spoilt.hasErrors, "\(rule.code), \(question.key.name) on \(table.name)")
        guard let proposed = table.proposal(rule.code, in: spoilt) else { continue }
        spoken.insert(question.key.name)
        let advice = AdviceRecord(key: question.key, proposed: proposed)
        let advised = try #require(table.settings(.advised, of: question, advice, seed: 1))
        let better = table.checked(advised)
        #expect(!better.hasErrors, "\(rule.code): \(advised.text)")
        #expect(table.identity(of: advised) != table.identity(of: question.original))
        let placebo = table.settings(.placebo, of: question, advice, seed: 1)
        #expect(placebo != nil, "\(rule.code): \(proposed)")
        let again = table.settings(.placebo, of: question, advice, seed: 1)
        #expect(placebo == again)
      }
    }
    guard !needsRun, Self.silent[rule.code] == nil else { return }
    #expect(!spoken.isEmpty, "\(rule.code) never speaks")
  }

  @Test("a rule is silent on the starter spec itself")
  func starter() throws {
    for table in try Self.tables.get() {
      let codes = Set(table.checked(Settings()).diagnostics.map(\.code.code))
      #expect(codes.isDisjoint(with: Plan.rules.map(\.code)), "\(table.name): \(codes)")
    }
  }

  @Test("specs drawn at random are the same each time, differ, and mostly compile")
  func natural() throws {
    let table = try #require(try Self.tables.get().first)
    let prior = Prior(size: table.size)
    let specs = (0..<40).map { prior.natural($0, table: table.name) }
    #expect(specs == (0..<40).map { prior.natural($0, table: table.name) })
    #expect(Set(specs).count == 40)
    #expect(specs.count { !table.checked($0).hasErrors } >= 36)
    for number in 0..<40 {
      let trial = prior.trial(number, table: table.name)
      #expect(!table.checked(trial).hasErrors, "\(trial.text)")
    }
  }

  @Test("settings replace what lies below them")
  func settings() {
    var settings = Settings([("training.learning_rate.start", "0.1"), ("model.dropout", "0")])
    settings.set("training.learning_rate", to: "0.2")
    settings.set("training.learning_rate.warmup", to: "5%")
    #expect(settings.text
      == "model.dropout=0; training.learning_rate=0.2; training.learning_rate.warmup=5%")
  }

  @Test("a table is cut to evenly spread rows")
  func cap() throws {
    let tables = try TableFolder.tables(rows: 60)
    #expect(tables.map(\.rows) == [60, 60, 60] && tables.map(\.fileRows) == [150, 442, 569])
    #expect(tables[0].size.isClasses && tables[0].size.outputs == 3 && tables[0].size.rows == 36)
  }
}
