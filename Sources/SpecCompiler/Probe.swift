/// What a training run showed: curves, and scores beside those of a straight line.
///
/// Scores are accuracies for classes and R² for numbers; larger is better.
public struct Probe: Sendable, Codable, Hashable {
  /// The epoch with the least validation loss, counted from 1.
  public var bestEpoch: Int
  /// Epochs run.
  public var epochs: Int
  /// Mean training loss of each epoch.
  public var trainingLosses: [Double]
  /// Validation loss after each epoch.
  public var validationLosses: [Double]
  /// The network's score on the training and on the validation rows.
  public var trainingScore: Double?
  public var validationScore: Double?
  /// The linear model's score on the same rows.
  public var linearTrainingScore: Double?
  public var linearValidationScore: Double?
  /// Standard error of the network's validation score.
  public var standardError: Double?
  /// The loss of the best constant on the validation rows, in the terms of `validationLosses`.
  public var constantValidationLoss: Double?
  /// Standard error of the least validation loss.
  public var validationLossError: Double?
  /// The losses before and after 500 steps on 16 rows without regularisation.
  public var smallBatchLosses: EndLosses?
  /// How the run differs from another one.
  public var comparison: Comparison?

  /// A loss before and after some steps.
  public struct EndLosses: Sendable, Codable, Hashable {
    public var first: Double
    public var last: Double

    public init(first: Double, last: Double) {
      self.first = first
      self.last = last
    }
  }
  /// Mean loss of the training rows before the first step, as training reports it.
  public var initialLoss: Double?
  /// Expected calibration error of the finished network on the validation rows.
  public var calibrationError: Double?
  /// How much surer its predictions are on average than they are often right; negative where they
  /// are right more often.
  public var overconfidence: Double?
  /// What single steps showed: losses, gradients, a test of rates.
  public var steps: StepFacts?
  /// What other runs on the same table reached.
  public var trials: TrialFacts?

  public init(
    bestEpoch: Int, epochs: Int, trainingLosses: [Double] = [], validationLosses: [Double] = [],
    trainingScore: Double? = nil, validationScore: Double? = nil,
    linearTrainingScore: Double? = nil, linearValidationScore: Double? = nil,
    standardError: Double? = nil, constantValidationLoss: Double? = nil,
    validationLossError: Double? = nil, smallBatchLosses: EndLosses? = nil,
    comparison: Comparison? = nil,
    initialLoss: Double? = nil, calibrationError: Double? = nil,
    overconfidence: Double? = nil, steps: StepFacts? = nil, trials: TrialFacts? = nil
  ) {
    self.bestEpoch = bestEpoch
    self.epochs = epochs
    self.trainingLosses = trainingLosses
    self.validationLosses = validationLosses
    self.trainingScore = trainingScore
    self.validationScore = validationScore
    self.linearTrainingScore = linearTrainingScore
    self.linearValidationScore = linearValidationScore
    self.standardError = standardError
    self.constantValidationLoss = constantValidationLoss
    self.validationLossError = validationLossError
    self.smallBatchLosses = smallBatchLosses
    self.comparison = comparison
    self.initialLoss = initialLoss
    self.calibrationError = calibrationError
    self.overconfidence = overconfidence
    self.steps = steps
    self.trials = trials
  }

  /// How far the last validation loss lies above the least: 1.05 is five percent.
  public var finalOverBest: Double? {
    guard let last = validationLosses.last, let best = validationLosses.min(), best > 0 else {
      return nil
    }
    return last / best
  }

  /// How much the validation loss changed, relatively, over the last tenth of the epochs.
  ///
  /// Means of two neighbouring tenths are compared, because single epochs are noisy.
  public var slopeAtEnd: Double? { relativeChange(validationLosses, window: 0.1) }

  /// Whether the training loss changed by less than 1 % over the last fifth of the epochs.
  public var isTrainingFlat: Bool {
    relativeChange(trainingLosses, window: 0.2).map { abs($0) < 0.01 } ?? false
  }

  /// The expected calibration error: the mean distance between how sure predictions are of their
  /// class and how often they are right, over fifteen equal intervals, each weighted by its rows.
  ///
  /// - Parameter confidence: the probability of the predicted class of each row, from 0 to 1.
  /// - Returns: nil without rows.
  public static func calibrationError(confidence: [Double], isRight: [Bool]) -> Double? {
    precondition(confidence.count == isRight.count, "each confidence belongs to one row")
    guard !confidence.isEmpty else { return nil }
    var gaps = [Double](repeating: 0, count: 15)
    for (sure, right) in zip(confidence, isRight) {
      gaps[min(14, max(0, Int(sure * 15)))] += sure - (right ? 1 : 0)
    }
    return gaps.reduce(0) { $0 + abs($1) } / Double(confidence.count)
  }

  private func relativeChange(_ losses: [Double], window share: Double) -> Double? {
    let window = max(1, Int(Double(losses.count) * share))
    guard losses.count >= 2 * window, losses.count >= 4 else { return nil }
    let last = losses.suffix(window).reduce(0, +)
    let before = losses.dropLast(window).suffix(window).reduce(0, +)
    return before > 0 ? last / before - 1 : nil
  }
}

/// Two settings measured over seeds and splits.
public struct Comparison: Sendable, Codable, Hashable {
  public var metric: String
  /// How many runs each side has.
  public var runs: Int
  public var otherRuns: Int
  /// The mean of this side minus the mean of the other.
  public var difference: Double
  /// The standard deviation over the runs of each side; nil for a single run.
  public var deviation: Double?
  public var otherDeviation: Double?

  public init(
    metric: String, runs: Int, otherRuns: Int, difference: Double, deviation: Double?,
    otherDeviation: Double?
  ) {
    self.metric = metric
    self.runs = runs
    self.otherRuns = otherRuns
    self.difference = difference
    self.deviation = deviation
    self.otherDeviation = otherDeviation
  }

  /// The standard error of the difference of two independent means.
  public var standardError: Double? {
    guard let deviation, let otherDeviation, runs > 0, otherRuns > 0 else { return nil }
    return (deviation * deviation / Double(runs)
      + otherDeviation * otherDeviation / Double(otherRuns)).squareRoot()
  }

  /// Runs of each side that would show this difference at 5 % with a power of 80 %: about
  /// 16 · (s/Δ)², for unpaired runs.
  public var neededRuns: Int? {
    guard let deviation, let otherDeviation, difference != 0 else { return nil }
    let spread = max(deviation, otherDeviation)
    let runs = 16 * (spread / difference) * (spread / difference)
    return runs < 1e6 ? max(5, Int(runs.rounded(.up))) : nil
  }
}
