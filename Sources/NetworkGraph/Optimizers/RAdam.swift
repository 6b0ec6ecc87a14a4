public import SpecSyntax
public import Tensors

/// Adam that steps by the mean gradient alone until the mean square has seen enough to be trusted
/// (Liu et al. 2020): a warm-up without a length to choose.
///
/// `ρ = 2 / (1 − β₂) − 1`, `ρₜ = ρ − 2t·β₂ᵗ / (1 − β₂ᵗ)`; above 5 the step is Adam’s times
/// `√((ρₜ − 4)(ρₜ − 2)ρ / ((ρ − 4)(ρ − 2)ρₜ))`, as in PyTorch.
public struct RAdam: Optimizer {
  public static let name = "radam"
  public static let summary =
    "Adam that warms up by itself while its mean squares are still uncertain."
  public static let usualLearningRate = 0.001

  @Located public var beta1: Double
  @Located public var beta2: Double
  @Located public var epsilon: Double
  @Located public var weightDecay: Double

  public init(reading fields: inout FieldReader) {
    _beta1 = fields.beta("beta1", default: 0.9, doc: "How slowly the mean gradient is forgotten.")
    _beta2 = fields.beta("beta2", default: 0.999, doc: "How slowly its mean square is forgotten.")
    _epsilon = fields.epsilon(default: 1e-8)
    _weightDecay = fields.penalty()
  }

  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    _beta1 = Located(wrappedValue: beta1)
    _beta2 = Located(wrappedValue: beta2)
    _epsilon = Located(wrappedValue: epsilon)
    _weightDecay = Located(wrappedValue: weightDecay)
  }

  public var slotCount: Int { 2 }

  public func update(_ buffers: OptimizerBuffers, step: Int, rate: Float) {
    let (power1, power2) = (power(beta1, step), power(beta2, step))
    let rate = Double(rate) / (1 - power1)
    let longest = 2 / (1 - beta2) - 1
    let length = longest - 2 * Double(step) * power2 / (1 - power2)
    // Without a root in the denominator the step is along the mean gradient.
    var constants = AdamConstants(
      rate: rate, rootFactor: 0, epsilon: 1, beta1: beta1, beta2: beta2)
    if length > 5 {
      let above = (length - 4) * (length - 2) * longest
      let below = (longest - 4) * (longest - 2) * length
      constants = AdamConstants(
        rate: rate * (above / below * (1 - power2)).squareRoot(), epsilon: epsilon, beta1: beta1,
        beta2: beta2)
    }
    adamUpdate(buffers, constants, penalty: weightDecay)
  }
}
