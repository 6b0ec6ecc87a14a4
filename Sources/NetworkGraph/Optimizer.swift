public import SpecSyntax
public import Tensors

/// How gradients change parameters.
public protocol Optimizer: Sendable {
  /// The name in a spec: `adamw`.
  static var name: String { get }
  /// One sentence on what it does and when to use it.
  static var summary: String { get }
  /// The learning rate that usually works.
  static var usualLearningRate: Double { get }
  init(reading fields: inout FieldReader)

  /// How many numbers it remembers per parameter.
  var slotCount: Int { get }
  /// How strongly weights are drawn to 0; biases and normalisations never are.
  var weightDecay: Double { get }
  /// Takes one step; `step` counts from 1.
  func update(_ buffers: OptimizerBuffers, step: Int, rate: Float)
}

extension Optimizer {
  /// The optimiser's name in a spec.
  public var name: String { Self.name }
}

/// All parameters of a network and what belongs to them, in flat buffers of one size.
public struct OptimizerBuffers {
  public let parameters: View
  /// The optimiser may spoil them.
  public let gradients: View
  public let slots: [View]
  /// 1 for parameters that decay, 0 for others; nil if nothing decays.
  public let decayMask: View?

  public init(parameters: View, gradients: View, slots: [View], decayMask: View? = nil) {
    self.parameters = parameters
    self.gradients = gradients
    self.slots = slots
    self.decayMask = decayMask
  }
}

extension FieldReader {
  /// The field that all optimisers have.
  mutating func weightDecay(default value: Double, doc: String) -> Located<Double> {
    field("weight_decay", .nonNegative, default: value, doc: doc)
  }

  /// A field of adam's family: how slowly an average forgets.
  mutating func beta(_ name: String, default value: Double, doc: String) -> Located<Double> {
    field(name, .fraction, default: value, doc: doc)
  }
}
