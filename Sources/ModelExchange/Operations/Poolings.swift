import NetworkGraph
import Tensors

extension WindowPoolingOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    let axes = SlidingWindow.axes(of: windows, over: node)
    var attributes: [ONNXAttribute] = [
      .integers("kernel_shape", axes.map(\.axis.kernel)),
      .integers("strides", axes.map(\.axis.stride)),
      .integers("pads", axes.map(\.before) + axes.map(\.after)),
    ]
    guard Self.kind == .mean else { return graph.add("MaxPool", [node.input], attributes) }
    // Places around the input do not count.
    attributes.append(.integer("count_include_pad", 0))
    return graph.add("AveragePool", [node.input], attributes)
  }

  /// PyTorch pads both sides alike and at most by half a window; other borders are added before.
  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    let axes = SlidingWindow.axes(of: windows, over: node)
    let (size, stride) = (python(axes.map(\.axis.kernel)), python(axes.map(\.axis.stride)))
    let isPlain = axes.allSatisfy { $0.before == $0.after && 2 * $0.before <= $0.axis.kernel }
    let padding =
      isPlain && axes.contains { $0.before > 0 }
      ? ", padding=\(python(axes.map(\.before)))" : ""
    let rest = "\(size), stride=\(stride)\(padding)"
    guard Self.kind == .mean else {
      let input =
        isPlain ? node.input : SlidingWindow.padded(node.input, axes, value: "-math.inf")
      return "F.max_pool\(Self.axisCount)d(\(input), \(rest))"
    }
    let pool = "F.avg_pool\(Self.axisCount)d"
    guard isPlain else {
      let ones = "torch.ones_like(\(node.input))"
      return "\(pool)(\(SlidingWindow.padded(node.input, axes)), \(rest))"
        + " / \(pool)(\(SlidingWindow.padded(ones, axes)), \(rest))"
    }
    let counting = padding.isEmpty ? "" : ", count_include_pad=False"
    return "\(pool)(\(node.input), \(rest)\(counting))"
  }
}

extension GlobalPoolingOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    let type = Self.kind == .mean ? "GlobalAveragePool" : "GlobalMaxPool"
    return graph.reshape(graph.add(type, [node.input]), to: node.outputShape.sizes)
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    let flat = node.inputShape.rank == 2 ? node.input : "\(node.input).flatten(2)"
    return Self.kind == .mean ? "\(flat).mean(2)" : "\(flat).amax(2)"
  }
}

extension MaxPool1D: ExportedOp {}
extension MaxPool2D: ExportedOp {}
extension AveragePool1D: ExportedOp {}
extension AveragePool2D: ExportedOp {}
extension GlobalMaxPool: ExportedOp {}
extension GlobalAveragePool: ExportedOp {}
