import SpecSyntax

extension Rule {
  static let evaluationInTrainingMode = Rule(
    code: "S908", name: "evaluation-in-training-mode", level: .error,
    title: "evaluation with dropout or the statistics of the batch",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      Dropout and batch statistics make predictions random and dependent on the other rows of the \
      batch; gaps and early stopping computed on such scores mislead.
      """,
    source: "Documentation of common frameworks (from memory); Karpathy 2019, on evaluating.",
    failsWhen: "Dropout at prediction is wanted, to see how unsure the network is.",
    guarantee: """
      Validation, test and prediction never drop units and always use the running statistics; \
      metrics of a numeric target are in its own unit, whatever scale the loss sees.
      """,
    examples: [.silent("model: {dropout: 0.3}")])
}
