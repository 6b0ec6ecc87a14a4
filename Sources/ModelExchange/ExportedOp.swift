import NetworkGraph
import Tensors

/// An operation that can be written for other programs: what each of them calls it.
///
/// Every operation is one, or has a line in `notExportable` of the tests with the reason.
protocol ExportedOp: Op {
  /// Adds what computes the operation; gives the name of its output.
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) throws(ExportError) -> String
  /// The expression that computes the operation, after declaring the layers it needs.
  func pytorch(_ node: ExportedNode, in module: inout PythonModule) throws(ExportError) -> String
}

/// An operation of a graph with its inputs by the names that a format gave them.
struct ExportedNode {
  let node: Graph.Node
  let inputs: [String]
  /// The tensors of the node by their own names: `weight`.
  let tensors: [String: SafeTensors.Tensor]

  /// The only or the first input.
  var input: String { inputs[0] }
  var inputShape: Shape { node.inputShapes[0] }
  var outputShape: Shape { node.outputShape }

  /// A tensor that the operation declares.
  func tensor(_ name: String) -> SafeTensors.Tensor {
    guard let tensor = tensors[name] else {
      preconditionFailure("`\(node.name)` has no tensor `\(name)`")
    }
    return tensor
  }
}

extension TrainedModel {
  /// Goes through the operations in order; `body` gives the name of what each computes.
  ///
  /// - Parameter input: the name of the network's input.
  /// - Returns: the name of the network's output.
  func forEachOp(
    from input: String, format: String,
    _ body: (any ExportedOp, ExportedNode) throws(ExportError) -> String
  ) throws(ExportError) -> String {
    var byNode: [String: [String: SafeTensors.Tensor]] = [:]
    for tensor in tensors {
      guard let dot = tensor.name.lastIndex(of: ".") else { continue }
      let own = String(tensor.name[tensor.name.index(after: dot)...])
      byNode[String(tensor.name[..<dot]), default: [:]][own] = tensor
    }
    var names: [String] = []
    for node in graph.nodes {
      guard let op = node.op as? any ExportedOp else {
        throw .untranslated(node, format: format)
      }
      let inputs = node.inputs.map { source in
        switch source {
        case .input: input
        case .node(let id): names[id]
        }
      }
      names.append(
        try body(
          op, ExportedNode(node: node, inputs: inputs, tensors: byNode[node.name] ?? [:])))
    }
    return names[graph.output.id]
  }
}
