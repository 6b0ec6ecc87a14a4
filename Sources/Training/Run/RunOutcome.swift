public import SpecCompiler

/// What a run found: the same for the same spec, seed and data.
public struct RunOutcome: Sendable, Codable {
  /// Metrics by name, for each part of the rows that has rows.
  public struct Parts: Sendable, Codable, Hashable {
    public var validation: [String: Double]?
    public var test: [String: Double]?
  }

  /// The metrics of the two models the network is compared with.
  public struct BaselineParts: Sendable, Codable, Hashable {
    public var constant: Parts
    public var linear: Parts
  }

  public var epochs: Int
  public var bestEpoch: Int
  public var stopped: StopReason
  public var metrics: Parts
  public var baselines: BaselineParts
  /// How many of the training rows the linear model was fitted to; nil for all.
  public var linearRows: Int?
  public var verdict: Verdict?
  /// What the verdict's rows show beside figures.
  public var breakdown: Breakdown?
  /// What the rules of advice want to know about a run.
  public var probe: Probe

  enum CodingKeys: String, CodingKey {
    case epochs, stopped, metrics, baselines, verdict, breakdown, probe
    case bestEpoch = "best_epoch"
    case linearRows = "linear_rows"
  }
}

/// Seconds a run took in all its sittings, part by part; different every time.
public struct RunTiming: Sendable, Codable {
  public struct Seconds: Sendable, Codable {
    public var read: Double
    public var prepare: Double
    public var train: Double
    public var evaluate: Double
    public var total: Double
  }

  public var timing: Seconds
  /// Rows a second in the training loop alone, without validation.
  public var samplesPerSecond: Double
  /// How many sittings it took; nil for one.
  public var sittings: Int?

  enum CodingKeys: String, CodingKey {
    case timing, sittings
    case samplesPerSecond = "training_samples_per_second"
  }
}

/// A finished run: where it is, what it found and how long it took.
public struct RunResult: Sendable, Encodable {
  /// The run's folder.
  public var run: String
  public var outcome: RunOutcome
  public var timing: RunTiming
  /// The names of the metrics the author asked for.
  public var shown: [String]
  /// Where the time of the steps went, if that was asked for.
  public var profile: Profile?

  private enum CodingKeys: String, CodingKey { case run, profile }

  public func encode(to encoder: any Encoder) throws {
    try outcome.encode(to: encoder)
    try timing.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(run, forKey: .run)
    try container.encodeIfPresent(profile, forKey: .profile)
  }
}
