import SpecSyntax

extension Rule {
  static let tooFewNeuronsUnderfit = Rule(
    code: "A207", name: "too-few-neurons-underfit", level: .warning,
    title: "the training error stays high: capacity is missing",
    needs: [.probe], evidence: .textbook,
    rationale: """
      A network that cannot fit even its training rows better than a line lacks units, training \
      or a working optimiser. Reported when the training loss has flattened, the training score \
      is within 2 % of the linear model and no further from the validation score than one \
      standard error, with little dropout and decay. Ruling out the learning rate first avoids \
      taking slow learning for low capacity.
      """,
    source: """
      Common teaching; Goodfellow, Bengio and Courville 2016 (from memory); Karpathy \
      2019, step 3. Measured: narrow networks are partly slow, not too small.
      """,
    failsWhen: "The inputs carry no more signal than the line shows.",
    examples: [
      .fires(
        """
        model:
          hidden_layers: [3]   #! A207
        """, on: ExampleTable(classes: 2),
        probe: Probe(
          bestEpoch: 90, epochs: 100, trainingLosses: Array(repeating: 0.55, count: 100),
          trainingScore: 0.711, validationScore: 0.708, linearValidationScore: 0.705,
          standardError: 0.006),
        fixed: """
          model:
            hidden_layers: [6]
          """),
      .fires(
        """
        model:
          hidden_layers: [256]   #! A207
        """, on: ExampleTable(classes: 2),
        probe: Probe(
          bestEpoch: 90, epochs: 100, trainingLosses: Array(repeating: 0.55, count: 100),
          trainingScore: 0.711, validationScore: 0.708, linearValidationScore: 0.705,
          standardError: 0.006),
        fixed: """
          model:
            hidden_layers: [256, 256]
          """),
      .silent(
        "model: {hidden_layers: [128]}", on: ExampleTable(classes: 2),
        probe: Probe(
          bestEpoch: 90, epochs: 100, trainingLosses: Array(repeating: 0.2, count: 100),
          trainingScore: 0.90, validationScore: 0.84, linearValidationScore: 0.705,
          standardError: 0.006)),
    ]
  ) { facts, report in
    guard let probe = facts.probe, probe.isTrainingFlat, !facts.hidden.isEmpty,
      facts.dropout <= 0.2, facts.weightDecay <= 0.1, let training = probe.trainingScore,
      let validation = probe.validationScore, let line = probe.linearValidationScore,
      let error = probe.standardError
    else { return }
    guard training - line <= 0.02 * abs(line), training - validation < error else { return }
    let widths = facts.hiddenWidths
    // From 256 units on another layer adds more than further units.
    let isWide = (widths.max() ?? 0) >= 256
    let larger = isWide ? widths + [widths[widths.count - 1]] : widths.map { 2 * $0 }
    report.at(
      facts.widthsPath,
      """
      the network scores \(roundedText(training)) on its own training rows, a line \
      \(roundedText(line)) on the validation rows
      """,
      label: "no better than a line",
      notes: ["try three times the learning rate first: narrow networks are often only slow"],
      remedies: facts.spec.model.layers == nil
        ? [
          .set(
            "model.hidden_layers", .list(larger.map { .integer($0) }),
            isWide ? "add a layer" : "double the width")
        ] : [.words("double the width of the dense layers")])
  }
}
