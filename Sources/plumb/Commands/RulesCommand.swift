public import ArgumentParser
public import SpecCompiler
public import SpecSyntax

/// Lists the rules of advice.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Lists the rules of advice, or those that match.",
    discussion: """
      For example `plumb rules --letter B`, `plumb rules --evidence controlled outlier`. Every \
      word must occur in a rule's code, name, title or reason. `plumb explain CODE` has one in \
      full, and --format markdown all that match.
      """)

  @Argument(help: "Words that the rules must have.")
  var words: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      """
      D data, A architecture, L loss, O optimizer and learning rate, B batch, E epochs, R \
      regularisation, X interactions, S seeds and evaluation; may be repeated.
      """))
  var letter: [String] = []

  @Option(parsing: .singleValue, help: "How much they usually matter; may be repeated.")
  var level: [Level] = []

  @Option(parsing: .singleValue, help: "What they rest on; may be repeated.")
  var evidence: [Evidence] = []

  @Option(parsing: .singleValue, help: "What they must know; may be repeated.")
  var needs: [Rule.Need] = []

  @Option(help: "How the list is printed.")
  var format: Advise.Format = .text

  func validate() throws {
    for letter in letter where !"DALOBERXS".contains(letter.uppercased()) || letter.count != 1 {
      throw ValidationError("--letter takes one of D, A, L, O, B, E, R, X and S")
    }
  }

  func run() throws {
    let filter = RuleFilter(
      letters: letter, levels: level, evidence: evidence, needs: needs, words: words)
    let rules = filter.rules
    guard !rules.isEmpty else {
      throw Failure("no rule matches", hint: "`plumb rules` lists all of them")
    }
    switch format {
    case .text: Console.print(RuleFilter.text(of: rules))
    case .markdown: Console.print(ReferencePage.rules(rules).text)
    case .json: try Console.json(["rules": rules.map { RuleFilter.Record($0) }])
    }
  }
}

extension Level: ExpressibleByArgument {}
extension Evidence: ExpressibleByArgument {}
extension Rule.Need: ExpressibleByArgument {}
