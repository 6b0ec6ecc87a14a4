public import SpecSyntax
public import Tensors

/// `s ← s + g²`, `p ← p − rate · g / (√s + ε)` (Duchi et al. 2011).
public struct Adagrad: Optimizer {
  public static let name = "adagrad"
  public static let summary =
    "Slows down most where gradients have summed up most: for rare features."
  public static let usualLearningRate = 0.01
  public static let stepLength = StepLength.history

  @Located public var initialAccumulator: Double
  @Located public var epsilon: Double
  @Located public var weightDecay: Double

  public init(reading fields: inout FieldReader) {
    _initialAccumulator = fields.field(
      "initial_accumulator", .nonNegative, default: 0,
      doc: "What the sum of squares starts at; more makes the first steps shorter.")
    _epsilon = fields.epsilon(default: 1e-10)
    _weightDecay = fields.penalty()
  }

  public init(initialAccumulator: Double = 0, epsilon: Double = 1e-10, weightDecay: Double = 0) {
    _initialAccumulator = Located(wrappedValue: initialAccumulator)
    _epsilon = Located(wrappedValue: epsilon)
    _weightDecay = Located(wrappedValue: weightDecay)
  }

  public var slotCount: Int { 1 }

  public func update(_ buffers: OptimizerBuffers, step: Int, rate: Float) {
    if step == 1, initialAccumulator > 0 { buffers.slots[0].fill(Float(initialAccumulator)) }
    adagradUpdate(buffers, rate: rate, epsilon: epsilon, penalty: weightDecay)
  }
}
