import SpecSyntax
import Tables

extension Rule {
  static let unstratifiedRareClass = Rule(
    code: "D114", name: "unstratified-split-rare-class", level: .warning,
    title: "a rare class may miss the validation rows",
    needs: [.profile], evidence: .mechanical,
    rationale: """
      With m rows of a class expected among the validation rows, the chance of none is about \
      exp(−m), and a recall is known to about 1/√m of itself. Stratifying removes the first \
      problem and costs nothing, so it is the default. Reported where `stratify: false` is \
      written and the rarest class is expected fewer than 10 times (a proposal).
      """,
    source: """
      Kohavi 1995 (from memory); Deep Learning Tuning Playbook 2023 (rare classes are noisy).
      """,
    failsWhen: "Rows have to be split by group or time: then count the classes of each part.",
    examples: [
      .fires(
        """
        data:
          split:
            validation: 10%
            stratify: false   #! D114
        """, on: ExampleTable(rows: 2000, classes: 2, rareShare: 0.02),
        fixed: """
          data:
            split:
              validation: 10%
              stratify: true
          """),
      .silent(
        "data: {split: {validation: 10%}}",
        on: ExampleTable(rows: 2000, classes: 2, rareShare: 0.02)),
      .silent(
        "data: {split: {stratify: false}}",
        on: ExampleTable(rows: 20_000, classes: 2, rareShare: 0.02)),
    ]
  ) { facts, report in
    let path: SpecPath = "data.split.stratify"
    guard facts.task == .classification, facts.isSplitByChance, facts.isWritten(path),
      !facts.spec.data.split.stratify, let target = facts.target,
      target.levels.count == target.distinct, let rarest = target.levels.last,
      let rows = facts.validationRows, rows > 0, target.known > 0
    else { return }
    let expected = Double(rows) * Double(rarest.count) / Double(target.known)
    guard expected < 10 else { return }
    report.at(
      path,
      """
      \(roundedText(expected)) of \(counted(rows, "validation row")) are expected to be \
      `\(escapedForTerminal(rarest.name))`, by chance fewer or none
      """,
      remedies: [.set(path, .name("true"), "give each part its share of every class")])
  }
}
