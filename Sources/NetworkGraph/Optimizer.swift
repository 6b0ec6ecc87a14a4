public import SpecSyntax
public import Tensors

/// How gradients change parameters.
public protocol Optimizer: Sendable {
  /// The name in a spec: `adamw`.
  static var name: String { get }
  /// One sentence on what it does and when to use it.
  static var summary: String { get }
  /// The learning rate that usually works.
  static var usualLearningRate: Double { get }
  /// How long its steps are.
  static var stepLength: StepLength { get }
  /// Whether weight decay leaves the gradient alone, so that it shrinks all weights alike.
  static var isDecayDecoupled: Bool { get }
  /// Whether a step has to be made from all rows: the optimiser evaluates their loss several times.
  static var needsAllRows: Bool { get }
  init(reading fields: inout FieldReader)

  /// The rates between which training usually works: below it stalls, above it runs off.
  var usefulLearningRates: ClosedRange<Double> { get }
  /// How many numbers it remembers per parameter.
  var slotCount: Int { get }
  /// How strongly weights are drawn to 0; biases and normalisations never are.
  var weightDecay: Double { get }
  /// Takes one step; `step` counts from 1.
  func update(_ buffers: OptimizerBuffers, step: Int, rate: Float)
  /// Takes one step where the loss can be computed elsewhere: `loss` is that of the parameters as
  /// they are, `evaluate` gives the loss and sets the gradients of others put in their place.
  func update(
    _ buffers: OptimizerBuffers, step: Int, rate: Float, loss: Double, evaluate: () -> Double)
}

/// What the length of an optimiser's step goes by.
public enum StepLength: Sendable {
  /// The rate times the gradient, or a mean of gradients.
  case gradient
  /// About the rate for each parameter, however large its gradient.
  case rate
  /// What the optimiser has gathered in earlier steps.
  case history
}

extension Optimizer {
  public static var stepLength: StepLength { .rate }
  public static var isDecayDecoupled: Bool { false }
  /// From a hundredth of the usual rate to ten times it.
  public var usefulLearningRates: ClosedRange<Double> {
    Self.usualLearningRate / 100...10 * Self.usualLearningRate
  }

  /// The optimiser's name in a spec.
  public var name: String { Self.name }
  public static var needsAllRows: Bool { false }
  /// Whether a step has to be made from all rows.
  public var needsAllRows: Bool { Self.needsAllRows }

  public func update(
    _ buffers: OptimizerBuffers, step: Int, rate: Float, loss: Double, evaluate: () -> Double
  ) {
    update(buffers, step: step, rate: rate)
  }
}

extension AdamConstants {
  /// The constants of Adam's step number `step`, from 1, with both averages corrected for their
  /// start at 0.
  ///
  /// `m̂ / (√v̂ + ε) = m · √c₂ / c₁ / (√v + ε · √c₂)` where `cᵢ = 1 − βᵢ^step`.
  static func corrected(
    rate: Double, beta1: Double, beta2: Double, epsilon: Double, step: Int
  ) -> AdamConstants {
    let root = correction(beta2, step).squareRoot()
    return AdamConstants(
      rate: rate * root / correction(beta1, step), epsilon: epsilon * root, beta1: beta1,
      beta2: beta2)
  }

  /// `1 − β^step`, which is 1 to the last digit once `β^step` is below `e⁻⁴⁰`.
  private static func correction(_ beta: Double, _ step: Int) -> Double {
    Double(step) * (1 - beta) > 40 ? 1 : 1 - power(beta, step)
  }
}

extension FieldReader {
  /// The field that all optimisers have.
  mutating func weightDecay(default value: Double, doc: String) -> Located<Double> {
    field("weight_decay", .nonNegative, default: value, doc: doc)
  }

  /// Weight decay that joins the gradient.
  mutating func penalty() -> Located<Double> {
    weightDecay(default: 0, doc: "Adds this times the weight to its gradient: an L2 penalty.")
  }

  /// Weight decay that leaves the gradient alone.
  mutating func decoupledDecay(default value: Double) -> Located<Double> {
    weightDecay(
      default: value, doc: "The share of a weight, times the rate, that is lost at each step.")
  }

  /// A field that says how slowly an average forgets.
  mutating func beta(_ name: String, default value: Double, doc: String) -> Located<Double> {
    field(name, .fraction, default: value, doc: doc)
  }

  /// The share of a step that goes into the next.
  mutating func momentum(default value: Double) -> Located<Double> {
    field(
      "momentum", .fraction, default: value,
      doc: "The share of the last step that is kept; 0 for none.")
  }

  /// A number in a denominator, large enough to stay above 0 in single precision.
  mutating func epsilon(default value: Double) -> Located<Double> {
    field(
      "epsilon", .number(.atLeast(1e-30)), default: value,
      doc: "Keeps steps finite where gradients vanish.")
  }

  /// Adam's variant whose mean squares never fall (Reddi et al. 2018).
  mutating func amsgrad() -> Located<Bool> {
    field(
      "amsgrad", .boolean, default: false,
      doc: "Whether the mean square never falls, so that steps cannot grow again.")
  }
}
