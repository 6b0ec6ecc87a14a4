public import SpecSyntax
import Tensors

/// `mean |y − t|`.
public struct MeanAbsoluteError: Loss {
  public static let name = "mae"
  public static let summary = "Mean absolute error: aims at the median, so outliers count little."

  public var target: TargetKind { .numbers }
  public var link: Link { .identity }

  public init(reading fields: inout FieldReader) {}

  public init() {}

  public func evaluate(_ batch: borrowing LossBatch) -> Double {
    absoluteError(
      outputs: batch.outputs, targets: batch.targets, weights: batch.weights, losses: batch.losses,
      normaliser: batch.normaliser, gradient: batch.gradient)
  }
}
