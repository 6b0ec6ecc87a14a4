public import SpecSyntax
import Tensors

/// `mean (y − t)²`.
public struct MeanSquaredError: Loss {
  public static let name = "mse"
  public static let summary = "Mean squared error: the usual choice for numbers without outliers."

  public var target: TargetKind { .numbers }
  public var link: Link { .identity }

  public init(reading fields: inout FieldReader) {}

  public init() {}

  public func evaluate(_ batch: borrowing LossBatch) -> Double {
    squaredError(
      outputs: batch.outputs, targets: batch.targets, weights: batch.weights, losses: batch.losses,
      normaliser: batch.normaliser, gradient: batch.gradient)
  }
}
