internal import SpecCompiler

/// A figure that says how good predictions are.
public struct Metric: Sendable {
  /// Whether more of it is better.
  public enum Direction: String, Sendable, Codable {
    case higherIsBetter, lowerIsBetter
  }

  /// What is measured: classes against classes, or numbers against numbers.
  ///
  /// A measure is nil where it is not defined: the area under a curve of one class only, or the
  /// error of probabilities where only scores are given.
  public enum Measure: Sendable {
    case classes(@Sendable (ClassPredictions, [Int]) -> Double?)
    case numbers(@Sendable (NumberPredictions, [Double]) -> Double?)
  }

  /// As a spec names it.
  public let name: String
  public let summary: String
  public let direction: Direction
  public let measure: Measure

  /// The figure for some predictions; nil where it is not defined, or made for another task.
  public func value(of predictions: Predictions, against truth: Truth) -> Double? {
    let value: Double? =
      switch (measure, predictions, truth) {
      case (.classes(let measure), .classes(let predictions), .classes(let truth)):
        truth.isEmpty ? nil : measure(predictions, truth)
      case (.numbers(let measure), .numbers(let predictions), .numbers(let truth)):
        truth.isEmpty ? nil : measure(predictions, truth)
      case (.classes, _, _), (.numbers, _, _): nil
      }
    guard let value, value.isFinite else { return nil }
    return value
  }
}

/// The list of metrics.
public enum Metrics {
  public static let all = classification + regression

  /// The metrics of classes, the usual headline first.
  public static let classification: [Metric] = [
    .accuracy, .balancedAccuracy, .precision, .recall, .f1, .rocAUC, .averagePrecision, .logLoss,
    .brier, .top(3), .top(5),
  ]

  /// The metrics of numbers, the usual headline first.
  public static let regression: [Metric] = [
    .r2, .rmse, .mae, .medianAbsoluteError, .mape, .mse, .pinball, .d2Pinball,
  ]

  /// The metric of a name, if there is one: one of the list, or `top_K` for any K from 2.
  public static func named(_ name: String) -> Metric? {
    all.first { $0.name == name } ?? MetricName.candidates(in: name).map { .top($0) }
  }

  /// Every metric of a task that is defined for these predictions, by name; of those that are not
  /// in the list, the ones asked for.
  public static func values(
    of predictions: Predictions, against truth: Truth, including names: [String] = []
  ) -> [String: Double] {
    var values: [String: Double] = [:]
    let listed = Set(all.map(\.name))
    for metric in all + names.filter({ !listed.contains($0) }).compactMap(named) {
      values[metric.name] = metric.value(of: predictions, against: truth)
    }
    return values
  }
}
