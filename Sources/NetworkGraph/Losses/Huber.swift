public import SpecSyntax
import Tensors

/// `mean ½ d²` where `d = |y − t|` is at most `delta`, `mean delta · (d − ½ delta)` beyond.
public struct Huber: Loss {
  public static let name = "huber"
  public static let summary = "Squared error near the target and absolute error beyond `delta`."
  public static var shorthand: String? { "delta" }

  @Located public var delta: Double

  public var target: TargetKind { .numbers }
  public var link: Link { .identity }

  public init(reading fields: inout FieldReader) {
    _delta = fields.field(
      "delta", .positive, default: 1.35,
      doc: "The error, in units of the scaled target, beyond which it counts as an outlier.")
  }

  public init(delta: Double = 1.35) {
    _delta = Located(wrappedValue: delta)
  }

  public func evaluate(_ batch: borrowing LossBatch) -> Double {
    huberError(
      outputs: batch.outputs, targets: batch.targets, weights: batch.weights, losses: batch.losses,
      delta: Float(delta),
      normaliser: batch.normaliser, gradient: batch.gradient)
  }
}
