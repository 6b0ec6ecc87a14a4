public import SpecSyntax
public import Tensors

/// An operation that applies one function to every number.
public protocol ActivationOp: Op {
  /// The function, with its parameter if it has one.
  var activation: Activation { get }
}

extension ActivationOp {
  public static var samples: [OpSample] {
    [OpSample(inputs: [5]), OpSample(inputs: [2, 3, 3])]
  }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape { inputs[0] }

  public func flops(for inputs: [Shape]) -> Int {
    activation == .linear ? 0 : inputs[0].count
  }

  public var backwardReads: BackwardReads { activation.gradientNeedsInput ? .inputs : .output }
  public var worksInPlace: Bool { !activation.gradientNeedsInput }

  public func forward(_ io: Buffers) {
    activate(activation, input: io.inputs[0], output: io.output, workers: io.workers)
  }

  public func backward(_ io: Buffers) {
    guard let inputGradient = io.inputGradients[0].matrix else { return }
    activateBackward(
      activation, input: io.inputs[0], output: io.output, outputGradient: io.outputGradient,
      inputGradient: inputGradient, accumulate: io.inputGradients[0].accumulates,
      workers: io.workers)
  }
}

extension FieldType where Value == Activation {
  /// An activation by its name, its parameter at the default.
  public static var activation: FieldType { Ops.activationType }
}

extension Ops {
  fileprivate static let activationType: FieldType<Activation> = {
    let linear = (name: "linear", value: Activation.linear, doc: "Changes nothing.")
    return .choice([linear] + activations.map { choice(of: $0) })
  }()

  private static func choice<Member: ActivationOp>(
    of type: Member.Type
  ) -> (name: String, value: Activation, doc: String) {
    let defaults = Variant(Member.name, summary: Member.summary) { Member(reading: &$0) }
    return (Member.name, defaults.atDefaults.activation, Member.summary)
  }
}

extension Activation {
  /// The function's name in a spec: `leaky_relu`.
  public var name: String {
    switch self {
    case .linear: "linear"
    case .relu: ReLU.name
    case .leakyRelu: LeakyReLU.name
    case .elu: ELU.name
    case .selu: SELU.name
    case .gelu: GELU.name
    case .silu: SiLU.name
    case .mish: Mish.name
    case .softplus: Softplus.name
    case .tanh: Tanh.name
    case .sigmoid: Sigmoid.name
    case .hardSigmoid: HardSigmoid.name
    case .hardSwish: HardSwish.name
    case .hardTanh: HardTanh.name
    case .relu6: ReLU6.name
    }
  }
}

extension Op {
  /// The operation with the function that it applies itself: `dense + relu`.
  public var words: String {
    let activation =
      (self as? any WeightedOp)?.activation ?? (self as? GroupedDense)?.activation ?? .linear
    if let activate = self as? Activate { return activate.activation.name }
    return activation == .linear ? name : "\(name) + \(activation.name)"
  }
}
