import SpecSyntax
import Tables

extension Rule {
  static let singleFeaturePredicts = Rule(
    code: "D111", name: "single-feature-predicts-target", level: .warning,
    title: "one input gives the target away",
    needs: [.profile], evidence: .controlled,
    rationale: """
      An input that nearly determines the target was mostly recorded after it, and will not be \
      known when the model is used; if it is, no network is needed. Each column alone predicts \
      the target of sample rows that it was not fitted to, by at most 32 bins or its levels. \
      Reported is one that avoids 98 % of the mistakes of the most frequent class, or explains \
      98 % of a number or of its rank, which is a rank correlation of 0.99; a column of two \
      values of which one goes with a class that at most a quarter of the rows have, in 98 % of \
      20 and more rows; and a column that looks like a sum with the target in it. At least 100 \
      rows are needed. The limits are proposals, and above what any honest column of 13 public \
      tables reaches.
      """,
    source: """
      Kapoor and Narayanan 2023, "illegitimate features"; Kaufman et al. 2012, "Leakage in data \
      mining" (from memory).
      """,
    failsWhen: """
      The task is easy by nature: conversions of units, identities of physics, labels that a rule \
      made.
      """,
    examples: [
      .fires(
        """
        data:
          target: target   #! D111
        """,
        on: ExampleTable(columns: [
          .number("total", link: ColumnLink(name: "total", numberShare: 0.995)),
          .number("distance"),
        ]),
        fixed: """
          data:
            target: target
            ignore: [total]
          """),
      .fires(
        """
        data:
          target: target   #! D111
        """,
        on: ExampleTable(
          classes: 2,
          columns: [
            .number("wear"),
            .category(
              "was_repaired", levels: 2,
              link: ColumnLink(
                name: "was_repaired", classShare: 0.3,
                telling: TellingValue(
                  value: "yes", className: "c1", rows: 115, share: 1, usualShare: 0.03))),
          ]),
        fixed: """
          data:
            target: target
            ignore: [was_repaired]
          """),
      .silent(
        "data: {target: target}",
        on: ExampleTable(columns: [
          .number("carat", link: ColumnLink(name: "carat", numberShare: 0.93, lineShare: 0.85))
        ])),
      .silent(
        "data: {ignore: [total]}",
        on: ExampleTable(columns: [
          .number("total", link: ColumnLink(name: "total", numberShare: 0.995)),
          .number("distance"),
        ])),
    ]
  ) { facts, report in
    let found = facts.leaks
    guard let first = found.first else { return }
    let names = found.map(\.name)
    let isOne = names.count == 1
    report.at(
      "data.target",
      """
      \(namesText(names)) \(isOne ? "gives" : "give") the target away, as what is recorded after \
      it does
      """,
      label: "`\(escapedForTerminal(first.name))` \(first.reason)",
      notes: found.dropFirst().prefix(8).map { "`\(escapedForTerminal($0.name))` \($0.reason)" },
      remedies: [
        Remedy(
          "leave \(isOne ? "it" : "them") out, unless known when predictions are made",
          facts.ignoring(names)),
        .words("if known then, train with and without and report both"),
      ])
  }
}
