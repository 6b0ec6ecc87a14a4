import SpecSyntax

extension Rule {
  static let squaredErrorOnProbabilities = Rule(
    code: "L305", name: "softmax-or-sigmoid-with-mse", level: .warning,
    title: "squared error on probabilities of classes",
    needs: [.spec], evidence: .textbook,
    rationale: """
      Behind a softmax or a sigmoid the gradient of squared error has the factor p(1 − p), which \
      vanishes where the prediction is confidently wrong, so that such rows are hardly corrected. \
      Cross-entropy cancels that factor.
      """,
    source: """
      Goodfellow, Bengio and Courville 2016 (from memory). Against: Hui and Belkin 2021.
      """,
    failsWhen: """
      Squared error on raw outputs, without a softmax: it is on par or better in most of the tasks \
      that Hui and Belkin tried. With two classes coded 0 and 1 and `task: regression` that can be \
      written here.
      """,
    conflict: """
      sources disagree: textbooks warn of squared error for classes, Hui and Belkin find it on par \
      or better with the softmax removed; what does not go together is squared error and softmax
      """,
    guarantee: """
      The function that makes probabilities of the outputs belongs to the loss: softmax to \
      `cross_entropy` and `focal`, sigmoid to `binary_cross_entropy`, none to `mse`. Squared or \
      absolute error for classes is refused (L310).
      """,
    examples: [
      .refused("L310", "training: {loss: mse}", on: ExampleTable(classes: 3)),
      .refused("L310", "training: {loss: mae}", on: ExampleTable(classes: 2)),
      .silent("training: {loss: cross_entropy}", on: ExampleTable(classes: 3)),
    ])
}
