import SpecSyntax

extension Rule {
  static let notBetterThanConstant = Rule(
    code: "S904", name: "not-better-than-constant", level: .error,
    title: "a network that does not beat a constant",
    needs: [.probe], evidence: .mechanical,
    rationale: """
      A network that ignores its inputs scores like a constant, so one at this level has learnt \
      nothing. The constant is free to compute, and unmasks accuracy on unequal classes. An error \
      where the least validation loss is not below that of the best constant, a warning within \
      one standard error of it.
      """,
    source: """
      Karpathy 2019, "input-independent baseline"; Goodfellow et al. 2016 (from memory).
      """,
    failsWhen: "The inputs truly carry no signal, which is itself the finding.",
    examples: [
      .fires(
        """
        data:   #! S904
          split: {validation: 20%}
        """, on: ExampleTable(classes: 2),
        probe: Probe(
          bestEpoch: 1, epochs: 3, validationLosses: [0.694, 0.7, 0.71],
          constantValidationLoss: 0.69, validationLossError: 0.005)),
      .silent(
        "training: {epochs: 100}", on: ExampleTable(classes: 2),
        probe: Probe(
          bestEpoch: 3, epochs: 3, validationLosses: [0.6, 0.5, 0.41],
          constantValidationLoss: 0.69, validationLossError: 0.005)),
    ]
  ) { facts, report in
    guard let probe = facts.probe, let least = probe.validationLosses.min(),
      let constant = probe.constantValidationLoss,
      least >= constant - (probe.validationLossError ?? 0)
    else { return }
    report.at(
      "data",
      """
      the least validation loss is \(roundedText(least)), that of a constant \
      \(roundedText(constant))
      """,
      level: least >= constant ? .error : .warning,
      remedies: [
        .words(
          "look whether inputs belong to their targets, at the scaling of inputs and target, "
            + "then at the learning rate, in this order")
      ])
  }
}
