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

  public init(
    bestEpoch: Int, epochs: Int, trainingLosses: [Double] = [], validationLosses: [Double] = [],
    trainingScore: Double? = nil, validationScore: Double? = nil,
    linearTrainingScore: Double? = nil, linearValidationScore: Double? = nil,
    standardError: Double? = nil
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

  private func relativeChange(_ losses: [Double], window share: Double) -> Double? {
    let window = max(1, Int(Double(losses.count) * share))
    guard losses.count >= 2 * window, losses.count >= 4 else { return nil }
    let last = losses.suffix(window).reduce(0, +)
    let before = losses.dropLast(window).suffix(window).reduce(0, +)
    return before > 0 ? last / before - 1 : nil
  }
}
