public import SpecSyntax
public import Tensors

/// Quasi-Newton steps: along minus the gradient times an inverse curvature that the last `history`
/// steps tell (Liu and Nocedal 1989), as far as a line search by the strong conditions of Wolfe
/// goes. The rate is the length it tries first.
public struct LBFGS: Optimizer {
  public static let name = "lbfgs"
  public static let summary =
    "Quasi-Newton steps over all rows with a line search: for small tables and networks."
  public static let usualLearningRate = 1.0
  public static let stepLength = StepLength.history
  public static let needsAllRows = true

  @Located public var history: Int
  @Located public var weightDecay: Double

  public init(reading fields: inout FieldReader) {
    _history = fields.field(
      "history", .integer(1...100), default: 10,
      doc: "Earlier steps that tell the curvature; each takes memory for two copies of the weights."
    )
    _weightDecay = fields.penalty()
  }

  public init(history: Int = 10, weightDecay: Double = 0) {
    _history = Located(wrappedValue: history)
    _weightDecay = Located(wrappedValue: weightDecay)
  }

  public var slotCount: Int { 2 * history + CurvatureMemory.extraSlots }

  /// Takes a step of a fixed length: the rate, or less before there is any curvature to know.
  public func update(_ buffers: OptimizerBuffers, step: Int, rate: Float) {
    let memory = CurvatureMemory(buffers, capacity: history)
    memory.addPair()
    let slope = memory.setDirection()
    memory.move(slope < 0 ? firstLength(buffers, memory, rate) : 0)
  }

  public func update(
    _ buffers: OptimizerBuffers, step: Int, rate: Float, loss: Double, evaluate: () -> Double
  ) {
    let memory = CurvatureMemory(buffers, capacity: history)
    memory.addPair()
    let slope = memory.setDirection()
    // Flatter than single precision can tell: the parameters are where they belong.
    guard slope < -1e-9 else { return memory.move(0) }
    let length = firstLength(buffers, memory, rate)
    let reach = sumOfSquares(memory.direction).squareRoot()
    var search = LineSearch(from: .init(length: 0, value: loss, slope: slope), reach: reach)
    let best = search.run(first: length) { length in
      memory.move(length)
      let value = evaluate()
      return .init(length: length, value: value, slope: dot(buffers.gradients, memory.direction))
    }
    memory.move(best.length)
    // A line without a lower point says that the pairs mislead.
    if best.length == 0 { memory.forget() }
  }

  /// The length tried first: without pairs a step changes all parameters by at most 1 together.
  private func firstLength(
    _ buffers: OptimizerBuffers, _ memory: CurvatureMemory, _ rate: Float
  ) -> Double {
    guard memory.count == 0 else { return Double(rate) }
    let gradient = OptimizerBuffers(
      parameters: buffers.gradients, gradients: buffers.gradients, slots: [])
    return Double(rate) * min(1, 1 / penaltySum(of: gradient, l1: 1, l2: 0))
  }
}
