import NetworkGraph
import Tensors

extension Add: ExportedOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    node.inputs.dropFirst().reduce(node.inputs[0]) { graph.add("Add", [$0, $1]) }
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    node.inputs.joined(separator: " + ")
  }
}

extension Multiply: ExportedOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    node.inputs.dropFirst().reduce(node.inputs[0]) { graph.add("Mul", [$0, $1]) }
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    node.inputs.joined(separator: " * ")
  }
}

extension Concat: ExportedOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    graph.concatenate(node.inputs)
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    "torch.cat([\(node.inputs.joined(separator: ", "))], dim=1)"
  }
}

extension Select: ExportedOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    graph.add(
      "Gather", [node.input, graph.constant(integers: positions ?? [])], [.integer("axis", 1)])
  }

  /// Neighbours as a slice, others by a list.
  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    let positions = positions ?? []
    let first = positions.first ?? 0
    let isRun = positions == Array(first..<(first + positions.count))
    let chosen =
      isRun
      ? "\(first):\(first + positions.count)"
      : "[\(positions.map(String.init).joined(separator: ", "))]"
    return "\(node.input)[:, \(chosen)]"
  }
}

extension Flatten: ExportedOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    graph.reshape(node.input, to: node.outputShape.sizes)
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    "\(node.input).flatten(1)"
  }
}

extension Reshape: ExportedOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    graph.reshape(node.input, to: node.outputShape.sizes)
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    let sizes = node.outputShape.sizes.map(String.init).joined(separator: ", ")
    return "\(node.input).reshape(-1, \(sizes))"
  }
}

extension Dropout: ExportedOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String { node.input }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    "F.dropout(\(node.input), \(rate), self.training)"
  }
}

extension AlphaDropout: ExportedOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String { node.input }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    "F.alpha_dropout(\(node.input), \(rate), self.training)"
  }
}
