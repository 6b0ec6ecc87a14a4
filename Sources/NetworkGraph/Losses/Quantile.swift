public import SpecSyntax
import Tensors

/// `mean level · (t − y)` where the output is below the target, `(1 − level) · (y − t)` above.
///
/// Least where a share `level` of the targets lies below the output (Koenker and Bassett 1978).
/// With several levels the network has an output for each, and the loss is the mean over them.
public struct Quantile: Loss {
  public static let name = "quantile"
  public static let summary = """
    Aims at the value that a share `levels` of the targets stays below; several levels give an \
    interval.
    """
  public static var shorthand: String? { "levels" }

  public let levels: [Double]

  public var target: TargetKind { .numbers }
  public var link: Link { .identity }

  public init(reading fields: inout FieldReader) {
    let written = fields.field(
      "levels", .list(of: .number(.above(0, below: 1))), default: [0.5],
      doc: """
        The share of targets that lie below the prediction, or a list of shares: `0.9`, \
        `[0.05, 0.5, 0.95]`.
        """)
    if fields.node("levels")?.sequence?.isEmpty == true {
      fields.report(.noLevels(at: written.projectedValue, path: fields.path.key("levels")))
    }
    self.init(levels: written.wrappedValue.isEmpty ? [0.5] : written.wrappedValue)
  }

  public init(levels: [Double] = [0.5]) {
    precondition(!levels.isEmpty, "a quantile needs a level")
    self.levels = Set(levels).sorted()
  }

  public func evaluate(_ batch: borrowing LossBatch) -> Double {
    let targets = batch.targets.rows
    return levels.enumerated().reduce(0) { sum, level in
      let rows = (level.offset * targets)..<((level.offset + 1) * targets)
      return sum
        + quantileError(
          outputs: batch.outputs.rows(rows), targets: batch.targets, weights: batch.weights,
          level: Float(level.element), normaliser: batch.normaliser,
          gradient: batch.gradient?.rows(rows))
    }
  }
}
