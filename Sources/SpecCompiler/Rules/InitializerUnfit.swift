import NetworkGraph
import SpecSyntax
import Tensors

extension Rule {
  static let initializerUnfit = Rule(
    code: "A212", name: "init-does-not-fit-activation", level: .warning,
    title: "initialiser and activation disagree",
    needs: [.graph], evidence: .textbook,
    rationale: """
      The right variance keeps values from growing or shrinking from layer to layer; the wrong \
      one costs a factor of about the root of 2 in each. Functions that cut off half of the \
      values (`relu`, `gelu`, `silu`) want `he`, 2 / inputs; `tanh` and sigmoids `glorot`; `selu` \
      `lecun`, 1 / inputs. Reported from three layers in a row without normalisation, where the \
      factors add up, and for a `gain` of `orthogonal` outside 0.3 to 3; the limits are \
      proposals. Equal weights, which never become different, cannot be written: every \
      initialiser draws at random.
      """,
    source: "Glorot and Bengio 2010; He et al. 2015; Klambauer et al. 2017 (from memory).",
    failsWhen: """
      The network has one or two hidden layers, or normalisation hides the difference; neither \
      is reported.
      """,
    examples: [
      .fires(
        """
        model:
          hidden_layers: [64, 64, 64]
          activation: relu
          initializer: glorot   #! A212
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
          hidden_layers: [64, 64, 64, 64]
          activation: selu
          initializer: he   #! A212
        """,
        fixed: """
          model:
            hidden_layers: [64, 64, 64, 64]
            activation: selu
            initializer: lecun
          """),
      .fires(
        """
        model:
          hidden_layers: [64]
          initializer: {orthogonal: 10}   #! A212
        """,
        fixed: """
          model:
            hidden_layers: [64]
            initializer: he
          """),
      .fires(
        """
        model:
          layers:
            - dense: {units: 32, activation: tanh}
            - dense: {units: 32, activation: tanh}
            - dense:
                units: 32
                activation: tanh
                initializer: he   #! A212
        """,
        fixed: """
          model:
            layers:
              - dense: {units: 32, activation: tanh}
              - dense: {units: 32, activation: tanh}
              - dense:
                  units: 32
                  activation: tanh
                  initializer: glorot
          """),
      .silent("model: {hidden_layers: [64, 64, 64], activation: relu, initializer: he}"),
      .silent("model: {hidden_layers: [64], activation: relu, initializer: glorot}"),
      .silent(
        """
        model:
          hidden_layers: [64, 64, 64]
          normalization: batch
          initializer: glorot
        """),
      .refused("K104", "model: {hidden_layers: [64, 64], initializer: zeros}"),
    ]
  ) { facts, report in
    guard let graph = facts.graph else { return }
    let users = graph.users
    let rows = graph.rows { _ in true }
    let isDeep = (rows.max() ?? 0) >= 3
    var reported: Set<SpecPath> = []
    for layer in facts.weightedLayers {
      let path = facts.initializerPath(of: layer)
      guard let initializer = (layer.op as? any WeightedOp)?.initializer.value,
        facts.isWritten(path), !reported.contains(path)
      else { continue }
      let activation = graph.activation(after: layer, users)
      let name = type(of: initializer).name
      let usual = type(of: Initializers.usual(before: activation)).name
      let gain = (initializer as? Orthogonal)?.gain ?? 1
      let isFar = gain < 0.3 || gain > 3
      let isUnfit = isDeep && rows[layer.id] > 0 && activation != .linear && name != usual
      guard isFar || (isUnfit && !(initializer is Orthogonal)) else { continue }
      reported.insert(path)
      report.at(
        path,
        isFar
          ? "a gain of \(numberText(gain)) changes the size of values in every layer"
          : "`\(name)` does not keep the size of values through this activation",
        label: "`\(usual)` does",
        because: [("model.activation", "wants `\(usual)`")],
        remedies: [.set(path, .name(usual), "use `\(usual)`")])
    }
  }
}
