import NetworkGraph
import SpecSyntax
import Tensors

extension Rule {
  static let linearStack = Rule(
    code: "A213", name: "linear-activation-stack", level: .error,
    title: "hidden layers without a nonlinearity",
    needs: [.graph], evidence: .mechanical,
    rationale: """
      A product of matrices is one matrix: a network whose hidden layers are all linear is a \
      linear model with a strange parametrisation, and its widths change nothing in what it can \
      represent. An error where `activation: linear` is written beside `hidden_layers`. A warning \
      where the layers are written one by one, because a linear layer is what `dense` is by \
      default, and also for one linear layer that leads straight into another.
      """,
    source: "Elementary; Goodfellow, Bengio and Courville 2016 (from memory).",
    failsWhen: """
      A layer narrower than what it joins makes a model of low rank on purpose, which is a \
      warning at most; or deep linear networks are themselves the object of study.
      """,
    examples: [
      .fires(
        """
        model:
          hidden_layers: [64, 64]
          activation: linear   #! A213
        """,
        fixed: """
          model:
            hidden_layers: [64, 64]
            activation: relu
          """),
      .fires(
        """
        model:
          layers:
            - dense: 64   #! A213
            - dropout: 0.1
            - dense: {units: 32}
        """,
        fixed: """
          model:
            layers:
              - dense: {units: 64, activation: relu}
              - dropout: 0.1
              - dense: {units: 32, activation: relu}
          """),
      .fires(
        """
        model:
          layers:
            - dense: {units: 64, activation: relu}
            - dense: 32   #! A213
        """,
        fixed: """
          model:
            layers:
              - dense: {units: 64, activation: relu}
              - dense: {units: 32, activation: relu}
          """),
      .silent("model: {hidden_layers: [64, 64], activation: relu}"),
      .silent(
        """
        model:
          layers:
            - dense: {units: 64, activation: relu}
            - dense: 8
            - dense: {units: 64, activation: relu}
        """, on: ExampleTable(inputs: 60)),
      .silent(
        """
        model:
          layers:
            - dense: 64
            - relu
            - dense: 64
              name: trunk
            - layer_norm
            - gelu
            - dense: 64
            - add: {}
              from: [trunk, previous]
            - layer_norm
        """),
      .silent("model: {hidden_layers: []}"),
    ]
  ) { facts, report in
    guard facts.hasWrittenNetwork, let graph = facts.graph else { return }
    let isLinear = graph.isLinear
    let layers = isLinear ? facts.linearLayers : facts.layersIntoLinear(graph)
    guard let first = layers.first else { return }
    let most = min(facts.inputWidth ?? Int.max, graph.output.width)
    let isLowRank = layers.contains { $0.width < most }
    let isStack = facts.spec.model.layers == nil
    report.at(
      isStack ? "model.activation" : first.path,
      isLinear
        ? "without a nonlinearity the network is a linear model, whatever its widths"
        : "a linear layer in front of a linear layer acts with it like one",
      label: isStack ? "changes nothing" : "no activation",
      level: isLinear && isStack && !isLowRank ? .error : .warning,
      because: isStack ? [] : layers.dropFirst().map { ($0.path, "no activation here either") },
      remedies: [
        Remedy(
          "use `relu`",
          isStack
            ? [("model.activation", .name("relu"))]
            : layers.map { facts.setting("activation", of: $0, to: .name("relu")) }),
        .words("or write `hidden_layers: []`, if a linear model is meant"),
      ])
  }
}

extension Facts {
  /// The layers of a network that is linear throughout, without an output layer that has been
  /// written out.
  fileprivate var linearLayers: [Graph.Node] {
    let output = writtenOutput?.layer.path
    return weightedLayers.filter { $0.path != output }
  }

  /// Dense layers that lead, with nothing nonlinear between, into a dense layer; without those
  /// that are narrow on purpose, and without an output layer that has been written out.
  fileprivate func layersIntoLinear(_ graph: Graph) -> [Graph.Node] {
    let (users, output) = (graph.users, writtenOutput?.layer.path)
    return weightedLayers.filter { layer in
      guard layer.op is Dense, layer.activation == .linear, layer.path != output,
        let next = graph.denseLayer(after: layer, users)
      else { return false }
      return layer.width >= min(layer.inputShapes[0].count, next.width)
    }
  }
}

extension Graph {
  /// Whether nothing in it is nonlinear once training is over.
  fileprivate var isLinear: Bool { nodes.allSatisfy(\.isLinear) }

  /// The dense layer that a layer leads into alone and by linear operations.
  fileprivate func denseLayer(after layer: Node, _ users: [[Node.ID]]) -> Node? {
    var node = layer
    while users[node.id].count == 1 {
      node = nodes[users[node.id][0]]
      if node.op is Dense { return node }
      guard node.isLinear, node.inputs.count == 1, !node.hasWeights else { return nil }
    }
    return nil
  }
}

extension Graph.Node {
  /// Whether it is linear in its inputs once training is over.
  fileprivate var isLinear: Bool {
    if let activation { return activation == .linear }
    switch op {
    case is Dropout, is BatchNorm, is Flatten, is Reshape, is Select, is Concat, is Add,
      is AveragePool1D, is AveragePool2D, is GlobalAveragePool:
      return true
    default: return false
    }
  }
}
