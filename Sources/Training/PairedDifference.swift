/// How much better one model is than another on the same rows, and how sure that is.
public struct PairedDifference: Sendable, Codable, Hashable {
  /// Mean over the rows of the first model's score less the second's.
  public var mean: Double
  /// Standard error of that mean, at least one row's worth where scores are right or wrong.
  public var standardError: Double

  public enum Finding: String, Sendable, Codable {
    case better, worse
    /// Less than two standard errors apart.
    case withinNoise = "within_noise"
  }

  public var finding: Finding {
    guard abs(mean) > 2 * standardError else { return .withinNoise }
    return mean > 0 ? .better : .worse
  }

  init(_ first: RowScores, minus second: RowScores) {
    let differences = zip(first.values, second.values).map { $0 - $1 }
    let count = Double(max(differences.count, 1))
    mean = differences.reduce(0, +) / count
    standardError = max(first.leastError, standardErrorOfMean(differences))
  }

  private enum CodingKeys: String, CodingKey {
    case mean
    case standardError = "standard_error"
  }
}

/// A score for every row whose mean is the model's score: accuracy, R², or D² of quantiles.
struct RowScores: Sendable {
  var values: [Double]
  /// The least error that so few rows allow.
  var leastError: Double

  init(_ predictions: Predictions, against truth: Truth) {
    switch (predictions, truth) {
    case (.classes(let predictions), .classes(let truth)):
      values = truth.indices.map { predictions.winner($0) == truth[$0] ? 1 : 0 }
      leastError = 1 / Double(max(truth.count, 1))
    case (.numbers(let predictions), .numbers(let truth)):
      values =
        predictions.quantiles.isEmpty
        ? explainedShares(predictions, truth) : explainedPinball(predictions, truth)
      leastError = 0
    case (.classes, .numbers), (.numbers, .classes):
      preconditionFailure("classes are judged by classes, numbers by numbers")
    }
  }

  /// The mean of several scores of the same rows.
  init(averaging rounds: [RowScores]) {
    precondition(!rounds.isEmpty, "there is no mean of nothing")
    values = rounds[0].values.indices.map { row in
      rounds.reduce(0) { $0 + $1.values[row] } / Double(rounds.count)
    }
    leastError = rounds[0].leastError
  }

  /// The score; nil of no rows.
  var mean: Double? { Training.mean(values) }

  /// How far the score may lie from that on endless rows of the same kind.
  var standardError: Double { max(leastError, standardErrorOfMean(values)) }
}

/// `1 − error² / variance` for every row, averaged over targets that vary.
private func explainedShares(_ predictions: NumberPredictions, _ truth: [Double]) -> [Double] {
  let targets = predictions.targets.count
  var sums = Array(repeating: 0.0, count: predictions.rowCount)
  var varying = 0
  for target in 0..<targets {
    let places = Array(stride(from: target, to: truth.count, by: targets))
    let values = places.map { truth[$0] }
    guard let center = mean(values) else { continue }
    let variance = values.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(values.count)
    guard variance > 0 else { continue }
    varying += 1
    for (row, place) in places.enumerated() {
      let error = predictions.values[place] - truth[place]
      sums[row] += 1 - error * error / variance
    }
  }
  return sums.map { $0 / Double(max(varying, 1)) }
}

/// The standard deviation of values over the root of their number; 0 of fewer than two.
func standardErrorOfMean(_ values: [Double]) -> Double {
  guard values.count > 1, let center = mean(values) else { return 0 }
  let sum = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
  return (sum / Double(values.count - 1) / Double(values.count)).squareRoot()
}
