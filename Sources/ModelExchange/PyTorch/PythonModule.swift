import NetworkGraph
import Tensors

/// A class of PyTorch that is being written: its layers and the lines that compute it.
struct PythonModule {
  /// The lines that declare layers.
  private(set) var declarations: [String] = []
  /// The lines that compute them.
  private(set) var lines: [String] = []
  /// The weights by the names that the class has for them.
  private(set) var tensors: [SafeTensors.Tensor] = []
  private(set) var helpers: Set<PythonHelper> = []
  private var names = PythonNames()
  private var identifiers: [String: String] = [:]

  /// The network as a class that takes `x`.
  init(_ model: TrainedModel) throws(ExportError) {
    for node in model.graph.nodes {
      identifiers[node.name] = names.identifier(node.name)
    }
    var module = self
    let output = try model.forEachOp(from: "x", format: "PyTorch") {
      op, node throws(ExportError) in
      let expression = try op.pytorch(node, in: &module)
      let name = module.identifier(of: node)
      if node.node.id == model.graph.output.id { return expression }
      module.lines.append("\(name) = \(expression)")
      return name
    }
    module.lines.append("return \(output)")
    self = module
  }

  /// Declares a layer with its tensors; gives the expression that names it.
  mutating func layer(
    _ node: ExportedNode, _ construction: String, _ own: [String: SafeTensors.Tensor]
  ) -> String {
    let name = identifier(of: node)
    declarations.append("self.\(name) = \(construction)")
    for (key, tensor) in own.sorted(by: { $0.key < $1.key }) {
      tensors.append(
        SafeTensors.Tensor(name: "\(name).\(key)", shape: tensor.shape, values: tensor.values))
    }
    return "self.\(name)"
  }

  /// Declares a parameter that no layer of PyTorch has; gives the expression that names it.
  mutating func parameter(
    _ node: ExportedNode, _ name: String, _ tensor: SafeTensors.Tensor
  ) -> String {
    let own = names.identifier("\(identifier(of: node))_\(name)")
    let sizes = tensor.shape.map(String.init).joined(separator: ", ")
    declarations.append("self.\(own) = nn.Parameter(torch.empty(\(sizes)))")
    tensors.append(SafeTensors.Tensor(name: own, shape: tensor.shape, values: tensor.values))
    return "self.\(own)"
  }

  /// Asks for a function beside the class.
  mutating func need(_ helper: PythonHelper) { helpers.insert(helper) }

  func activation(_ activation: Activation, of x: String) -> String {
    switch activation {
    case .linear: x
    case .relu: "F.relu(\(x))"
    case .leakyRelu(let slope): "F.leaky_relu(\(x), \(slope))"
    case .elu(let alpha): "F.elu(\(x), \(alpha))"
    case .selu: "F.selu(\(x))"
    case .gelu: "F.gelu(\(x))"
    case .silu: "F.silu(\(x))"
    case .mish: "F.mish(\(x))"
    case .softplus: "F.softplus(\(x))"
    case .tanh: "torch.tanh(\(x))"
    case .sigmoid: "torch.sigmoid(\(x))"
    case .hardSigmoid: "F.hardsigmoid(\(x))"
    case .hardSwish: "F.hardswish(\(x))"
    case .hardTanh: "F.hardtanh(\(x))"
    case .relu6: "F.relu6(\(x))"
    }
  }

  private func identifier(of node: ExportedNode) -> String {
    identifiers[node.node.name] ?? node.node.name
  }
}
