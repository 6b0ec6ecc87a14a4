import NetworkGraph
import Tensors

extension BatchNorm: ExportedOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    let tensors = ["scale", "shift", "running_mean", "running_variance"].map {
      graph.constant(node.tensor($0))
    }
    return graph.add(
      "BatchNormalization", [node.input] + tensors, [.float("epsilon", Float(epsilon))])
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    let axes = max(1, node.inputShape.rank - 1)
    let features = node.inputShape.sizes.first ?? 1
    let layer = module.layer(
      node,
      "nn.BatchNorm\(axes)d(\(features), eps=\(epsilon), momentum=\(momentum))",
      [
        "weight": node.tensor("scale"), "bias": node.tensor("shift"),
        "running_mean": node.tensor("running_mean"),
        "running_var": node.tensor("running_variance"),
      ])
    return "\(layer)(\(node.input))"
  }
}

extension LayerNorm: ExportedOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    let shape = node.inputShape.sizes
    return graph.add(
      "LayerNormalization",
      [
        node.input, graph.constant(node.tensor("scale"), shape: shape),
        graph.constant(node.tensor("shift"), shape: shape),
      ], [.integer("axis", 1), .float("epsilon", Float(epsilon))])
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    let shape = node.inputShape.sizes
    func shaped(_ name: String) -> SafeTensors.Tensor {
      SafeTensors.Tensor(name: name, shape: shape, values: node.tensor(name).values)
    }
    let layer = module.layer(
      node, "nn.LayerNorm(\(python(shape)), eps=\(epsilon))",
      ["weight": shaped("scale"), "bias": shaped("shift")])
    return "\(layer)(\(node.input))"
  }
}

extension GroupNorm: ExportedOp {
  /// Each group as one channel; the operator `GroupNormalization` has a scale and shift for each
  /// channel only from opset 21.
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    let shape = node.inputShape.sizes
    let grouped = graph.reshape(node.input, to: [groups, node.inputShape.count / groups])
    let ones = graph.constant(Array(repeating: 1, count: groups), shape: [groups])
    let zeros = graph.constant(Array(repeating: 0, count: groups), shape: [groups])
    let normal = graph.add(
      "InstanceNormalization", [grouped, ones, zeros], [.float("epsilon", Float(epsilon))])
    let channels = [shape[0]] + shape.dropFirst().map { _ in 1 }
    let scale = graph.constant(node.tensor("scale"), shape: channels)
    let shift = graph.constant(node.tensor("shift"), shape: channels)
    return graph.add(
      "Add", [graph.add("Mul", [graph.reshape(normal, to: shape), scale]), shift])
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    let layer = module.layer(
      node, "nn.GroupNorm(\(groups), \(node.inputShape.sizes[0]), eps=\(epsilon))",
      ["weight": node.tensor("scale"), "bias": node.tensor("shift")])
    return "\(layer)(\(node.input))"
  }
}
