import SpecSyntax

extension Rule {
  static let labelCodingContradictsLoss = Rule(
    code: "L308", name: "label-coding-contradicts-loss", level: .error,
    title: "labels in a coding that the loss does not expect",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      A hinge loss needs −1 and 1: with label 0 its term is the constant 1, and half of the rows \
      give no gradient. Cross-entropy for two classes needs 0 and 1, over several classes their \
      numbers from 0. A wrong coding trains towards impossible targets or reads beyond the end.
      """,
    source: """
      Definition of the losses; source of Keras, which turns 0 and 1 into −1 and 1 for hinge by \
      itself.
      """,
    failsWhen: "The program codes the labels itself, as this one does.",
    guarantee: """
      The target holds names of classes in any form (words, 0 and 1, 1 and 2, −1 and 1); they are \
      numbered here, and each loss is given the coding that it is defined on. What a class is \
      called never reaches the loss.
      """,
    examples: [
      .refused("K101", "data: {label_coding: zero_one}", on: ExampleTable(classes: 2)),
      .silent("training: {loss: hinge}", on: ExampleTable(classes: 2)),
      .silent("training: {loss: cross_entropy}", on: ExampleTable(classes: 5)),
    ])
}
