import SpecSyntax

extension Rule {
  static let doubleSoftmax = Rule(
    code: "L306", name: "double-softmax", level: .error,
    title: "probabilities passed to a loss that expects scores, or the reverse",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      A second softmax squeezes its inputs into 0 … 1, so that the loss cannot fall below \
      ln(1 + (C − 1)/e) for C classes: 0.31 for 2, 0.74 for 4, 1.46 for 10. Training still seems \
      to work, only slowly and towards a wrong floor.
      """,
    source: """
      Arithmetic; reports such as tflearn pull request 562, ariecattan/SciCo issue 2 (a loss that \
      stays near 0.74) and Relation-Network-Tensorflow issue 5.
      """,
    failsWhen: """
      A library calls its losses by other names. The logarithm of a softmax may be taken twice \
      without harm.
      """,
    guarantee: """
      There is no softmax to write: outputs are scores, each loss over classes applies its own \
      softmax or sigmoid once, and predictions apply the same. A `sigmoid` in `layers` stands \
      before the output layer (see A215).
      """,
    examples: [
      .refused("K104", "model: {layers: [{dense: 8}, softmax]}", on: ExampleTable(classes: 4)),
      .refused(
        "K104", "model: {layers: [{dense: {units: 8, activation: softmax}}]}",
        on: ExampleTable(classes: 4)),
      .refused("K101", "model: {output_activation: softmax}", on: ExampleTable(classes: 4)),
      .silent("training: {loss: cross_entropy}", on: ExampleTable(classes: 4)),
    ])
}
