import SpecSyntax

extension Rule {
  static let widthBetweenInputAndOutput = Rule(
    code: "A204", name: "width-between-input-and-output",
    title: "a hidden width outside the span of input and output size",
    needs: [.profile], evidence: .folklore,
    rationale: """
      The rule describes a funnel that narrows gradually. In records of tuned networks 23 of 29 \
      layers lie outside the span, so it says nothing against a network with dropout, weight \
      decay or early stopping, and is reported only where all three are missing.
      """,
    source: """
      Common teaching; Heaton 2008, ch. 5; count from the run records of Gorishniy et \
      al. 2021. Measured on 13 public tables: the middle of the span loses 3.1 % (worst 13 %).
      """,
    failsWhen: """
      Nearly always where inputs are few: wide first layers are usual (Bengio 2012, from memory).
      """,
    conflict: """
      sources disagree: the classical rule bounds networks without regularisation; current \
      practice is wider and stops early
      """,
    examples: [
      .fires(
        """
        model:
          dropout: 0
          hidden_layers: [500]   #! A204
        training:
          early_stopping: none
          optimizer: adam
        """, on: ExampleTable(inputs: 8),
        fixed: """
          model:
            dropout: 0
            hidden_layers: [500]
          training:
            early_stopping: {monitor: validation.loss, patience: 20, restore_best: true}
            optimizer: adam
          """),
      .silent(
        """
        model: {hidden_layers: [6], dropout: 0}
        training: {early_stopping: none, optimizer: adam}
        """, on: ExampleTable(inputs: 8)),
      .silent("model: {hidden_layers: [500], dropout: 0}", on: ExampleTable(inputs: 8)),
    ]
  ) { facts, report in
    guard facts.hasWrittenNetwork, !facts.hasRegularisation, let inputs = facts.inputWidth,
      let outputs = facts.outputUnits
    else { return }
    let span = min(inputs, outputs)...max(inputs, outputs)
    for layer in facts.hidden where !span.contains(layer.units) {
      report.at(
        layer.path,
        """
        \(counted(layer.units, "unit")) lie outside \(span.lowerBound) … \(span.upperBound), and \
        nothing holds the weights back
        """,
        label: "\(counted(inputs, "input")), \(counted(outputs, "output"))",
        because: [("training.early_stopping", "never stops early")],
        remedies: [
          Remedy("stop early, keep the width", facts.stoppingSettings),
          .words("or choose a width from \(span.lowerBound) to \(span.upperBound)"),
        ])
    }
  }
}
