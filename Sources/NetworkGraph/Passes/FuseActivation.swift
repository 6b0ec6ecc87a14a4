extension Graph {
  /// The same network with every operation that can take over its only consumer's work doing so:
  /// a dense layer its activation.
  ///
  /// The merged node keeps the name of the first, and with it the names of its parameters.
  func fusingActivations() -> Graph {
    var useCounts = nodes.map { _ in 0 }
    for case .node(let id) in nodes.flatMap(\.inputs) { useCounts[id] += 1 }
    var newIDs: [Node.ID] = []
    var kept: [Node] = []
    for var node in nodes {
      if case .node(let id) = node.inputs.first, node.inputs.count == 1, useCounts[id] == 1,
        let op = kept[newIDs[id]].op.fused(with: node.op)
      {
        let producer = kept[newIDs[id]]
        kept[producer.id] = Node(
          id: producer.id, name: producer.name, op: op, inputs: producer.inputs,
          inputShapes: producer.inputShapes, outputShape: node.outputShape,
          range: producer.range, path: producer.path)
        newIDs.append(producer.id)
        continue
      }
      newIDs.append(kept.count)
      node.id = kept.count
      node.inputs = node.inputs.map { source in
        if case .node(let id) = source { .node(newIDs[id]) } else { source }
      }
      kept.append(node)
    }
    return Graph(inputShape: inputShape, nodes: kept)
  }
}
