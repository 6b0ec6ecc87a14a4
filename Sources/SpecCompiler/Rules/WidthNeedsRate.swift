import SpecSyntax

extension Rule {
  static let widthNeedsRate = Rule(
    code: "X804", name: "width-rate", level: .advice,
    title: "the width changed, the rate did not",
    needs: [.history], evidence: .controlled,
    rationale: """
      A step of Adam changes every weight by about the rate, and a unit sums over the width, so \
      the change of its input grows with the width. Reported when the mean width is at least 4 \
      times as large or as small and the rate stayed. With one rate for all layers the root of \
      the factor is a compromise and a proposal; with a rate for hidden layers alone it would be \
      the factor itself.
      """,
    source: """
      Yang et al. 2022, Tensor Programs V (from memory); Wang & Aitchison 2025 (the decay has to \
      rise with the width under that rule).
      """,
    failsWhen: "Networks are small or normalised, or the optimiser is plain gradient descent.",
    examples: [
      .fires(
        """
        model: {hidden_layers: [1024, 1024]}
        training:
          optimizer: adam
          learning_rate: 0.003   #! X804
        """,
        earlier: """
          model: {hidden_layers: [64, 64]}
          training: {optimizer: adam, learning_rate: 0.003}
          """,
        fixed: """
          model: {hidden_layers: [1024, 1024]}
          training:
            optimizer: adam
            learning_rate: 0.00075
          """),
      .silent(
        """
        model: {hidden_layers: [1024, 1024]}
        training: {optimizer: adam, learning_rate: 0.0007}
        """,
        earlier: """
          model: {hidden_layers: [64, 64]}
          training: {optimizer: adam, learning_rate: 0.003}
          """),
      .silent(
        """
        model: {hidden_layers: [1024, 1024], normalization: layer}
        training: {optimizer: adam, learning_rate: 0.003}
        """,
        earlier: """
          model: {hidden_layers: [64, 64]}
          training: {optimizer: adam, learning_rate: 0.003}
          """),
    ]
  ) { facts, report in
    guard let before = facts.before, facts.isAdamFamily, !facts.hasStabilisers,
      let width = facts.meanWidth, let widthBefore = before.meanWidth,
      let rate = facts.startRate, let rateBefore = before.startRate
    else { return }
    let factor = width / widthBefore
    guard factor >= 4 || factor <= 0.25, abs(rate / rateBefore - 1) < 0.1 else { return }
    let better = threeDigits(rateBefore / factor.squareRoot())
    report.at(
      facts.ratePath,
      "layers are \(timesText(factor)) as wide as before, the rate is still \(roundedText(rate))",
      label: "a unit now sums over \(timesText(factor)) as many inputs",
      because: [(facts.widthsPath, "the widths")],
      remedies: [
        Remedy(
          "use \(numberText(better)), the earlier rate over the root of \(roundedText(factor))",
          [facts.rateSetting(better)])
      ])
  }
}
