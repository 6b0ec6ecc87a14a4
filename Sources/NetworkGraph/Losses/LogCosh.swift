public import SpecSyntax
import Tensors

/// `mean log cosh(y − t)`.
public struct LogCosh: Loss {
  public static let name = "log_cosh"
  public static let summary =
    "Half the squared error near the target and the absolute error far from it, smooth throughout."

  public var target: TargetKind { .numbers }
  public var link: Link { .identity }

  public init(reading fields: inout FieldReader) {}

  public init() {}

  public func evaluate(_ batch: borrowing LossBatch) -> Double {
    logCoshError(
      outputs: batch.outputs, targets: batch.targets, weights: batch.weights, losses: batch.losses,
      normaliser: batch.normaliser, gradient: batch.gradient)
  }
}
