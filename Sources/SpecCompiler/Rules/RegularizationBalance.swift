import SpecSyntax

extension Rule {
  static let regularizationBalance = Rule(
    code: "X810", name: "regularisation-balance", level: .warning,
    title: "many strong regularisers at once",
    needs: [.spec], evidence: .controlled,
    rationale: """
      High rates and small batches regularise by themselves, so the explicit kinds have to make \
      room. Reported where at least four of these meet, a proposal: dropout of 0.4 and more, \
      decoupled decay of 0.1 and more, label smoothing of 0.1 and more, steps of 16 rows and \
      fewer, a patience below 5.
      """,
    source: """
      Smith 2018 (the sum of regularisation has to be balanced; less of the other kinds with a \
      higher rate); Deep Learning Tuning Playbook 2023.
      """,
    failsWhen: """
      Dropout makes training scores look lower than validation scores: compare both without it.
      """,
    examples: [
      .fires(
        """
        model: {hidden_layers: [256], dropout: 0.5}   #! X810
        training:
          optimizer: {adamw: {weight_decay: 0.2}}
          batch_size: 8
          label_smoothing: 0.2
        """, on: ExampleTable(classes: 3),
        fixed: """
          model: {hidden_layers: [256], dropout: 0.1}
          training:
            optimizer: {adamw: {weight_decay: 0.01}}
            batch_size: 8
            label_smoothing: 0
          """),
      .silent(
        """
        model: {hidden_layers: [256], dropout: 0.15}
        training: {batch_size: 128, optimizer: {adamw: {weight_decay: 0.01}}}
        """, on: ExampleTable(classes: 3)),
    ]
  ) { facts, report in
    let smoothing = facts.spec.training.labelSmoothing
    var strong: [(path: SpecPath, label: String)] = []
    if facts.dropout >= 0.4 {
      let path: SpecPath = facts.spec.model.layers == nil ? "model.dropout" : "model.layers"
      strong.append((path, "dropout"))
    }
    if facts.weightDecay >= 0.1 { strong.append(("training.optimizer", "decay")) }
    if smoothing >= 0.1 { strong.append(("training.label_smoothing", "smoothed labels")) }
    if let rows = facts.rowsPerStep, rows <= 16 {
      strong.append(("training.batch_size", "a noisy gradient"))
    }
    if let patience = facts.earlyStopping?.patience, patience < 5 {
      strong.append(("training.early_stopping.patience", "an early end"))
    }
    guard strong.count >= 4, let first = strong.first else { return }
    let settings = [
      facts.dropout >= 0.4 ? facts.dropoutSetting(0.1) : nil,
      smoothing >= 0.1 ? ("training.label_smoothing", .number(0)) : nil,
      facts.weightDecay >= 0.1 ? facts.decaySetting(0.01) : nil,
    ]
    report.at(
      first.path,
      "\(strong.count) strong regularisers act at once: "
        + strong.map(\.label).joined(separator: ", "),
      because: Array(strong.dropFirst()),
      remedies: [
        Remedy(
          "relax dropout, label smoothing and decay, in this order; keep the rate",
          settings.compactMap { $0 })
      ])
  }
}
