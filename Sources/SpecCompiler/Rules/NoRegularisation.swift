import NetworkGraph
import SpecSyntax

extension Rule {
  static let noRegularisation = Rule(
    code: "R701", name: "no-regularisation", level: .warning,
    title: "few rows and nothing that limits the fit",
    needs: [.profile], evidence: .controlled,
    rationale: """
      A plain network of this size can learn its rows by heart. Reported under 10,000 training \
      rows for more parameters than a tenth of the rows (proposals), where there is no dropout, \
      no weight decay or penalty, no early stopping and no label smoothing. With more parameters \
      than rows A209 says the same. Choosing a mixture of regularisers for each table made plain \
      networks as good as boosted trees on 40 tables.
      """,
    source: """
      Kadra et al. 2021 (13 regularisers, searched together); Deep Learning Tuning Playbook 2023 \
      (dropout, label smoothing and weight decay as cheap remedies).
      """,
    failsWhen: "Labels are nearly free of noise, or the network fits too little as it is.",
    examples: [
      .fires(
        """
        model:
          hidden_layers: [16]
          dropout: 0   #! R701
        training:
          early_stopping: none
          optimizer: adam
        """, on: ExampleTable(rows: 1500),
        fixed: """
          model:
            hidden_layers: [16]
            dropout: 0.15
          training:
            early_stopping: none
            optimizer: adam
          """),
      .fires(
        """
        model:
          layers:
            - dense: 16   #! R701
            - relu
        training:
          early_stopping: none
          optimizer: {sgd: {momentum: 0.9}}
        """, on: ExampleTable(rows: 1500),
        fixed: """
          model:
            layers:
              - dense: 16
              - relu
          training:
            early_stopping: none
            optimizer: {sgd: {momentum: 0.9, weight_decay: 0.0005}}
          """),
      .silent(
        """
        model: {hidden_layers: [16], dropout: 0}
        training: {early_stopping: none}
        """, on: ExampleTable(rows: 1500)),
      .silent(
        """
        model: {hidden_layers: [16], dropout: 0}
        training: {early_stopping: none, optimizer: adam}
        """, on: ExampleTable(rows: 30_000)),
    ]
  ) { facts, report in
    guard let rows = facts.trainRows, rows > 0, rows < 10_000, let parameters = facts.parameters,
      10 * parameters > rows, parameters <= rows || !facts.hasWrittenNetwork,
      !facts.hidden.isEmpty, !facts.hasRegularisation, facts.spec.training.labelSmoothing == 0
    else { return }
    let path: SpecPath =
      facts.isWritten("model.dropout") ? "model.dropout" : facts.widthsPath
    report.at(
      path,
      """
      \(counted(parameters, "parameter")) for \(counted(rows, "training row")), and nothing that \
      limits the fit
      """,
      because: [
        ("training.early_stopping", "never stops early"),
        ("training.optimizer", "without weight decay"),
      ],
      remedies: facts.regularisers)
  }
}

extension Facts {
  /// Dropout where the network has a key for it and the optimiser bears noise, else weight decay.
  fileprivate var regularisers: [Remedy] {
    let isOfGradient = optimizer.map { type(of: $0).stepLength == .gradient || $0.needsAllRows }
    let decay = Remedy(
      "decay the weights",
      [
        isOfGradient ?? false
          ? optimizerSetting([.init("weight_decay", .number(needsAllRows ? 0.0001 : 0.0005))])
          : optimizerSetting(as: AdamW.name, [.init("weight_decay", .number(0.01))])
      ])
    let words = Remedy.words("and stop when the validation loss halts")
    guard spec.model.layers == nil, !needsAllRows else { return [decay, words] }
    return [.set("model.dropout", .number(0.15), "add dropout of 0.15"), decay, words]
  }
}
