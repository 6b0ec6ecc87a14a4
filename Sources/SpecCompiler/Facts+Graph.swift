import NetworkGraph
import SpecSyntax
import Tensors

extension Facts {
  /// The layers with weights between the inputs and the output layer, in the order of the graph.
  var weightedLayers: [Graph.Node] {
    guard let graph else { return [] }
    return graph.nodes.filter { $0.isHidden(in: graph) && $0.hasWeights }
  }

  /// Where the initialiser of a layer stands: one for all of a stack, or the layer's own.
  func initializerPath(of layer: Graph.Node) -> SpecPath {
    spec.model.layers == nil
      ? "model.initializer" : layer.path.key(layer.op.name).key("initializer")
  }

  /// The setting that gives a field of an operation of `layers` a value; a bare word or width
  /// becomes a mapping.
  func setting(
    _ field: String, of layer: Graph.Node, to value: PlainValue
  ) -> (path: SpecPath, value: PlainValue) {
    let path = layer.path.key(layer.op.name)
    guard let shorthand = type(of: layer.op).shorthand, let text = tree.root.at(path)?.scalar?.text
    else { return (path.key(field), value) }
    return (path, .map([.init(shorthand, .scalar(text)), .init(field, value)]))
  }
}

extension Graph {
  /// For each node, the nodes that take what it gives.
  var users: [[Node.ID]] {
    var users = [[Node.ID]](repeating: [], count: nodes.count)
    for node in nodes {
      for case .node(let id) in node.inputs { users[id].append(node.id) }
    }
    return users
  }

  /// How many layers with weights lie in a row before each node's result: the most on any way,
  /// counted anew after a normalisation or where ways join, which both keep the signal's size.
  ///
  /// - Parameter counts: whether a layer adds to the row; one that does not ends it.
  func rows(where counts: (Node) -> Bool) -> [Int] {
    var rows = [Int](repeating: 0, count: nodes.count)
    for node in nodes where !node.normalizes && node.inputs.count < 2 {
      if node.hasWeights, !counts(node) || !node.isHidden(in: self) { continue }
      let before = node.inputs.map { if case .node(let id) = $0 { rows[id] } else { 0 } }
      rows[node.id] = (before.max() ?? 0) + (node.hasWeights ? 1 : 0)
    }
    return rows
  }

  /// The function that a layer's sums go through: its own, or the next one's.
  func activation(after node: Node, _ users: [[Node.ID]]) -> Activation {
    var node = node
    while true {
      if let own = node.activation, own != .linear { return own }
      guard users[node.id].count == 1 else { return .linear }
      let next = nodes[users[node.id][0]]
      guard !next.hasWeights, next.inputs.count == 1 else { return .linear }
      node = next
    }
  }
}

extension Graph.Node {
  /// Whether it is part of what the author describes as the network, and not the output layer.
  func isHidden(in graph: Graph) -> Bool {
    id != graph.output.id && path.isWithin("model")
  }

  /// Whether it is a dense layer or a convolution.
  var hasWeights: Bool { op is any WeightedOp || op is GroupedDense }

  var normalizes: Bool { op is BatchNorm || op is LayerNorm || op is GroupNorm }

  /// The function that it applies to every number; nil for an operation without one.
  var activation: Activation? {
    if let op = op as? any WeightedOp { return op.activation }
    if let op = op as? GroupedDense { return op.activation }
    return (op as? any ActivationOp)?.activation
  }

  /// Units of a flat row, or channels of an image.
  var width: Int { outputShape.sizes.first ?? 1 }
}
