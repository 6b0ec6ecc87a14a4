import SpecSyntax

extension Rule {
  static let outputRangeCannotReachTarget = Rule(
    code: "L307", name: "output-range-cannot-reach-target", level: .error,
    title: "an output activation that excludes part of the target's range",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      What lies outside the range of the output's activation cannot be predicted, whatever the \
      weights. The unit saturates at the edge and its gradient disappears; with a `relu` the \
      output can die for good. A standardised target always breaks a sigmoid and a `relu`.
      """,
    source: "Goodfellow, Bengio and Courville 2016 on linear output units (from memory).",
    failsWhen: "Predictions are to be cut off at a bound; then cut them after training.",
    guarantee: """
      The output layer is linear, so that every number can be predicted. The one exception is \
      `poisson`, whose prediction is an exponential: it refuses targets below 0 (D212) and a \
      scaled target (L321).
      """,
    examples: [
      .refused("K101", "model: {output_activation: sigmoid}"),
      .refused(
        "D212", "data: {target_scale: none}\ntraining: {loss: poisson}",
        on: ExampleTable(mean: 3, minimum: -1)),
      .refused("L321", "training: {loss: poisson}", on: ExampleTable(mean: 3, minimum: 0)),
      .silent("training: {loss: mse}"),
    ])
}
