public import SpecSyntax
public import Tensors

/// `v ← rho · v + (1 − rho) · g²`, `p ← p − rate · g / (√v + ε)` (Tieleman and Hinton 2012), or
/// with momentum a velocity of these steps.
///
/// `centered` takes the square of a mean gradient off `v` (Graves 2013). As in PyTorch, `ε` stands
/// outside the root.
public struct RMSprop: Optimizer {
  public static let name = "rmsprop"
  public static let summary = "Divides each step by the root of a running mean square."
  public static let usualLearningRate = 0.001

  @Located public var rho: Double
  @Located public var epsilon: Double
  @Located public var momentum: Double
  @Located public var centered: Bool
  @Located public var weightDecay: Double

  public init(reading fields: inout FieldReader) {
    _rho = fields.beta("rho", default: 0.99, doc: "How slowly the mean square is forgotten.")
    _epsilon = fields.epsilon(default: 1e-8)
    _momentum = fields.momentum(default: 0)
    _centered = fields.field(
      "centered", .boolean, default: false,
      doc: "Whether the variance of the gradient takes the place of its mean square.")
    _weightDecay = fields.penalty()
  }

  public init(
    rho: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0, centered: Bool = false,
    weightDecay: Double = 0
  ) {
    _rho = Located(wrappedValue: rho)
    _epsilon = Located(wrappedValue: epsilon)
    _momentum = Located(wrappedValue: momentum)
    _centered = Located(wrappedValue: centered)
    _weightDecay = Located(wrappedValue: weightDecay)
  }

  public var slotCount: Int { 1 + (momentum > 0 ? 1 : 0) + (centered ? 1 : 0) }

  public func update(_ buffers: OptimizerBuffers, step: Int, rate: Float) {
    rmspropUpdate(
      buffers, rate: rate, rho: rho, epsilon: epsilon, momentum: momentum, centred: centered,
      penalty: weightDecay)
  }
}
