public import SpecSyntax
public import Tensors

/// `v ← rho · v + (1 − rho) · g²`, `Δ = √(d + ε) / √(v + ε) · g`, `d ← rho · d + (1 − rho) · Δ²`,
/// `p ← p − rate · Δ` (Zeiler 2012).
public struct Adadelta: Optimizer {
  public static let name = "adadelta"
  public static let summary = "Finds the size of its steps from earlier ones; starts slowly."
  public static let usualLearningRate = 1.0
  public static let stepLength = StepLength.history

  @Located public var rho: Double
  @Located public var epsilon: Double
  @Located public var weightDecay: Double

  public init(reading fields: inout FieldReader) {
    _rho = fields.beta("rho", default: 0.9, doc: "How slowly the mean squares are forgotten.")
    _epsilon = fields.epsilon(default: 1e-6)
    _weightDecay = fields.penalty()
  }

  public init(rho: Double = 0.9, epsilon: Double = 1e-6, weightDecay: Double = 0) {
    _rho = Located(wrappedValue: rho)
    _epsilon = Located(wrappedValue: epsilon)
    _weightDecay = Located(wrappedValue: weightDecay)
  }

  public var slotCount: Int { 2 }

  public func update(_ buffers: OptimizerBuffers, step: Int, rate: Float) {
    adadeltaUpdate(buffers, rate: rate, rho: rho, epsilon: epsilon, penalty: weightDecay)
  }
}
