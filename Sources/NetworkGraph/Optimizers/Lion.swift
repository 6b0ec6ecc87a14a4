public import SpecSyntax
public import Tensors

/// `p ← p − rate · sign(beta1 · m + (1 − beta1) · g)`, `m ← beta2 · m + (1 − beta2) · g`
/// (Chen et al. 2023); weights also lose `rate · weight_decay` of themselves.
public struct Lion: Optimizer {
  public static let name = "lion"
  public static let summary = "Moves every parameter by one amount, along the sign of a mean."
  public static let usualLearningRate = 0.0001
  public static let isDecayDecoupled = true

  @Located public var beta1: Double
  @Located public var beta2: Double
  @Located public var weightDecay: Double

  public init(reading fields: inout FieldReader) {
    _beta1 = fields.beta("beta1", default: 0.9, doc: "The share of the mean gradient in the sign.")
    _beta2 = fields.beta("beta2", default: 0.99, doc: "How slowly the mean gradient is forgotten.")
    _weightDecay = fields.decoupledDecay(default: 0)
  }

  public init(beta1: Double = 0.9, beta2: Double = 0.99, weightDecay: Double = 0) {
    _beta1 = Located(wrappedValue: beta1)
    _beta2 = Located(wrappedValue: beta2)
    _weightDecay = Located(wrappedValue: weightDecay)
  }

  public var slotCount: Int { 1 }

  public func update(_ buffers: OptimizerBuffers, step: Int, rate: Float) {
    lionUpdate(
      buffers, rate: rate, beta1: beta1, beta2: beta2, decay: Double(rate) * weightDecay)
  }
}
