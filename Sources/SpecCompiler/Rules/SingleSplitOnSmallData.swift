import SpecSyntax
import Tables

extension Rule {
  static let singleSplitOnSmallData = Rule(
    code: "S907", name: "single-split-on-small-data", level: .advice,
    title: "one split of a small table decides",
    needs: [.profile, .probe], evidence: .controlled,
    rationale: """
      With 100 validation rows the standard error of an accuracy of 0.9 is 0.03, larger than most \
      effects; repeated folds use every row and average the luck of the split. Said after a run \
      on fewer than 1000 rows of training and validation, or with fewer than 10 validation rows \
      of the rarest class; the bounds are proposals.
      """,
    source: """
      Kohavi 1995 (from memory); Bouthillier et al. 2021 (the variance of splits matters); \
      Goodfellow et al. 2016 (from memory).
      """,
    failsWhen: "Rows are ordered in time or belong to groups: folds then have to respect that.",
    examples: [
      .fires(
        """
        data:
          split: {validation: 20%}   #! S907
        """, on: ExampleTable(rows: 300, classes: 2),
        probe: Probe(bestEpoch: 5, epochs: 9, standardError: 0.02)),
      .silent(
        "data: {split: {validation: 20%}}", on: ExampleTable(rows: 20_000, classes: 2),
        probe: Probe(bestEpoch: 5, epochs: 9, standardError: 0.004)),
    ]
  ) { facts, report in
    guard let rows = facts.trainRows, let validation = facts.validationRows,
      facts.probe?.standardError != nil
    else { return }
    let rarest = facts.task == .classification ? facts.target?.levels.map(\.count).min() : nil
    let all = max(1, facts.usableRows ?? 1)
    let rarestThere = rarest.map { $0 * validation / all }
    guard rows + validation < 1000 || (rarestThere ?? 10) < 10 else { return }
    let error = facts.probe?.standardError.map { ", a standard error of \(roundedText($0))" } ?? ""
    let folds = rows + validation < 300 ? 10 : 5
    report.at(
      "data.split",
      "the score rests on \(counted(validation, "validation row")) of one split\(error)",
      remedies: [
        .words("see mean and spread: `plumb train --folds \(folds) --seeds 3`")
      ])
  }
}
