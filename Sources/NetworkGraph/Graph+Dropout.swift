import Tensors

extension Graph {
  /// The same network, none of whose values are left out in training.
  public var withoutDropout: Graph {
    Graph(
      inputShape: inputShape,
      nodes: nodes.map { node in
        guard node.op is Dropout || node.op is AlphaDropout else { return node }
        return Node(
          id: node.id, name: node.name, op: Dropout(rate: 0), inputs: node.inputs,
          inputShapes: node.inputShapes, outputShape: node.outputShape, range: node.range,
          path: node.path)
      })
  }

  /// The least number of values that a layer of trained weights gives to the next; nil where only
  /// the output has weights.
  public var narrowestHiddenWidth: Int? {
    nodes.dropLast().filter { $0.op is any WeightedOp && $0.parameterCount > 0 }
      .map(\.outputShape.count).min()
  }
}
