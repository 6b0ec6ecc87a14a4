public import SpecSyntax
public import Tensors

/// Adam with Nesterov's look ahead (Dozat 2016), whose share of the mean gradient at step `t` is
/// `µₜ = beta1 · (1 − ½ · 0.96^(t · momentum_decay))`.
public struct NAdam: Optimizer {
  public static let name = "nadam"
  public static let summary = "Adam with a momentum that looks one step ahead."
  public static let usualLearningRate = 0.002

  @Located public var beta1: Double
  @Located public var beta2: Double
  @Located public var epsilon: Double
  @Located public var momentumDecay: Double
  @Located public var weightDecay: Double

  public init(reading fields: inout FieldReader) {
    _beta1 = fields.beta("beta1", default: 0.9, doc: "How slowly the mean gradient is forgotten.")
    _beta2 = fields.beta("beta2", default: 0.999, doc: "How slowly its mean square is forgotten.")
    _epsilon = fields.epsilon(default: 1e-8)
    _momentumDecay = fields.field(
      "momentum_decay", .nonNegative, default: 0.004,
      doc: "How fast the momentum grows from half of `beta1` to the whole.")
    _weightDecay = fields.penalty()
  }

  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    momentumDecay: Double = 0.004, weightDecay: Double = 0
  ) {
    _beta1 = Located(wrappedValue: beta1)
    _beta2 = Located(wrappedValue: beta2)
    _epsilon = Located(wrappedValue: epsilon)
    _momentumDecay = Located(wrappedValue: momentumDecay)
    _weightDecay = Located(wrappedValue: weightDecay)
  }

  public var slotCount: Int { 2 }

  public func update(_ buffers: OptimizerBuffers, step: Int, rate: Float) {
    let (share, product) = momentum(at: step)
    let next = self.share(at: step + 1)
    let root = (1 - power(beta2, step)).squareRoot()
    let constants = AdamConstants(
      rate: Double(rate) * root * next / (1 - product * next),
      gradientRate: Double(rate) * root * (1 - share) / (1 - product), epsilon: epsilon * root,
      beta1: beta1, beta2: beta2)
    adamUpdate(buffers, constants, penalty: weightDecay)
  }

  /// `µ` of a step.
  private func share(at step: Int) -> Double {
    beta1 * (1 - 0.5 * exponential(Double(step) * momentumDecay * naturalLogarithm(0.96)))
  }

  /// `µ` of a step and the product of all until then.
  private func momentum(at step: Int) -> (share: Double, product: Double) {
    let rest = exponential(momentumDecay * naturalLogarithm(0.96))
    var (half, product) = (0.5, 1.0)
    for _ in 1...step {
      half *= rest
      product *= beta1 * (1 - half)
      // Beside 1 so small a product is nothing: the loop ends however many steps there were.
      if product < 1e-20 { break }
    }
    return (share(at: step), product)
  }
}
