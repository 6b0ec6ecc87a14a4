import SpecSyntax

extension Rule {
  static let widthAboveTwiceInput = Rule(
    code: "A205", name: "width-above-twice-input",
    title: "a hidden width of twice the inputs or more",
    needs: [.profile], evidence: .folklore,
    rationale: """
      The bound guards networks without regularisation on few rows against learning them by \
      heart. With early stopping or weight decay it is obsolete: eight of ten tuned networks \
      break it. It is reported only where dropout, weight decay and early stopping are missing.
      """,
    source: """
      Common teaching; Heaton 2008, ch. 5; run records of Gorishniy et al. 2021. \
      Measured on 13 public tables: a width at the bound loses 6.2 % (worst 55 %).
      """,
    failsWhen: "Inputs are few; then twice as many units are a crippling limit.",
    conflict: """
      sources disagree: the classical rule bounds networks without regularisation; current \
      practice is wider and stops early
      """,
    options: [
      .number("ratio", default: 2, "How many times the inputs a layer may not reach.")
    ],
    examples: [
      .fires(
        """
        model:
          hidden_layers: [64]   #! A205
          dropout: 0
        training:
          early_stopping: none
          optimizer: adam
        """,
        fixed: """
          model:
            hidden_layers: [64]
            dropout: 0
          training:
            early_stopping: {monitor: validation.loss, patience: 20, restore_best: true}
            optimizer: adam
          """),
      .silent("model: {hidden_layers: [64], dropout: 0.15}"),
      .silent(
        """
        model: {hidden_layers: [19], dropout: 0}
        training: {early_stopping: none, optimizer: adam}
        """),
    ]
  ) { facts, report in
    guard facts.hasWrittenNetwork, !facts.hasRegularisation, let inputs = facts.inputWidth else {
      return
    }
    let ratio = report.option("ratio")
    let limit = ratio * Double(inputs)
    let times = ratio == 2 ? "twice" : "\(roundedText(ratio)) times"
    for layer in facts.hidden where Double(layer.units) >= limit {
      report.at(
        layer.path,
        """
        \(counted(layer.units, "unit")) are at least \(times) the \(counted(inputs, "input")), and \
        nothing holds the weights back
        """,
        because: [("training.early_stopping", "never stops early")],
        remedies: [
          Remedy("stop early, keep the width", facts.stoppingSettings),
          .set(layer.path, .integer(below(limit)), "or use \(counted(below(limit), "unit"))"),
        ])
    }
  }
}

/// The largest whole number of units under a limit, at least 1.
private func below(_ limit: Double) -> Int { max(1, Int(min(limit, 1e9).rounded(.up)) - 1) }
