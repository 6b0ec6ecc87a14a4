public import SpecSyntax
import Tensors

/// `mean max(0, 1 − m)`, where the margin `m` is `±y` for two classes, told apart by one output,
/// and `y_t − max y_c` over the other classes `c` for more (Crammer and Singer 2001).
///
/// Scores are no probabilities, so `label_smoothing` means nothing here.
public struct Hinge: Loss {
  public static let name = "hinge"
  public static let summary =
    "Asks for a margin of 1 between the classes, as support vector machines do; gives scores."

  public var target: TargetKind { .classIndex }
  public var link: Link { .margin }

  public init(reading fields: inout FieldReader) {}

  public init() {}

  public func outputUnits(classes: Int, targets: Int) -> Int { classes == 2 ? 1 : classes }

  public func evaluate(_ batch: borrowing LossBatch) -> Double {
    hingeLoss(
      scores: batch.outputs, classes: batch.targets.view, weights: batch.weights,
      losses: batch.losses, power: .linear,
      normaliser: batch.normaliser, gradient: batch.gradient)
  }
}
