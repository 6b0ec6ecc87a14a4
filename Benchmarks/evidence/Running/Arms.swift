import SpecCompiler
import SpecSyntax

/// A rule asked about one spec of one table.
struct Question: Sendable, Hashable {
  var key: AdviceRecord.Key
  /// What the spec is, beside the starter.
  var original: Settings

  static let natural = "natural "

  /// The spec that it is about.
  struct Subject: Hashable {
    var table: String
    var original: Settings
  }

  var subject: Subject { Subject(table: key.table, original: original) }
}

/// The arms of a question.
enum Arm: String, Sendable, CaseIterable {
  case original, advised, placebo
}

extension DataSet {
  /// The cases of a rule that this table is made for.
  func questions(_ rule: PlannedRule) -> [Question] {
    rule.cases.compactMap { item in
      item.settings(size).map { settings in
        Question(
          key: .init(table: name, rule: rule.code, name: item.name), original: Settings(settings))
      }
    }
  }

  /// All rules asked about a natural spec.
  func naturalQuestions(_ number: Int, _ rules: [PlannedRule]) -> [Question] {
    let settings = Prior(size: size).natural(number, table: name)
    return rules.map { rule in
      Question(
        key: .init(table: name, rule: rule.code, name: Question.natural + "\(number)"),
        original: settings)
    }
  }

  /// The settings of an arm; nil where the rule says nothing, or nothing can be drawn.
  func settings(_ arm: Arm, of question: Question, _ advice: AdviceRecord, seed: Int) -> Settings? {
    guard let proposed = advice.proposed else { return nil }
    switch arm {
    case .original: return question.original
    case .advised:
      return question.original.adding(proposed.map { (path: $0.path, text: $0.text) })
    case .placebo: return placebo(question, proposed, seed: seed)
    }
  }

  /// The keys of the advice drawn at random, another draw for each seed; of twenty draws the first
  /// that makes a spec without mistakes.
  private func placebo(
    _ question: Question, _ proposed: [AdviceRecord.Value], seed: Int
  ) -> Settings? {
    let key = question.key
    var source = SeededSource("placebo \(key.table) \(key.rule) \(key.name)", seed)
    let prior = Prior(size: size)
    for _ in 0..<20 {
      var drawn: [(path: String, text: String)] = []
      for value in proposed {
        guard let text = prior.draw(value.path, &source) else { return nil }
        drawn.append((path: value.path, text: text))
      }
      let settings = question.original.adding(drawn)
      if identity(of: settings) != nil { return settings }
    }
    return nil
  }

  /// What a rule writes into a spec; nil where it is silent, or has only words.
  func proposal(_ code: String, in compilation: Compilation) -> [AdviceRecord.Value]? {
    let helps = compilation.diagnostics.filter { $0.code.code == code }.flatMap(\.helps)
    let help = helps.first { !$0.proposed.isEmpty }
    return help?.proposed.map { .init(path: $0.path.description, text: $0.text) }
  }
}
