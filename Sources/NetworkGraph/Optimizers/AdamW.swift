public import SpecSyntax
import Tensors

/// Adam whose weights also lose `rate · weight_decay` of themselves at each step
/// (Loshchilov and Hutter 2019).
public struct AdamW: Optimizer {
  public static let name = "adamw"
  public static let summary = "Adam with weight decay that the gradient's scale does not change."
  public static let usualLearningRate = 0.001

  @Located public var beta1: Double
  @Located public var beta2: Double
  @Located public var epsilon: Double
  @Located public var weightDecay: Double

  public init(reading fields: inout FieldReader) {
    _beta1 = fields.beta("beta1", default: 0.9, doc: "How slowly the mean gradient is forgotten.")
    _beta2 = fields.beta("beta2", default: 0.999, doc: "How slowly its mean square is forgotten.")
    _epsilon = fields.field(
      "epsilon", .positive, default: 1e-8, doc: "Keeps steps finite where gradients vanish.")
    _weightDecay = fields.weightDecay(
      default: 0.01, doc: "The share of a weight, times the rate, that is lost at each step.")
  }

  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01
  ) {
    _beta1 = Located(wrappedValue: beta1)
    _beta2 = Located(wrappedValue: beta2)
    _epsilon = Located(wrappedValue: epsilon)
    _weightDecay = Located(wrappedValue: weightDecay)
  }

  public var slotCount: Int { 2 }

  public func update(_ buffers: OptimizerBuffers, step: Int, rate: Float) {
    adamUpdate(
      parameters: buffers.parameters, gradients: buffers.gradients, first: buffers.slots[0],
      second: buffers.slots[1], rate: rate, beta1: Float(beta1), beta2: Float(beta2),
      epsilon: Float(epsilon), step: step, decay: Float(weightDecay),
      decayMask: buffers.decayMask)
  }
}
