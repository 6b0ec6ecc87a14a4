public import SpecSyntax

/// What happens to gradients before an optimiser's step, and to weights after it.
public struct StepRules: Sendable, Hashable {
  public var clipping: GradientClipping
  public var penalty: WeightPenalty
  /// How many batches make one step, at the most.
  public var accumulation: Int
  public var averaging: WeightAveraging?

  public init(
    clipping: GradientClipping = GradientClipping(), penalty: WeightPenalty = WeightPenalty(),
    accumulation: Int = 1, averaging: WeightAveraging? = nil
  ) {
    precondition(accumulation > 0, "a step has at least one batch")
    self.clipping = clipping
    self.penalty = penalty
    self.accumulation = accumulation
    self.averaging = averaging
  }
}

/// Bounds on the gradient before each step.
public struct GradientClipping: Sendable, Hashable {
  /// The longest that the gradient of all parameters together may be.
  public var norm: Double?
  /// The largest that any one number of it may be.
  public var value: Double?

  public init(norm: Double? = nil, value: Double? = nil) {
    self.norm = norm
    self.value = value
  }
}

/// `l1 · Σ|w| + ½ · l2 · Σw²` over the weights, whose gradient joins that of the loss; biases and
/// normalisations are spared. The reported loss leaves it out.
public struct WeightPenalty: Sendable, Hashable {
  public var l1: Double
  public var l2: Double

  public init(l1: Double = 0, l2: Double = 0) {
    self.l1 = l1
    self.l2 = l2
  }

  /// Whether there is anything to add.
  public var isActive: Bool { l1 > 0 || l2 > 0 }
}

/// How the weights of many steps become those of the model.
public enum WeightAveraging: Sendable, Hashable {
  /// After every step; the weights of a step count `decay` times as much as those of the next.
  case exponential(decay: Double)
  /// At the end of each epoch after the `start`, an epoch or a share of all: their plain mean.
  case epochs(start: Amount)
}
