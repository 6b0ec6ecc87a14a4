import SpecSyntax
import Tables

extension Rule {
  static let lossScaleChangesRate = Rule(
    code: "X812", name: "loss-scale-changes-rate", level: .warning,
    title: "class weights that act as a hidden learning rate",
    needs: [.profile], evidence: .mechanical,
    rationale: """
      Multiplying the loss multiplies the step of gradient descent and changes its balance with \
      weight decay. Reported where the class weights average less than half or more than 2 over \
      the rows. The loss is always a mean over the rows here, and accumulated gradients are \
      divided by their count, so only weights can do this; `balanced` averages 1.
      """,
    source: "Arithmetic; the definition of a weighted mean.",
    failsWhen: "Adam is nearly indifferent to a constant factor, apart from clipping and L2.",
    examples: [
      .fires(
        """
        training:
          class_weights: {c0: 10, c1: 10}   #! X812
        """, on: ExampleTable(classes: 2),
        fixed: """
          training:
            class_weights: {c0: 1, c1: 1}
          """),
      .silent("training: {class_weights: {c0: 0.5, c1: 1.5}}", on: ExampleTable(classes: 2)),
      .silent("training: {class_weights: balanced}", on: ExampleTable(classes: 2)),
    ]
  ) { facts, report in
    guard case .named(let weights) = facts.spec.training.classWeights,
      let levels = facts.target?.levels, facts.task == .classification
    else { return }
    let rows = Double(levels.map(\.count).reduce(0, +))
    guard rows > 0 else { return }
    let byName = Dictionary(weights.map { ($0.name, $0.value) }) { $1 }
    let mean = levels.map { Double($0.count) * (byName[$0.name] ?? 1) }.reduce(0, +) / rows
    guard mean > 2 || mean < 0.5 else { return }
    let scaled = levels.map {
      PlainValue.Entry($0.name, .number(threeDigits((byName[$0.name] ?? 1) / mean)))
    }.sorted { $0.key < $1.key }
    report.at(
      "training.class_weights",
      "the weights average \(roundedText(mean)) over the rows, so every step is as much longer",
      label: "1 would leave the rate alone",
      remedies: [
        .set("training.class_weights", .map(scaled), "divide the weights by their mean")
      ])
  }
}
