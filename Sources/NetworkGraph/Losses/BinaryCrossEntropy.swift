public import SpecSyntax
import Tensors

/// `mean −t log σ(y) − (1 − t) log(1 − σ(y))`: sigmoid and logarithm in one sweep.
public struct BinaryCrossEntropy: Loss {
  public static let name = "binary_cross_entropy"
  public static let summary = "Surprise at a yes or no, through a sigmoid: one output, two classes."

  public var target: TargetKind { .binary }
  public var link: Link { .sigmoid }

  public init(reading fields: inout FieldReader) {}

  public init() {}

  public func evaluate(_ batch: borrowing LossBatch) -> Double {
    sigmoidCrossEntropy(
      logits: batch.outputs, targets: batch.targets, weights: batch.weights, losses: batch.losses,
      smoothing: batch.smoothing, normaliser: batch.normaliser, gradient: batch.gradient)
  }
}
