public import SpecSyntax
public import Tensors

/// `p ← p − rate · g`; with momentum `v ← momentum · v + g`, `p ← p − rate · v`; with Nesterov
/// `p ← p − rate · (g + momentum · v)`.
public struct SGD: Optimizer {
  public static let name = "sgd"
  public static let summary = "Steps along the gradient, with momentum if asked."
  public static let usualLearningRate = 0.01
  public static let stepLength = StepLength.gradient

  @Located public var momentum: Double
  @Located public var nesterov: Bool
  @Located public var weightDecay: Double

  public init(reading fields: inout FieldReader) {
    _momentum = fields.momentum(default: 0)
    _nesterov = fields.field(
      "nesterov", .boolean, default: false,
      doc: "Whether the momentum looks one step ahead.")
    _weightDecay = fields.penalty()
  }

  public init(momentum: Double = 0, nesterov: Bool = false, weightDecay: Double = 0) {
    _momentum = Located(wrappedValue: momentum)
    _nesterov = Located(wrappedValue: nesterov)
    _weightDecay = Located(wrappedValue: weightDecay)
  }

  /// Momentum makes the steps of a long way longer.
  public var usefulLearningRates: ClosedRange<Double> { 1e-4...(momentum > 0 ? 0.5 : 1) }
  public var slotCount: Int { momentum > 0 ? 1 : 0 }

  public func update(_ buffers: OptimizerBuffers, step: Int, rate: Float) {
    sgdUpdate(
      buffers, rate: rate, momentum: momentum, nesterov: nesterov, penalty: weightDecay)
  }
}
