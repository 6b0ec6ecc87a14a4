import Tensors

extension ONNXGraph {
  /// An activation in operators of opset 17; what has no operator there is written out.
  mutating func activation(_ activation: Activation, of x: String) -> String {
    switch activation {
    case .linear: x
    case .relu: add("Relu", [x])
    case .leakyRelu(let slope): add("LeakyRelu", [x], [.float("alpha", slope)])
    case .elu(let alpha): add("Elu", [x], [.float("alpha", alpha)])
    case .selu: add("Selu", [x])
    case .gelu: gelu(x)
    case .silu: add("Mul", [x, add("Sigmoid", [x])])
    case .mish: add("Mul", [x, add("Tanh", [add("Softplus", [x])])])
    case .softplus: add("Softplus", [x])
    case .tanh: add("Tanh", [x])
    case .sigmoid: add("Sigmoid", [x])
    case .hardSigmoid: hardSigmoid(x)
    case .hardSwish: add("Mul", [x, hardSigmoid(x)])
    case .hardTanh: clip(x, -1, 1)
    case .relu6: clip(x, 0, 6)
    }
  }

  /// `x · (1 + erf(x / √2)) / 2`; the operator `Gelu` exists from opset 20.
  private mutating func gelu(_ x: String) -> String {
    let root = add("Mul", [x, single(Float(0.5).squareRoot())])
    let share = add("Add", [add("Erf", [root]), single(1)])
    return add("Mul", [add("Mul", [x, single(0.5)]), share])
  }

  private mutating func hardSigmoid(_ x: String) -> String {
    add("HardSigmoid", [x], [.float("alpha", 1 / 6), .float("beta", 0.5)])
  }

  private mutating func clip(_ x: String, _ low: Float, _ high: Float) -> String {
    add("Clip", [x, single(low), single(high)])
  }

  /// A float without a shape.
  mutating func single(_ value: Float) -> String { constant([value], shape: []) }
}
