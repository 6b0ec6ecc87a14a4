public import SpecSyntax
import Tensors

/// `mean −log softmax(y)[t]`: softmax and logarithm in one sweep.
public struct CrossEntropy: Loss {
  public static let name = "cross_entropy"
  public static let summary = "Surprise at the right one of several classes, through a softmax."

  public var target: TargetKind { .classIndex }
  public var link: Link { .softmax }

  public init(reading fields: inout FieldReader) {}

  public init() {}

  public func evaluate(_ batch: borrowing LossBatch) -> Double {
    softmaxCrossEntropy(
      logits: batch.outputs, classes: batch.targets.view, weights: batch.weights,
      losses: batch.losses,
      smoothing: batch.smoothing, normaliser: batch.normaliser, gradient: batch.gradient)
  }
}
