public import SpecSyntax
public import Tensors

/// Steps by the mean gradient over the root of its mean square, both corrected for their start at
/// 0 (Kingma and Ba 2015).
public struct Adam: Optimizer {
  public static let name = "adam"
  public static let summary = "Gives each parameter a step size of its own; a safe first choice."
  public static let usualLearningRate = 0.001

  @Located public var beta1: Double
  @Located public var beta2: Double
  @Located public var epsilon: Double
  @Located public var amsgrad: Bool
  @Located public var weightDecay: Double

  public init(reading fields: inout FieldReader) {
    _beta1 = fields.beta("beta1", default: 0.9, doc: "How slowly the mean gradient is forgotten.")
    _beta2 = fields.beta("beta2", default: 0.999, doc: "How slowly its mean square is forgotten.")
    _epsilon = fields.epsilon(default: 1e-8)
    _amsgrad = fields.amsgrad()
    _weightDecay = fields.weightDecay(
      default: 0,
      doc: "Adds this times the weight to its gradient, an L2 penalty; `adamw` decays better.")
  }

  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, amsgrad: Bool = false,
    weightDecay: Double = 0
  ) {
    _beta1 = Located(wrappedValue: beta1)
    _beta2 = Located(wrappedValue: beta2)
    _epsilon = Located(wrappedValue: epsilon)
    _amsgrad = Located(wrappedValue: amsgrad)
    _weightDecay = Located(wrappedValue: weightDecay)
  }

  public var slotCount: Int { amsgrad ? 3 : 2 }

  public func update(_ buffers: OptimizerBuffers, step: Int, rate: Float) {
    adamUpdate(
      buffers,
      .corrected(rate: Double(rate), beta1: beta1, beta2: beta2, epsilon: epsilon, step: step),
      penalty: weightDecay)
  }
}
