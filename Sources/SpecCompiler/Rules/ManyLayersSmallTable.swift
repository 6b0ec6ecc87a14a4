import SpecSyntax

extension Rule {
  static let manyLayersSmallTable = Rule(
    code: "A202", name: "many-layers-small-table",
    title: "more than one hidden layer without evidence that depth helps",
    needs: [.profile], evidence: .folklore,
    rationale: """
      One hidden layer can represent any continuous function and is the traditional start. Tuned \
      networks for tables nevertheless use two to seven layers, so one layer is a start and not a \
      target. Reported for two layers and more under 1,000 training rows, and for four and more \
      under 10,000; both limits are proposals.
      """,
    source: """
      Common teaching; Heaton 2008, ch. 5. Against: run records of Gorishniy et al. \
      2021; Holzmüller et al. 2024 (three layers). Measured on 13 public tables: a second layer \
      changed nothing in 42 of 51 comparisons, helped in 3, harmed in 6.
      """,
    failsWhen: "The features interact deeply: for Covertype seven layers were found best.",
    conflict: """
      sources disagree: classical advice is one hidden layer; tuned networks on large tables use \
      two to seven
      """,
    options: [
      .count(
        "rows", default: 1000,
        "Training rows from which two or three hidden layers are not reported; from ten times as "
          + "many on, four are not.")
    ],
    examples: [
      .fires(
        """
        model:
          hidden_layers: [128, 128, 128, 128]   #! A202
        """, on: ExampleTable(rows: 2500),
        fixed: """
          model:
            hidden_layers: [128]
          """),
      .silent("model: {hidden_layers: [128]}", on: ExampleTable(rows: 2500)),
      .silent("model: {hidden_layers: [128, 128]}", on: ExampleTable(rows: 20_000)),
    ]
  ) { facts, report in
    let depth = facts.hidden.count
    guard facts.hasWrittenWidths, facts.isTabular, let rows = facts.trainRows,
      let first = facts.hiddenWidths.first
    else { return }
    let enough = report.option("rows")
    guard (depth >= 2 && Double(rows) < enough) || (depth >= 4 && Double(rows) < 10 * enough) else {
      return
    }
    report.at(
      "model.hidden_layers", "\(depth) hidden layers for \(counted(rows, "training row"))",
      label: "one layer is enough for most tables of this size",
      notes: ["on 13 public tables a second layer helped in 3 of 51 comparisons, harmed in 6"],
      remedies: [
        .set("model.hidden_layers", .list([.integer(first)]), "start with one layer"),
        .words("or keep them, if a comparison on these rows shows that depth helps"),
      ])
  }
}
