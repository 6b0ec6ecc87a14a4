/// What figures do not show of some predictions: which classes are taken for which, or how many
/// rows lie below a predicted quantile.
public struct Breakdown: Sendable, Codable, Hashable {
  /// How many of the rows lie below a predicted quantile.
  public struct Coverage: Sendable, Codable, Hashable {
    /// The share that is wanted.
    public var level: Double
    /// The share of targets at or below the prediction, over all target columns.
    public var share: Double
  }

  /// Of classes; nil for numbers.
  public var confusion: ConfusionMatrix?
  /// Of quantiles, by ascending level; nil where none are predicted.
  public var coverage: [Coverage]?

  init(_ predictions: Predictions, against truth: Truth) {
    switch (predictions, truth) {
    case (.classes(let predictions), .classes(let truth)):
      confusion = ConfusionMatrix(of: predictions, against: truth)
    case (.numbers(let predictions), .numbers(let truth)):
      guard !predictions.quantiles.isEmpty, !truth.isEmpty else { return }
      coverage = predictions.quantiles.map { quantile in
        let below = truth.indices.count { truth[$0] <= quantile.values[$0] }
        return Coverage(level: quantile.level, share: Double(below) / Double(truth.count))
      }
    case (.classes, .numbers), (.numbers, .classes):
      preconditionFailure("classes are judged by classes, numbers by numbers")
    }
  }
}
