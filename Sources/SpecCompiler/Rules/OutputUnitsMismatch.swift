import SpecSyntax

extension Rule {
  static let outputUnitsMismatch = Rule(
    code: "L309", name: "output-units-mismatch", level: .error,
    title: "number or coupling of outputs that does not fit the task",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      A softmax makes outputs compete and sum to 1: over one output it is always 1, and where \
      several labels may hold it is wrong. Other numbers of outputs than classes or targets fail \
      at once or, worse, are stretched to fit.
      """,
    source: "Goodfellow, Bengio and Courville 2016 (from memory).",
    failsWhen: "An extra output is meant, as for rejected rows: make it a class of the target.",
    guarantee: """
      The output layer is not written but follows from target and loss: an output for each class, \
      one for two classes with `binary_cross_entropy` or a hinge loss, one for each numeric target \
      and quantile. A loss for two classes on more is refused (L310), and so are several targets \
      of classes (D209).
      """,
    examples: [
      .refused("K101", "model: {output_units: 1}", on: ExampleTable(classes: 5)),
      .refused("L310", "training: {loss: binary_cross_entropy}", on: ExampleTable(classes: 5)),
      .silent("training: {loss: binary_cross_entropy}", on: ExampleTable(classes: 2)),
      .silent("training: {loss: {quantile: [0.1, 0.5, 0.9]}}"),
    ])
}
