public import SpecSyntax
import Tensors

/// `mean eʸ − t · y`: the output is the logarithm of the rate, the prediction the rate.
///
/// Minus the log-likelihood of counts under a Poisson distribution, without the part that does not
/// depend on the output; so it can be below 0. Training starts from the mean of the counts.
public struct Poisson: Loss {
  public static let name = "poisson"
  public static let summary =
    "For counts and rates: predicts the exponential of the output, which is never negative."

  public var target: TargetKind { .numbers }
  public var link: Link { .exponential }
  public var leastTarget: Double? { 0 }

  public init(reading fields: inout FieldReader) {}

  public init() {}

  public func evaluate(_ batch: borrowing LossBatch) -> Double {
    poissonLoss(
      outputs: batch.outputs, targets: batch.targets, weights: batch.weights, losses: batch.losses,
      normaliser: batch.normaliser, gradient: batch.gradient)
  }
}
