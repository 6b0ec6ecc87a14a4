import NetworkGraph
import SpecSyntax
import Tensors

extension Rule {
  static let deepPlainStack = Rule(
    code: "A211", name: "deep-plain-stack", level: .warning,
    title: "many layers without normalisation or skips, or of saturating units",
    needs: [.graph], evidence: .controlled,
    rationale: """
      A sigmoid multiplies the gradient by at most 0.25, so that layers far from the output \
      hardly learn; reported from three such layers in a row. Any six layers in a row between \
      which nothing normalises and no `add` leads around are reported too: normalisation and \
      residual ways keep the signal near unit scale. Both limits are proposals. Tanh, whose slope \
      is 1 at zero, counts like the others.
      """,
    source: """
      Glorot and Bengio 2010; He et al. 2016 (from memory); Deep Learning Tuning Playbook 2023, \
      "Potential fixes for common instability patterns"; code of Gorishniy et al. 2021, where too \
      deep networks fail on Covertype.
      """,
    failsWhen: """
      Layers normalise themselves (`selu` with `lecun`, which is not reported). The tuned network \
      for Covertype has seven plain layers.
      """,
    examples: [
      .fires(
        """
        model:
          hidden_layers: [64, 64, 64, 64, 64, 64, 64]   #! A211
          activation: sigmoid
        """,
        fixed: """
          model:
            hidden_layers: [64, 64, 64, 64, 64, 64, 64]
            activation: relu
            normalization: layer
          """),
      .fires(
        """
        model:
          hidden_layers: [64, 64, 64]   #! A211
          activation: sigmoid
          initializer: glorot
        """,
        fixed: """
          model:
            hidden_layers: [64, 64, 64]
            activation: relu
            initializer: he
          """),
      .fires(
        """
        model:
          hidden_layers: [64, 64, 64, 64, 64, 64]   #! A211
        """,
        fixed: """
          model:
            hidden_layers: [64, 64, 64, 64, 64, 64]
            normalization: layer
          """),
      .fires(
        """
        model:
          layers:
            - dense: {units: 32, activation: sigmoid}   #! A211
            - dense: {units: 32, activation: sigmoid}
            - dense: 32
            - sigmoid
        """),
      .silent("model: {hidden_layers: [64, 64], activation: relu}"),
      .silent("model: {hidden_layers: [64, 64, 64], activation: tanh}"),
      .silent("model: {hidden_layers: [64, 64, 64, 64, 64, 64], normalization: batch}"),
      .silent("model: {hidden_layers: [64, 64, 64, 64, 64, 64, 64], activation: selu}"),
      .silent(
        """
        model:
          layers:
            - dense: {units: 32, activation: relu}
            - dense: {units: 32, activation: relu}
            - dense: {units: 32, activation: relu}
              name: trunk
            - dense: {units: 32, activation: relu}
            - dense: {units: 32, activation: relu}
            - add: {}
              from: [trunk, previous]
            - dense: {units: 32, activation: relu}
        """),
    ]
  ) { facts, report in
    guard facts.hasWrittenNetwork, let graph = facts.graph else { return }
    let users = graph.users
    let plain = graph.rows { graph.activation(after: $0, users) != .selu }.max() ?? 0
    let sigmoids = graph.rows { graph.activation(after: $0, users).isSigmoid }.max() ?? 0
    guard sigmoids >= 3 || plain >= 6 else { return }
    report.at(
      facts.widthsPath,
      sigmoids >= 3
        ? "\(sigmoids) sigmoid layers in a row shrink the gradient at least fourfold each"
        : "\(plain) layers in a row with nothing that keeps the signal's size",
      label: sigmoids >= 3 ? "the first of them hardly learn" : "no normalisation, no `add`",
      because: [("model.activation", "a slope of 0.25 at most")],
      remedies: facts.remedies(isSigmoid: sigmoids >= 3, isDeep: plain >= 6))
  }
}

extension Facts {
  fileprivate func remedies(isSigmoid: Bool, isDeep: Bool) -> [Remedy] {
    let residual = Remedy.words(
      "or lead around pairs of layers: `add` with `from: [trunk, previous]`")
    guard spec.model.layers == nil else {
      return isSigmoid
        ? [.words("use `activation: relu`, `gelu` or `silu` in these layers")]
        : [.words("put `layer_norm` before the activations"), residual]
    }
    var settings: [(path: SpecPath, value: PlainValue)] = []
    if isSigmoid {
      settings.append(("model.activation", .name("relu")))
      if isWritten("model.initializer") { settings.append(("model.initializer", .name(He.name))) }
    }
    if isDeep { settings.append(("model.normalization", .name("layer"))) }
    let words = isSigmoid ? "use `relu`" + (isDeep ? " and `layer` normalisation" : "") : nil
    return [Remedy(words ?? "normalise each layer", settings), residual]
  }
}

extension Activation {
  /// Whether its slope is far below 1 everywhere: 1/4 at most, or 1/6.
  fileprivate var isSigmoid: Bool { self == .sigmoid || self == .hardSigmoid }
}
