/// Whether the network was worth it: its score beside those of the two baselines.
public struct Verdict: Sendable, Codable, Hashable {
  /// Which rows judge: `test`, `validation` where there are none, `training` where neither is.
  public var part: String
  public var rows: Int
  /// `accuracy`, `r2`, or `d2_pinball` for quantiles.
  public var metric: String
  public var network: Double
  public var constant: Double
  public var linear: Double
  public var overConstant: PairedDifference
  public var overLinear: PairedDifference
  /// The class that the constant baseline always answers; nil for numbers.
  public var majority: String?

  private enum CodingKeys: String, CodingKey {
    case part, rows, metric, network, constant, linear, majority
    case overConstant = "over_constant"
    case overLinear = "over_linear"
  }

  /// Judges by rows that several trainings predicted, each row's score averaged over them; nil of
  /// no rows.
  init?(_ rounds: [JudgedRows], majority: String?) {
    guard let first = rounds.first else { return nil }
    let models: [(JudgedRows) -> Predictions] = [{ $0.network }, { $0.constant }, { $0.linear }]
    let scores = models.map { model in
      RowScores(averaging: rounds.map { RowScores(model($0), against: $0.truth) })
    }
    guard let own = scores[0].mean, let constantScore = scores[1].mean,
      let linearScore = scores[2].mean
    else { return nil }
    part = first.part
    rows = scores[0].values.count
    metric =
      switch first.network {
      case .classes: Metric.accuracy.name
      case .numbers(let numbers):
        numbers.quantiles.isEmpty ? Metric.r2.name : Metric.d2Pinball.name
      }
    (self.network, self.constant, self.linear) = (own, constantScore, linearScore)
    overConstant = PairedDifference(scores[0], minus: scores[1])
    overLinear = PairedDifference(scores[0], minus: scores[2])
    self.majority = majority
  }

  /// Whether the network is worse than either baseline by more than chance explains.
  public var isWorse: Bool { overConstant.finding == .worse || overLinear.finding == .worse }

  /// The verdict in one sentence, for people.
  public var sentence: String {
    let score =
      "\(metricWords) of \(figure(network)) on \(rows) \(part) rows; "
      + "\(constantWords) \(figure(constant)), a straight line \(figure(linear))"
    return "\(headline): \(score)"
  }

  /// What to do when the network is no better than a baseline; empty when it is.
  public var hints: [String] {
    switch (overConstant.finding, overLinear.finding) {
    case (.better, .better): []
    case (.better, .withinNoise):
      ["a model without hidden layers may do: try `model: {hidden_layers: []}`"]
    case (.better, .worse):
      ["the straight line is `model: {hidden_layers: []}`", "see `plumb advise` for the reasons"]
    case (.withinNoise, _), (.worse, _):
      ["the inputs may say little about the target", "see `plumb advise` for the reasons"]
    }
  }

  private var headline: String {
    switch (overConstant.finding, overLinear.finding) {
    case (.worse, _): "WORSE THAN NO MODEL: the network is worse than \(constantName)"
    case (_, .worse): "WORSE THAN A STRAIGHT LINE: the network loses to a linear model"
    case (.withinNoise, _): "no better than \(constantName), as far as these rows can tell"
    case (.better, .withinNoise): "as good as a straight line, as far as these rows can tell"
    case (.better, .better): "better than both baselines"
    }
  }

  private var isOfQuantiles: Bool { metric == Metric.d2Pinball.name }
  private var metricWords: String {
    isOfQuantiles ? "D² of the pinball loss" : metric == Metric.r2.name ? "R²" : metric
  }
  private var constantName: String {
    majority.map { "always answering `\($0)`" }
      ?? (isOfQuantiles ? "the quantile of the training rows" : "the mean of the training rows")
  }
  private var constantWords: String {
    majority == nil ? (isOfQuantiles ? "the quantile has" : "the mean has") : "\(constantName) has"
  }
}

/// A score with three digits after the point.
private func figure(_ value: Double) -> String {
  guard abs(value) < 1e9 else { return value < 0 ? "below −10⁹" : "above 10⁹" }
  let thousandths = Int((abs(value) * 1000).rounded())
  let digits = String(thousandths % 1000)
  let padding = String(repeating: "0", count: 3 - digits.count)
  let sign = value < 0 && thousandths > 0 ? "−" : ""
  return "\(sign)\(thousandths / 1000).\(padding)\(digits)"
}
