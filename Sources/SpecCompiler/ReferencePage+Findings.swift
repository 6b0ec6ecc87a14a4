import SpecSyntax

extension ReferencePage {
  /// The page of all rules, or of some, as `plumb explain` prints them.
  public static func rules(_ rules: [Rule] = Rules.all) -> ReferencePage {
    let rows = rules.map { rule in
      "| [\(rule.code)](#\(rule.anchor)) | \(rule.level.rawValue) | \(rule.evidence.rawValue) "
        + "| \(cell(rule.title)) |"
    }
    let table = ["| code | level | evidence | about |", "| --- | --- | --- | --- |"] + rows
    let classes = Evidence.allCases.map { "- `\($0.rawValue)`: \($0.meaning)" }
    return ReferencePage(
      "rules", title: "Rules",
      introduction: """
        What the advice says, why, and where it fails; `plumb explain CODE` prints the same. \
        Each rule names the evidence it rests on:
        """,
      body: [classes.joined(separator: "\n"), table.joined(separator: "\n")]
        + rules.flatMap(ruleParts))
  }

  /// The page of all hyperparameters, as `plumb explain` prints them.
  static var hyperparameters: ReferencePage {
    let terms = Term.all.map { "**\($0.names[0])**: \(wrapped($0.text, width: 10_000))" }
    return ReferencePage(
      "hyperparameters", title: "Hyperparameters",
      introduction: """
        What each setting is, what happens when it grows and when it shrinks, and what it moves \
        together with; `plumb explain KEY` prints the same.
        """,
      body: terms
        + KeyGuides.all.flatMap { guide in
          KeyExplanation.named(guide.path.description).flatMap { key in
            let lines = key.text.split(separator: "\n", omittingEmptySubsequences: false)
            let text = lines.dropFirst().joined(separator: "\n")
            return ["## \(guide.path)", "```text\n\(text.trimmed)\n```"]
          }
        })
  }

  private static func ruleParts(_ rule: Rule) -> [String] {
    let lines = explanation(of: rule).split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.dropFirst().joined(separator: "\n")
    return ["## \(rule.code) \(rule.name)", "```text\n\(text.trimmed)\n```"]
  }

  /// The page of all findings that are not advice.
  static var diagnostics: ReferencePage {
    ReferencePage(
      "diagnostics", title: "Findings",
      introduction: """
        The letter of a code is its group: `Y` the text, `K` keys and values, `G` the network, \
        `D` and `L` the data and what is learnt from it, `P` the project: comments that suppress \
        findings, its configuration and baseline. Rules of advice have \
        [a page of their own](rules.md).
        """,
      body: diagnosticCodes.flatMap { code in
        ["## \(code.code) \(code.name)", "*\(code.level.rawValue)*: \(code.title)",
          code.explanation]
      })
  }
}

extension Rule {
  /// The name of its heading in a link.
  fileprivate var anchor: String { "\(code.lowercased())-\(name)" }
}

extension String {
  /// The text without empty lines before and after it.
  fileprivate var trimmed: Substring {
    var rest = self[...]
    while rest.first == "\n" { rest.removeFirst() }
    while rest.last == "\n" { rest.removeLast() }
    return rest
  }
}
