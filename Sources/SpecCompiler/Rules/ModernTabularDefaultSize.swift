import SpecSyntax

extension Rule {
  static let modernTabularDefaultSize = Rule(
    code: "A210", name: "modern-tabular-default-size",
    title: "a network smaller than tuned defaults, for a table of some size",
    needs: [.profile], evidence: .controlled,
    rationale: """
      For 1,000 training rows and more, defaults tuned over many tables are wider than rules of \
      thumb suggest: three layers of 256 units with dropout 0.15 were tuned on 118 tables and \
      checked on 90 others. On 13 public tables measured here one layer of 32 to 64 units (128 \
      from 5,000 rows) lost least, and 4 to 15 units up to 13 %. Reported when all hidden layers \
      together have fewer units than that, at most 64.
      """,
    source: """
      Holzmüller et al. 2024 (default_params.py); TabZilla defaults quoted there; Bengio 2012 and \
      Larochelle et al. 2009 on equal widths (from memory); measurement on 13 public tables.
      """,
    failsWhen: """
      Fewer than 1,000 rows, which the study left out; where every microsecond of prediction \
      counts; or without the rest of that recipe.
      """,
    conflict: """
      sources disagree: rules of thumb say one small layer, tuned defaults three of 256; on your \
      data neither is known to be better until both are trained
      """,
    options: [
      .count("rows", default: 1000, "Training rows from which it speaks."),
      .count("units", default: 64, "Hidden units in all that are always enough."),
    ],
    examples: [
      .fires(
        """
        model:
          hidden_layers: [10]   #! A210
        """, on: ExampleTable(rows: 25_000),
        fixed: """
          model:
            hidden_layers: [32]
          """),
      .silent(
        "model: {hidden_layers: [256, 256, 256], dropout: 0.15}", on: ExampleTable(rows: 25_000)),
      .silent("model: {hidden_layers: []}", on: ExampleTable(rows: 25_000)),
    ]
  ) { facts, report in
    let units = facts.hiddenWidths.reduce(0, +)
    guard facts.hasWrittenWidths, facts.isTabular, units > 0, let rows = facts.trainRows,
      rows >= report.count("rows"), let sizing = facts.sizing,
      units < min(report.count("units"), sizing.recommended)
    else { return }
    report.at(
      "model.hidden_layers",
      "\(counted(units, "hidden unit")) for \(counted(rows, "training row"))",
      label: "\(sizing.recommended) are recommended",
      remedies: [
        .set(
          "model.hidden_layers", .list([.integer(sizing.recommended)]),
          "use \(sizing.recommended) units"),
        Remedy(
          "or compare with the tuned default of a larger study",
          [
            ("model.hidden_layers", .list([.integer(256), .integer(256), .integer(256)])),
            ("model.dropout", .number(0.15)),
          ]),
      ])
  }
}
