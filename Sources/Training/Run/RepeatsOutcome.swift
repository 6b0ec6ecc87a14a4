/// What repeated runs found: the same for the same spec, seeds and data.
public struct RepeatsOutcome: Sendable, Codable {
  /// One run, measured on the rows that judge it.
  public struct Run: Sendable, Codable, Hashable {
    /// From 1; nil without folds.
    public var fold: Int?
    public var seed: UInt64
    public var rows: Manifest.Rows
    public var epochs: Int
    public var bestEpoch: Int
    public var stopped: StopReason
    /// Metrics of the network and of the two baselines, by name.
    public var metrics: [String: Double]
    public var constant: [String: Double]
    public var linear: [String: Double]

    enum CodingKeys: String, CodingKey {
      case fold, seed, rows, epochs, stopped, metrics, constant, linear
      case bestEpoch = "best_epoch"
    }
  }

  /// How a figure varies from run to run.
  public struct Spread: Sendable, Codable, Hashable {
    public var mean: Double
    /// Standard deviation, with one less than the number of runs; nil for one run.
    public var deviation: Double?
    public var least: Double
    public var greatest: Double
    /// In how many runs the figure was defined.
    public var runs: Int

    init?(_ values: [Double]) {
      guard let center = Training.mean(values), let least = values.min(),
        let greatest = values.max()
      else { return nil }
      mean = center
      (self.least, self.greatest, runs) = (least, greatest, values.count)
      guard values.count > 1 else { return }
      let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
      deviation = (squares / Double(values.count - 1)).squareRoot()
    }
  }

  /// Every metric's spread over the runs, by name, of each model.
  public struct Summary: Sendable, Codable, Hashable {
    public var network: [String: Spread]
    public var constant: [String: Spread]
    public var linear: [String: Spread]
  }

  /// nil without folds.
  public var folds: Int?
  public var seeds: [UInt64]
  /// Which rows judge each run: `test`, or `validation` or `training` where there are none.
  public var part: String
  /// Whether the user stopped before all runs were done; the one that was going on is left out.
  public var isInterrupted: Bool
  public var runs: [Run]
  public var summary: Summary
  /// On all judging rows together, each row's score averaged over the seeds.
  public var verdict: Verdict?

  enum CodingKeys: String, CodingKey {
    case folds, seeds, part, runs, summary, verdict
    case isInterrupted = "interrupted"
  }
}

/// Repeated runs: where their measures are, what they found and how long they took.
public struct RepeatsResult: Sendable, Encodable {
  /// The folder of the measures.
  public var run: String
  public var outcome: RepeatsOutcome
  public var timing: RunTiming
  /// The names of the metrics the author asked for.
  public var shown: [String]

  private enum CodingKeys: String, CodingKey { case run }

  public func encode(to encoder: any Encoder) throws {
    try outcome.encode(to: encoder)
    try timing.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(run, forKey: .run)
  }
}
