import SpecSyntax

extension Rule {
  static let parametersPerRow = Rule(
    code: "A209", name: "parameters-per-row", level: .warning,
    title: "many more parameters than rows and nothing holding them back",
    needs: [.profile], evidence: .controlled,
    rationale: """
      Old rules wanted 5 to 30 rows for each weight; tuned networks have 0.5 to 18 weights for \
      each row, and one has 30. The count is a reason for regularisation, not by itself for \
      shrinking: above one parameter a row it is reported only where dropout, weight decay and \
      early stopping are all missing. Above 30 it is advice, and only for layers of more than 64 \
      units, because 64 units did best on a table with about 190 parameters for each row.
      """,
    source: """
      Run records of Gorishniy et al. 2021; old rules from the neural-net FAQ (from memory); \
      Zhang et al. 2017 and Nakkiran et al. 2020 (from memory). The limits are proposals.
      """,
    failsWhen: """
      Labels are noisy and rows few. Near as many parameters as rows times classes, networks \
      without regularisation can be worst (double descent).
      """,
    conflict: """
      sources disagree: older advice wants many rows for each weight; tuned networks on tables \
      have 0.5 to 30 weights for each row
      """,
    options: [
      .number(
        "ratio", default: 1,
        "Parameters for each training row above which a network that nothing holds back is named."),
      .number(
        "regularized_ratio", default: 30,
        "The same for a network that is held back and has a layer of more than 64 units."),
    ],
    examples: [
      .fires(
        """
        model:
          hidden_layers: [128]   #! A209
          dropout: 0
        training:
          early_stopping: none
          optimizer: adam
        """, on: ExampleTable(rows: 750, inputs: 20),
        fixed: """
          model:
            hidden_layers: [128]
            dropout: 0
          training:
            early_stopping: {monitor: validation.loss, patience: 20, restore_best: true}
            optimizer: adam
          """),
      .fires(
        """
        model:
          hidden_layers: [512, 512]   #! A209
        """, on: ExampleTable(rows: 750, inputs: 20),
        fixed: """
          model:
            hidden_layers: [64, 64]
          """),
      .silent("model: {hidden_layers: [32]}", on: ExampleTable(rows: 7500, inputs: 20)),
    ]
  ) { facts, report in
    guard facts.hasWrittenNetwork, let parameters = facts.parameters, let rows = facts.trainRows,
      rows > 0
    else { return }
    let ratio = Double(parameters) / Double(rows)
    let message = """
      \(counted(parameters, "parameter")) for \(counted(rows, "training row")): \
      \(roundedText(ratio)) for each
      """
    let limit = report.option("regularized_ratio")
    if ratio > report.option("ratio"), !facts.hasRegularisation {
      report.at(
        facts.widthsPath, message, label: "nothing holds them back",
        because: [("training.early_stopping", "never stops early")],
        remedies: [
          Remedy("stop early", facts.stoppingSettings),
          .words("and add `dropout` of 0.1 to 0.3, or `adamw` with its weight decay"),
        ])
    } else if ratio > limit, (facts.hiddenWidths.max() ?? 0) > 64, facts.spec.model.layers == nil {
      let widths = facts.widths(underRatio: limit)
      report.at(
        "model.hidden_layers", message, level: .advice,
        notes: ["tuned networks on tables have 0.5 to 30 parameters for each row"],
        remedies: [
          .set("model.hidden_layers", .list(widths.map { .integer($0) }), "use \(widths)")
        ])
    }
  }
}

extension Facts {
  /// The widths halved until there are at most `limit` parameters a row, but not below 64 units.
  fileprivate func widths(underRatio limit: Double) -> [Int] {
    var widths = hiddenWidths
    guard let rows = trainRows else { return widths }
    while let count = parameters(of: widths), Double(count) > limit * Double(rows),
      (widths.max() ?? 0) > 64
    {
      widths = widths.map { $0 > 64 ? max(64, $0 / 2) : $0 }
    }
    return widths
  }
}
