import SpecSyntax

extension Rule {
  static let tooManyNeuronsOverfit = Rule(
    code: "A208", name: "too-many-neurons-overfit", level: .warning,
    title: "a large gap between training and validation at high capacity",
    needs: [.probe], evidence: .controlled,
    rationale: """
      Excess capacity fits noise once training runs long enough. Reported when the validation \
      loss ends more than 5 % above its least value and the training score lies more than three \
      standard errors above the validation score. Cutting units is the last step, because large \
      regularised networks usually beat small ones.
      """,
    source: """
      Common teaching; Deep Learning Tuning Playbook 2023, "Examining the training \
      curves"; Karpathy 2019 (larger networks, stopped early, are often better).
      """,
    failsWhen: "The validation loss is still the best known: a gap alone is no defect.",
    conflict: """
      sources disagree: classical advice is fewer units; current practice keeps them and adds \
      dropout, decay and early stopping
      """,
    examples: [
      .fires(
        """
        model:
          hidden_layers: [1024, 1024]   #! A208
          dropout: 0
        """, on: ExampleTable(classes: 2),
        probe: Probe(
          bestEpoch: 3, epochs: 5, validationLosses: [0.6, 0.5, 0.45, 0.55, 0.63],
          trainingScore: 0.999, validationScore: 0.82, standardError: 0.01),
        fixed: """
          model:
            hidden_layers: [1024, 1024]
            dropout: 0.2
          """),
      .silent(
        "model: {hidden_layers: [64]}", on: ExampleTable(classes: 2),
        probe: Probe(
          bestEpoch: 5, epochs: 5, validationLosses: [0.6, 0.5, 0.45, 0.44, 0.44],
          trainingScore: 0.85, validationScore: 0.84, standardError: 0.01)),
    ]
  ) { facts, report in
    guard let probe = facts.probe, let rise = probe.finalOverBest, rise > 1.05,
      let training = probe.trainingScore, let validation = probe.validationScore,
      let error = probe.standardError, training - validation > 3 * error, !facts.hidden.isEmpty
    else { return }
    let keepsBest = facts.earlyStopping?.restoreBest ?? false
    var remedies: [Remedy] = []
    if !keepsBest {
      remedies.append(
        Remedy("keep the best epoch's weights", facts.stoppingSettings))
    }
    if facts.spec.model.layers == nil {
      remedies.append(
        facts.dropout < 0.1
          ? .set("model.dropout", .number(0.2), "add dropout of 0.2")
          : .set(
            "model.hidden_layers", .list(facts.hiddenWidths.map { .integer(max(1, $0 / 2)) }),
            "halve the width"))
    }
    if facts.weightDecay == 0 { remedies.append(.words("or use `adamw` with its weight decay")) }
    remedies.append(.words("more rows help more than fewer units"))
    report.at(
      facts.widthsPath,
      """
      the network scores \(roundedText(training)) on training and \(roundedText(validation)) on \
      validation rows, and the validation loss ends \(percentText(rise - 1)) above its least
      """,
      label: counted(facts.hiddenWidths.reduce(0, +), "unit"),
      level: keepsBest ? .advice : .warning, remedies: remedies)
  }
}
