import NetworkGraph
import Tensors

extension ConvolutionOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    let axes = SlidingWindow.axes(of: layer.windows, over: node)
    var inputs = [node.input, graph.constant(node.tensor("weight"))]
    if layer.bias { inputs.append(graph.constant(node.tensor("bias"))) }
    let sums = graph.add(
      "Conv", inputs,
      [
        .integers("kernel_shape", axes.map(\.axis.kernel)),
        .integers("strides", axes.map(\.axis.stride)),
        .integers("dilations", axes.map(\.axis.dilation)),
        .integers("pads", axes.map(\.before) + axes.map(\.after)),
        .integer("group", layer.groups),
      ])
    return graph.activation(activation, of: sums)
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    let axes = SlidingWindow.axes(of: layer.windows, over: node)
    let isEven = axes.allSatisfy { $0.before == $0.after }
    var settings = [
      "\(node.inputShape.sizes[0])", "\(layer.filters)",
      "kernel_size=\(python(axes.map(\.axis.kernel)))",
    ]
    func add(_ name: String, _ values: [Int], unless usual: Int) {
      if values.contains(where: { $0 != usual }) { settings.append("\(name)=\(python(values))") }
    }
    add("stride", axes.map(\.axis.stride), unless: 1)
    if isEven { add("padding", axes.map(\.before), unless: 0) }
    add("dilation", axes.map(\.axis.dilation), unless: 1)
    if layer.groups > 1 { settings.append("groups=\(layer.groups)") }
    if !layer.bias { settings.append("bias=False") }
    let own = module.layer(
      node, "nn.Conv\(Self.axisCount)d(\(settings.joined(separator: ", ")))",
      ["weight": node.tensor("weight")] + (layer.bias ? ["bias": node.tensor("bias")] : [:]))
    let input = isEven ? node.input : SlidingWindow.padded(node.input, axes)
    return module.activation(activation, of: "\(own)(\(input))")
  }
}

extension Conv1D: ExportedOp {}
extension Conv2D: ExportedOp {}

/// One axis of windows with the places that are added before and after the input.
struct SlidingWindow {
  let axis: WindowAxis
  var before: Int { axis.padding }
  /// What the last window needs; places that no window reaches are not added.
  var after: Int {
    max(0, (axis.output - 1) * axis.stride + axis.span - axis.input - axis.padding)
  }

  /// The axes of a layer's windows: the length of a series, or height and width.
  static func axes(of windows: Windows, over node: ExportedNode) -> [SlidingWindow] {
    let (height, width) = windows.checkedAxes(of: node.inputShape)
    let axes = node.inputShape.rank == 2 ? [width] : [height, width]
    return axes.map { SlidingWindow(axis: $0) }
  }

  /// An expression with a border around the last axes, the last of them first as PyTorch has it.
  static func padded(
    _ input: String, _ axes: [SlidingWindow], value: String? = nil
  ) -> String {
    let sizes = axes.reversed().map { "\($0.before), \($0.after)" }.joined(separator: ", ")
    let filling = value.map { ", value=\($0)" } ?? ""
    return "F.pad(\(input), (\(sizes))\(filling))"
  }
}
