import NetworkGraph
import Tensors

extension Embedding: ExportedOp {
  /// −1 stands for no level; a row of zeros behind the table is what it finds there.
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    let tensor = node.tensor("weight")
    let table = graph.constant(
      tensor.values + Array(repeating: 0, count: size), shape: [levels + 1, size],
      name: tensor.name)
    let indices = graph.cast(node.input, to: .int64)
    let rows = graph.add("Gather", [table, indices], [.integer("axis", 0)])
    return graph.reshape(rows, to: [node.outputShape.count])
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    let layer = module.layer(
      node, "nn.Embedding(\(levels), \(size))", ["weight": node.tensor("weight")])
    module.need(.lookUp)
    return "look_up(\(layer), \(node.input))"
  }
}

extension Periodic: ExportedOp {
  /// Whole turns are taken off first, so that a cosine of a large number is exact.
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    let inputs = node.inputShape.count
    let x = graph.reshape(node.input, to: [inputs, 1])
    let own = graph.constant(node.tensor("frequencies"), shape: [inputs, frequencies])
    let turns = graph.add("Mul", [x, own])
    let part = graph.add("Sub", [turns, graph.add("Round", [turns])])
    let angle = graph.add("Mul", [part, graph.single(2 * .pi)])
    let both = graph.concatenate(
      [graph.add("Cos", [angle]), graph.add("Sin", [angle])], axis: 2)
    return graph.reshape(both, to: [node.outputShape.count])
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    let tensor = node.tensor("frequencies")
    let own = module.parameter(
      node, "frequencies",
      SafeTensors.Tensor(
        name: "frequencies", shape: [node.inputShape.count, frequencies], values: tensor.values))
    module.need(.periodic)
    return "periodic(\(node.input), \(own))"
  }
}
