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
