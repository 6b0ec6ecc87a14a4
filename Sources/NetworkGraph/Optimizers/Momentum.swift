public import SpecSyntax
public import Tensors

/// `v ← momentum · v + g`, `p ← p − rate · v` (Polyak 1964): `sgd` with momentum.
public struct Momentum: Optimizer {
  public static let name = "momentum"
  public static let summary =
    "Gradient descent that keeps most of its last step, like a heavy ball."
  public static let usualLearningRate = 0.01
  public static let stepLength = StepLength.gradient

  @Located public var momentum: Double
  @Located public var weightDecay: Double

  public init(reading fields: inout FieldReader) {
    _momentum = fields.momentum(default: 0.9)
    _weightDecay = fields.penalty()
  }

  public init(momentum: Double = 0.9, weightDecay: Double = 0) {
    _momentum = Located(wrappedValue: momentum)
    _weightDecay = Located(wrappedValue: weightDecay)
  }

  /// Momentum makes the steps of a long way longer.
  public var usefulLearningRates: ClosedRange<Double> { 1e-4...(momentum > 0 ? 0.5 : 1) }
  public var slotCount: Int { momentum > 0 ? 1 : 0 }

  public func update(_ buffers: OptimizerBuffers, step: Int, rate: Float) {
    sgdUpdate(buffers, rate: rate, momentum: momentum, penalty: weightDecay)
  }
}
