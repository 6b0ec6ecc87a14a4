import NetworkGraph
import Tensors

extension Dense: ExportedOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    let weight = graph.constant(node.tensor("weight"))
    let bias = bias ? [graph.constant(node.tensor("bias"))] : []
    let sums = graph.add("Gemm", [node.input, weight] + bias, [.integer("transB", 1)])
    return graph.activation(activation, of: sums)
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    let bias = self.bias ? "" : ", bias=False"
    let layer = module.layer(
      node, "nn.Linear(\(node.inputShape.count), \(units)\(bias))",
      ["weight": node.tensor("weight")] + (self.bias ? ["bias": node.tensor("bias")] : [:]))
    return module.activation(activation, of: "\(layer)(\(node.input))")
  }
}

extension GroupedDense: ExportedOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    let inputs = node.inputShape.count / groups
    var x = graph.reshape(node.input, to: [groups, inputs])
    let weight = graph.constant(partWeights(node), shape: weightShape(node), name: "weights")
    if isShared {
      x = graph.add("MatMul", [x, weight])
    } else {
      let byPart = graph.add("Transpose", [x], [.integers("perm", [1, 0, 2])])
      let sums = graph.add("MatMul", [byPart, weight])
      x = graph.add("Transpose", [sums], [.integers("perm", [1, 0, 2])])
    }
    if bias {
      let shape = isShared ? [units] : [groups, units]
      x = graph.add("Add", [x, graph.constant(node.tensor("bias"), shape: shape)])
    }
    return graph.activation(activation, of: graph.reshape(x, to: [groups * units]))
  }

  /// The weights as a parameter, `[inputs, units]` for each part.
  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    let inputs = node.inputShape.count / groups
    let weight = module.parameter(
      node, "weight",
      SafeTensors.Tensor(name: "weight", shape: weightShape(node), values: partWeights(node)))
    let parts = "\(node.input).unflatten(1, (\(groups), \(inputs)))"
    var sums =
      isShared
      ? "\(parts) @ \(weight)" : "torch.einsum(\"ngi,giu->ngu\", \(parts), \(weight))"
    if bias {
      let tensor = node.tensor("bias")
      let shape = isShared ? [units] : [groups, units]
      let own = module.parameter(
        node, "bias", SafeTensors.Tensor(name: "bias", shape: shape, values: tensor.values))
      sums = "\(sums) + \(own)"
    }
    return module.activation(activation, of: "(\(sums)).flatten(1)")
  }

  private func weightShape(_ node: ExportedNode) -> [Int] {
    let inputs = node.inputShape.count / groups
    return isShared ? [inputs, units] : [groups, inputs, units]
  }

  /// From `[units, inputs]`, in which the inputs of all parts stand side by side.
  private func partWeights(_ node: ExportedNode) -> [Float] {
    let tensor = node.tensor("weight")
    let columns = tensor.shape[1]
    var values: [Float] = []
    values.reserveCapacity(tensor.values.count)
    for input in 0..<columns {
      for unit in 0..<units { values.append(tensor.values[unit * columns + input]) }
    }
    return values
  }
}

/// Adds entries whose keys are new.
func + <Value>(left: [String: Value], right: [String: Value]) -> [String: Value] {
  left.merging(right) { $1 }
}
