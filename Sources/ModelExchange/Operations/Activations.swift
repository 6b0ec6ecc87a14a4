import NetworkGraph

extension ActivationOp {
  func onnx(_ node: ExportedNode, in graph: inout ONNXGraph) -> String {
    graph.activation(activation, of: node.input)
  }

  func pytorch(_ node: ExportedNode, in module: inout PythonModule) -> String {
    module.activation(activation, of: node.input)
  }
}

extension Activate: ExportedOp {}
extension ReLU: ExportedOp {}
extension LeakyReLU: ExportedOp {}
extension ELU: ExportedOp {}
extension SELU: ExportedOp {}
extension GELU: ExportedOp {}
extension SiLU: ExportedOp {}
extension Mish: ExportedOp {}
extension Softplus: ExportedOp {}
extension Tanh: ExportedOp {}
extension Sigmoid: ExportedOp {}
extension HardSigmoid: ExportedOp {}
extension HardSwish: ExportedOp {}
extension HardTanh: ExportedOp {}
extension ReLU6: ExportedOp {}
