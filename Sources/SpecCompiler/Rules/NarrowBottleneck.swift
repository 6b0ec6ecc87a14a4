import SpecSyntax

extension Rule {
  static let narrowBottleneck = Rule(
    code: "A206", name: "narrow-bottleneck", level: .warning,
    title: "a layer too narrow to carry the signal",
    needs: [.profile], evidence: .textbook,
    rationale: """
      The narrowest layer bounds the rank of everything after it: with fewer than classes − 1 \
      units in the last hidden layer the class scores cannot vary independently. Dropout makes a \
      narrow layer narrower at random. Reported for fewer than 8 units that are also under an \
      eighth of the layers on both sides, for a last layer under the smaller of classes − 1 and \
      32, and for fewer than 4 units left by dropout; the limits are proposals.
      """,
    source: "Linear algebra; Yang et al. 2018 on the softmax bottleneck (from memory).",
    failsWhen: """
      The data really have few dimensions (the tuned network for Epsilon starts with 2 units), or \
      the bottleneck is meant, as in autoencoders.
      """,
    options: [
      .count("units", default: 8, "Units from which a layer is not too narrow for its neighbours."),
      .number("ratio", default: 8, "How many times wider both neighbours are."),
    ],
    examples: [
      .fires(
        """
        model:
          hidden_layers:
            - 256
            - 4   #! A206
            - 256
        """, on: ExampleTable(rows: 20_000, inputs: 60, classes: 40),
        fixed: """
          model:
            hidden_layers:
              - 256
              - 40
              - 256
          """),
      .fires(
        """
        model:
          dropout: 0.5
          hidden_layers: [6]   #! A206
        """, on: ExampleTable(inputs: 4),
        fixed: """
          model:
            dropout: 0.5
            hidden_layers: [32]
          """),
      .silent(
        "model: {hidden_layers: [256, 128]}",
        on: ExampleTable(rows: 20_000, inputs: 60, classes: 40)),
    ]
  ) { facts, report in
    guard facts.hasWrittenNetwork, let inputs = facts.inputWidth else { return }
    let widths = facts.hiddenWidths
    let classes = facts.classCount ?? 0
    let better = max(32, min(classes, 64))
    let (narrow, ratio) = (report.count("units"), report.option("ratio"))
    for (index, layer) in facts.hidden.enumerated() where layer.units < max(better, narrow) {
      let before = index == 0 ? inputs : widths[index - 1]
      let after = index + 1 < widths.count ? widths[index + 1] : nil
      let isSqueezed =
        layer.units < narrow && ratio * Double(layer.units) < Double(before)
        && after.map { ratio * Double(layer.units) < Double($0) } ?? false
      let isUnderClasses = after == nil && layer.units < min(classes - 1, 32)
      let kept = Double(layer.units) * (1 - facts.dropout)
      let reason: String
      if isSqueezed {
        reason = "\(before) values before it and \(after ?? 0) after it pass through here"
      } else if isUnderClasses {
        reason = "\(classes) class scores cannot vary independently"
      } else if facts.dropout > 0, kept < 4 {
        reason = "dropout leaves about \(roundedText(kept)) of them"
      } else {
        continue
      }
      report.at(
        layer.path, "a layer of \(counted(layer.units, "unit")) is too narrow", label: reason,
        remedies: [
          .set(
            layer.path, .integer(max(better, narrow)), "use \(max(better, narrow)) units")
        ])
    }
  }
}
