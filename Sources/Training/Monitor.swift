internal import SpecCompiler

/// The measure by which epochs are judged.
struct Monitor: Sendable {
  private enum Measure: Sendable {
    case validationLoss
    case trainingLoss
    case validationMetric(Metric)
  }

  private let measure: Measure
  /// As a spec names it, such as `validation.loss`.
  let name: String
  /// The judge before the first epoch.
  let stopping: EarlyStopping
  /// Whether training may end before its last epoch.
  let mayStop: Bool
  /// Whether the weights of the best epoch are kept in place of the last.
  let restoresBest: Bool

  /// The metric that is needed after every epoch, if any.
  var metric: Metric? {
    if case .validationMetric(let metric) = measure { metric } else { nil }
  }

  /// Without validation rows only the training loss can be watched, and only if asked for.
  init(_ spec: EarlyStoppingSpec?, hasValidation: Bool) throws(TrainingError) {
    name = spec?.monitor ?? "validation.loss"
    if name == "training.loss" {
      measure = .trainingLoss
    } else if name == "validation.loss" {
      measure = .validationLoss
    } else if name.hasPrefix("validation."),
      let metric = Metrics.named(String(name.dropFirst("validation.".count)))
    {
      measure = .validationMetric(metric)
    } else {
      throw TrainingError(
        "`\(name)` is not a measure that can be monitored",
        hints: ["write `validation.loss`, `training.loss` or `validation.` and a metric"])
    }
    var direction = Metric.Direction.lowerIsBetter
    if case .validationMetric(let metric) = measure { direction = metric.direction }
    stopping = EarlyStopping(
      patience: spec?.patience ?? 0, minDelta: spec?.minDelta ?? 0, direction: direction)
    let isWatched = hasValidation || name == "training.loss"
    mayStop = spec != nil && isWatched
    restoresBest = spec?.restoreBest == true && isWatched
  }

  /// What an epoch is judged by; nil where it has no such value.
  func value(of report: EpochReport) -> Double? {
    switch measure {
    case .validationLoss: report.validationLoss
    case .trainingLoss: report.trainingLoss
    case .validationMetric(let metric): report.metrics[metric.name]
    }
  }
}
