public import SpecSyntax

/// Which rules are listed; an empty list of a kind leaves all of it.
public struct RuleFilter: Sendable {
  public var letters: [String]
  public var levels: [Level]
  public var evidence: [Evidence]
  public var needs: [Rule.Need]
  /// Each must occur in the code, name, title, reason or source.
  public var words: [String]

  public init(
    letters: [String] = [], levels: [Level] = [], evidence: [Evidence] = [],
    needs: [Rule.Need] = [], words: [String] = []
  ) {
    self.letters = letters
    self.levels = levels
    self.evidence = evidence
    self.needs = needs
    self.words = words
  }

  /// The rules that match, in the order of the reference page.
  public var rules: [Rule] {
    let letters = letters.map { $0.uppercased() }
    return Rules.all.filter { rule in
      (letters.isEmpty || letters.contains(String(rule.code.prefix(1))))
        && (levels.isEmpty || levels.contains(rule.level))
        && (evidence.isEmpty || evidence.contains(rule.evidence))
        && (needs.isEmpty || needs.contains { rule.needs.contains($0) })
        && words.allSatisfy { holds(rule, $0.lowercased()) }
    }
  }

  private func holds(_ rule: Rule, _ word: String) -> Bool {
    [rule.code, rule.name, rule.title, rule.rationale, rule.source]
      .contains { $0.lowercased().contains(word) }
  }

  /// A table with a line for each rule and their count below.
  public static func text(of rules: [Rule]) -> String {
    var table = [["code", "level", "evidence", "needs", "about"]]
    table += rules.map {
      [
        $0.code, $0.level.rawValue, $0.evidence.rawValue,
        $0.needs.map(\.rawValue).joined(separator: ", "),
        $0.title + ($0.guarantee == nil ? "" : " (cannot happen here)"),
      ]
    }
    let widths = (0..<4).map { column in table.map { $0[column].count }.max() ?? 0 }
    let lines = table.map { cells in
      zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count + 2)
      }.joined() + cells[4]
    }
    return (lines + ["", "\(counted(rules.count, "rule")); plumb explain CODE has one in full"])
      .joined(separator: "\n")
  }

  /// A rule for other programs.
  public struct Record: Sendable, Encodable {
    var code: String
    var name: String
    var level: String
    var title: String
    var needs: [String]
    var evidence: Evidence
    var rationale: String
    var source: String
    var failsWhen: String
    var conflict: String?
    var guarantee: String?
    var decides: String?
    /// What trying its advice showed, and how.
    var record: RuleRecord?
    var recordDate: String?
    var recordCommand: String?

    public init(_ rule: Rule) {
      (code, name, level, title) = (rule.code, rule.name, rule.level.rawValue, rule.title)
      needs = rule.needs.map(\.rawValue)
      (evidence, rationale, source) = (rule.evidence, rule.rationale, rule.source)
      (failsWhen, conflict, guarantee) = (rule.failsWhen, rule.conflict, rule.guarantee)
      decides = rule.decides?.description
      record = rule.record
      recordDate = record == nil ? nil : RuleRecords.date
      recordCommand = record == nil ? nil : RuleRecords.command
    }
  }
}
