import NetworkGraph
import SpecSyntax
import Tensors

extension Rule {
  static let convolutionHeadTooLarge = Rule(
    code: "A216", name: "cnn-shape-problems",
    title: "the dense layer after the convolutions has nearly all parameters",
    needs: [.graph], evidence: .mechanical,
    rationale: """
      A dense layer on a flattened image of many channels has a weight for each position, channel \
      and unit; it easily dwarfs the convolutions and learns the training images by heart. The \
      mean of each channel keeps what was found and drops where. Reported when that layer has \
      more than 80 % and more than 100,000 of the parameters; both limits are proposals. Windows \
      that no longer fit into what pooling has left cannot be computed and are refused (G102).
      """,
    source: """
      Shape arithmetic; Lin et al. 2014, Network in Network (from memory); Karpathy 2019, \
      "smaller model size".
      """,
    failsWhen: """
      Position matters for the label (board games, aligned scans): the mean over positions then \
      loses what is needed.
      """,
    examples: [
      .fires(
        """
        data: {shape: [1, 28, 28]}
        model:
          layers:
            - conv2d: {filters: 32, padding: same, activation: relu}
            - max_pool2d: 2
            - conv2d: {filters: 64, padding: same, activation: relu}
            - max_pool2d: 2
            - flatten   #! A216
            - dense: {units: 128, activation: relu}
        """, on: ExampleTable(rows: 10_000, inputs: 784, classes: 10),
        fixed: """
          data: {shape: [1, 28, 28]}
          model:
            layers:
              - conv2d: {filters: 32, padding: same, activation: relu}
              - max_pool2d: 2
              - conv2d: {filters: 64, padding: same, activation: relu}
              - max_pool2d: 2
              - global_average_pool
              - dense: {units: 128, activation: relu}
          """),
      .silent(
        """
        data: {shape: [1, 8, 8]}
        model:
          layers:
            - conv2d: {filters: 16, padding: same, activation: relu}
            - max_pool2d: 2
            - flatten
            - dense: {units: 64, activation: relu}
        """, on: ExampleTable(inputs: 64, classes: 10)),
      .refused(
        "G102",
        """
        data: {shape: [1, 28, 28]}
        model:
          layers:
            - conv2d: {filters: 8, padding: same, activation: relu}
            - max_pool2d: 2
            - max_pool2d: 2
            - max_pool2d: 2
            - max_pool2d: 2
            - max_pool2d: 2
        """, on: ExampleTable(inputs: 784, classes: 10)),
    ]
  ) { facts, report in
    guard facts.isWritten("model.layers"), let graph = facts.graph,
      graph.nodes.contains(where: { $0.op is any ConvolutionOp })
    else { return }
    let users = graph.users
    for flatten in graph.nodes where flatten.op is Flatten && flatten.inputShapes[0].rank > 1 {
      guard let dense = graph.layer(after: flatten, users) else { continue }
      let share = Double(dense.parameterCount) / Double(max(1, graph.parameterCount))
      guard share > 0.8, dense.parameterCount > 100_000 else { continue }
      report.at(
        flatten.path,
        """
        the dense layer after it has \(dense.parameterCount) of \(graph.parameterCount) \
        parameters: \(percentText(share))
        """,
        label: "\(flatten.outputShape.count) values",
        remedies: [
          .set(flatten.path, .name(GlobalAveragePool.name), "take the mean of each channel"),
          .words("or pool once more before it, or make the dense layer narrower"),
        ])
    }
  }
}

extension Graph {
  /// The layer with weights that an operation leads into alone.
  fileprivate func layer(after start: Node, _ users: [[Node.ID]]) -> Node? {
    var node = start
    while users[node.id].count == 1 {
      node = nodes[users[node.id][0]]
      if node.hasWeights { return node }
    }
    return nil
  }
}
