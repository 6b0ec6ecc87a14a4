internal import NetworkGraph
internal import SpecCompiler
internal import SpecSyntax

/// What a probe saw of a training, in words.
struct ProbeWords {
  private let job: Job
  private let trainer: Trainer

  init(_ job: Job, _ trainer: Trainer) {
    self.job = job
    self.trainer = trainer
  }

  private var measure: String {
    guard job.spec.data.task.value != .classification else { return "accuracy" }
    return job.recipe.loss.levels.isEmpty ? "R²" : "D²"
  }

  private var validationRows: String {
    counted(job.preparation.validation.count, "validation row")
  }

  /// The straight line's scores.
  func linear(_ probe: Probe) -> [Measurement] {
    guard let training = probe.linearTrainingScore else { return [] }
    let validation = probe.linearValidationScore.map {
      "\(roundedText($0)) on \(validationRows), "
    }
    let rows = min(job.preparation.train.count, Baselines.greatestRows)
    return [
      Measurement(
        "linear model",
        "\(measure) \(validation ?? "")\(roundedText(training)) on its own "
          + counted(rows, "training row"))
    ]
  }

  /// A training that came to its end.
  func network(_ probe: Probe, stopped: StopReason) -> [Measurement] {
    let end = stopped == .earlyStopping ? "stopped early" : "all done"
    let epochs = "\(counted(probe.epochs, "epoch")), \(end), seed \(job.recipe.seed)"
    guard let score = probe.validationScore else {
      let own = probe.trainingScore.map { "; \(measure) \(roundedText($0)) on training rows" }
      return [Measurement("this spec", epochs + (own ?? ""))]
    }
    let error = probe.standardError.map { " ± \(roundedText($0))" } ?? ""
    var result = [
      Measurement(
        "this spec",
        "\(epochs); \(measure) \(roundedText(score))\(error) on \(validationRows)")
    ]
    if let least = probe.validationLosses.min(), let constant = probe.constantValidationLoss {
      let error = probe.validationLossError.map { " ± \(roundedText($0))" } ?? ""
      result.append(
        Measurement(
          "validation loss",
          "\(roundedText(least))\(error), a constant has \(roundedText(constant)); "
            + validationRows))
    }
    if let error = probe.calibrationError {
      result.append(
        Measurement(
          "calibration",
          "probabilities are off by \(roundedText(error)) on average, on the "
            + "whole too \((probe.overconfidence ?? 0) < 0 ? "low" : "high"); \(validationRows)"))
    }
    return result
  }

  /// A training that the budget cut short.
  func unfinished(epochs: Int, of all: Int, seconds: Double) -> Measurement {
    Measurement(
      "this spec",
      "\(epochs) of \(counted(all, "epoch")) in \(roundedText(seconds)) s, too few to judge the "
        + "network by; a longer --budget lets it finish")
  }

  /// Where the loss was before the first step.
  func start(_ probe: Probe) -> [Measurement] {
    guard let loss = probe.initialLoss else { return [] }
    let rows = min(1024, job.preparation.train.count)
    return [
      Measurement(
        "first loss",
        "\(roundedText(loss)) on \(counted(rows, "training row")), before any step")
    ]
  }
}

extension Measurement {
  /// What the budget left no time for.
  static func noTime(_ subject: String) -> Measurement {
    Measurement(subject, "left out: a longer --budget has time for it")
  }
}

extension Predictions {
  /// The name of the score that `RowScores` gives.
  var scoreName: String {
    switch self {
    case .classes: Metric.accuracy.name
    case .numbers(let numbers):
      numbers.quantiles.isEmpty ? Metric.r2.name : Metric.d2Pinball.name
    }
  }
}

extension Comparison {
  /// Compares the scores of runs; larger is better.
  init(_ own: [Double], _ other: [Double], metric: String) {
    func deviation(_ values: [Double]) -> Double? {
      guard values.count > 1 else { return nil }
      // Equal values have a mean that is only nearly theirs.
      guard values.min() != values.max() else { return 0 }
      return standardErrorOfMean(values) * Double(values.count).squareRoot()
    }
    self.init(
      metric: metric, runs: own.count, otherRuns: other.count,
      difference: (mean(own) ?? 0) - (mean(other) ?? 0), deviation: deviation(own),
      otherDeviation: deviation(other))
  }

  /// The comparison in words.
  var measurement: Measurement {
    let error = standardError.map { " ± \(roundedText($0))" } ?? ""
    let sides =
      runs == otherRuns
      ? "\(counted(runs, "seed")) of each"
      : "\(counted(runs, "run")) against \(otherRuns)"
    let side = difference < 0 ? "lower" : "higher"
    let found =
      difference == 0
      ? "the same as that of the other"
      : "\(roundedText(abs(difference)))\(error) \(side) than that of the other"
    return Measurement("the comparison", "\(metric) is \(found), over \(sides)")
  }
}
