import NetworkGraph
import SpecSyntax
import Tensors

extension Rule {
  static let biasBeforeNormalization = Rule(
    code: "A214", name: "bias-before-normalisation",
    title: "a bias that batch normalisation takes away again",
    needs: [.graph], evidence: .mechanical,
    rationale: """
      Batch normalisation subtracts the mean over the batch, and with it any constant; its own \
      shift replaces the bias. The bias gets no useful gradient and only costs memory and time. \
      `normalization: batch` beside `hidden_layers` leaves it out by itself. Reported only where \
      `bias: true` is written: by default the cost is small.
      """,
    source: "Ioffe and Szegedy 2015 (from memory).",
    failsWhen: """
      The statistics are frozen. Layer and group normalisation do not take the bias of a single \
      unit away, and are not reported.
      """,
    examples: [
      .fires(
        """
        model:
          layers:
            - dense: {units: 64, bias: true}   #! A214
            - batch_norm
            - relu
        """,
        fixed: """
          model:
            layers:
              - dense: {units: 64, bias: false}
              - batch_norm
              - relu
          """),
      .fires(
        """
        model:
          layers:
            - dense: {units: 64, bias: true}   #! A214
            - batch_norm
            - relu
            - dense: {units: 32, bias: true}
            - batch_norm
            - relu
        """,
        fixed: """
          model:
            layers:
              - dense: {units: 64, bias: false}
              - batch_norm
              - relu
              - dense: {units: 32, bias: false}
              - batch_norm
              - relu
          """),
      .silent(
        """
        model:
          layers:
            - dense: {units: 64, bias: false}
            - batch_norm
            - relu
        """),
      .silent("model: {layers: [{dense: 64}, batch_norm, relu]}"),
      .silent("model: {layers: [{dense: {units: 64, bias: true}}, layer_norm, relu]}"),
      .silent(
        """
        model:
          layers:
            - dense: {units: 64, activation: relu, bias: true}
            - batch_norm
        """),
      .silent("model: {hidden_layers: [64], normalization: batch}"),
    ]
  ) { facts, report in
    guard facts.isWritten("model.layers"), let graph = facts.graph else { return }
    let users = graph.users
    let layers = facts.weightedLayers.filter { layer in
      guard layer.activation == .linear, let bias = layer.bias, bias.count > 0,
        users[layer.id].count == 1,
        facts.isWritten(layer.path.key(layer.op.name).key("bias"))
      else { return false }
      return graph.nodes[users[layer.id][0]].op is BatchNorm
    }
    guard let first = layers.first else { return }
    let count = layers.reduce(0) { $0 + ($1.bias?.count ?? 0) }
    report.at(
      first.path, "batch normalisation takes the bias of the layer before it away",
      label: "\(counted(count, "parameter")) without effect"
        + (layers.count > 1 ? " in \(layers.count) layers" : ""),
      because: layers.dropFirst().map { ($0.path, "here too") },
      remedies: [
        Remedy(
          "leave the bias out",
          layers.map { facts.setting("bias", of: $0, to: .name("false")) })
      ])
  }
}

extension Graph.Node {
  /// The constants that its sums get; nil where it has none.
  fileprivate var bias: ParameterTensor? { parameters.first { $0.kind == .bias } }
}
