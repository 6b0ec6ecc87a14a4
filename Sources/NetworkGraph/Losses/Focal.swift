public import SpecSyntax
import Tensors

/// `mean −(1 − p)^gamma · log p` with `p = softmax(y)[t]` (Lin et al. 2017).
///
/// Rows that are already right with confidence count little, so that rare and hard ones lead. The
/// balance between classes that its authors add is `class_weights`.
public struct Focal: Loss {
  public static let name = "focal"
  public static let summary = """
    Cross-entropy that cares less for what is already certain; for rare classes, with two or more.
    """
  public static var shorthand: String? { "gamma" }

  @Located public var gamma: Double

  public var target: TargetKind { .classIndex }
  public var link: Link { .softmax }

  public init(reading fields: inout FieldReader) {
    _gamma = fields.field(
      "gamma", .nonNegative, default: 2,
      doc: "How strongly certain rows are left aside; 0 is the cross-entropy, 1 to 3 are usual.")
  }

  public init(gamma: Double = 2) {
    _gamma = Located(wrappedValue: gamma)
  }

  public func evaluate(_ batch: borrowing LossBatch) -> Double {
    focalCrossEntropy(
      logits: batch.outputs, classes: batch.targets.view, weights: batch.weights,
      losses: batch.losses,
      focus: Float(gamma), smoothing: batch.smoothing, normaliser: batch.normaliser,
      gradient: batch.gradient)
  }
}
