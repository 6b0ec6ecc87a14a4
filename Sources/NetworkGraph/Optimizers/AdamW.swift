public import SpecSyntax
public import Tensors

/// Adam whose weights also lose `rate · weight_decay` of themselves at each step
/// (Loshchilov and Hutter 2019).
public struct AdamW: Optimizer {
  public static let name = "adamw"
  public static let summary = "Adam with weight decay that the gradient's scale does not change."
  public static let usualLearningRate = 0.001
  public static let isDecayDecoupled = true

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
    _weightDecay = fields.decoupledDecay(default: 0.01)
  }

  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, amsgrad: Bool = false,
    weightDecay: Double = 0.01
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
      decay: Double(rate) * weightDecay)
  }
}
