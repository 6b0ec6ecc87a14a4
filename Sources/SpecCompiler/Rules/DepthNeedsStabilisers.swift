import NetworkGraph
import SpecSyntax

extension Rule {
  static let depthNeedsStabilisers = Rule(
    code: "X805", name: "depth-needs-norm-and-rate", level: .warning,
    title: "many more layers than before, and nothing that steadies them",
    needs: [.history], evidence: .controlled,
    rationale: """
      The variance of signals and gradients compounds from layer to layer, so a small mismatch \
      becomes a large one at depth; normalisation and sums around layers keep both near one. \
      Reported for at least five hidden layers that are at least twice as many as before, without \
      normalisation, residual sums or warm-up, at the same rate.
      """,
    source: """
      Deep Learning Tuning Playbook 2023 (normalisation inside residual branches); He et al. \
      2015; Zhang et al. 2019, Fixup (from memory).
      """,
    failsWhen: "Layers are few enough that the compounding is mild.",
    examples: [
      .fires(
        """
        model:
          hidden_layers: [64, 64, 64, 64, 64, 64]   #! X805
        training: {optimizer: adam, learning_rate: 0.003}
        """,
        earlier: """
          model: {hidden_layers: [64, 64]}
          training: {optimizer: adam, learning_rate: 0.003}
          """,
        fixed: """
          model:
            hidden_layers: [64, 64, 64, 64, 64, 64]
            normalization: layer
          training: {optimizer: adam, learning_rate: 0.003}
          """),
      .silent(
        """
        model: {hidden_layers: [64, 64, 64, 64, 64, 64], normalization: layer}
        training: {optimizer: adam, learning_rate: 0.003}
        """,
        earlier: """
          model: {hidden_layers: [64, 64]}
          training: {optimizer: adam, learning_rate: 0.003}
          """),
      .silent(
        """
        model: {hidden_layers: [64, 64, 64, 64, 64, 64]}
        training: {optimizer: adam, learning_rate: 0.001}
        """,
        earlier: """
          model: {hidden_layers: [64, 64]}
          training: {optimizer: adam, learning_rate: 0.003}
          """),
    ]
  ) { facts, report in
    guard let before = facts.before, !facts.hasStabilisers, let rate = facts.startRate,
      let rateBefore = before.startRate
    else { return }
    let (layers, layersBefore) = (facts.hidden.count, before.hidden.count)
    let hasWarmup = facts.spec.training.learningRate.schedule.warmup.of(1000) > 0
    guard layers >= 5, layers >= 2 * layersBefore, layersBefore > 0, !hasWarmup,
      rate > 0.9 * rateBefore
    else { return }
    let steady =
      facts.spec.model.layers == nil
      ? Remedy.set("model.normalization", .name("layer"), "normalise every layer")
      : .words("add `layer_norm` after each dense layer, or sums around them")
    report.at(
      facts.widthsPath,
      "\(layers) hidden layers after \(layersBefore), without normalisation, at the same rate",
      label: "signals compound from layer to layer",
      because: [(facts.ratePath, "as before")],
      remedies: [
        steady,
        Remedy(
          "or lower the rate to \(roundedText(rateBefore * Double(layersBefore) / Double(layers)))",
          [facts.rateSetting(rateBefore * Double(layersBefore) / Double(layers))]),
      ])
  }
}
