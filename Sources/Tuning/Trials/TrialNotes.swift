public import SpecSyntax
internal import Training

/// What is kept of a trial beside its values, for people and for trials that come later.
public struct TrialNotes: Sendable, Hashable {
  /// One of the trainings of a trial.
  public struct Run: Sendable, Hashable {
    public var seed: UInt64
    /// From 1; nil without folds.
    public var fold: Int?
    /// Of each score that was asked for, as people see it.
    public var scores: [Double]
    public var epochs: Int
    public var bestEpoch: Int
  }

  /// How long one training was thought to take, by which it was judged.
  public struct TimeGuess: Sendable, Hashable, Codable {
    public var seconds: Double
    /// What it would be at the fastest and at the slowest of the steps that were measured.
    public var lowSeconds: Double
    public var highSeconds: Double
    public var measuredSteps: Int
    /// Whose steps they were.
    public var machine: String

    private enum CodingKeys: String, CodingKey {
      case seconds, machine
      case lowSeconds = "low_seconds"
      case highSeconds = "high_seconds"
      case measuredSteps = "measured_steps"
    }
  }

  /// What its trainings depended on.
  public var spec = ""
  public var runs: [Run] = []
  public var parameters: Int?
  public var flops: Int?
  /// Only where it was judged by its time.
  public var estimate: TimeGuess?
  /// Why there is no value.
  public var reason: String?
  /// Of this machine; it differs each time.
  public var seconds: Double?

  public init() {}

  /// The names under which a store keeps them, with JSON text.
  public var texts: [String: String] {
    var values: [String: JSONValue] = ["spec": .string(spec)]
    if !runs.isEmpty { values["runs"] = .array(runs.map(\.json)) }
    values["parameters"] = parameters.map { .integer($0) }
    values["flops"] = flops.map { .integer($0) }
    values["estimate"] = estimate?.json
    values["reason"] = reason.map { .string($0) }
    values["seconds"] = seconds.map { .number(($0 * 1e6).rounded() / 1e6) }
    return values.mapValues { $0.text(.line) }
  }

  /// Reads what a store kept; what is missing or something else is left out.
  public init(_ texts: [String: String]) {
    func value<Value: Decodable>(_ name: String, as type: Value.Type) -> Value? {
      texts[name].flatMap { JSONReading.value(of: $0, as: type) }
    }
    spec = value("spec", as: String.self) ?? ""
    runs = value("runs", as: [Run].self) ?? []
    parameters = value("parameters", as: Int.self)
    flops = value("flops", as: Int.self)
    estimate = value("estimate", as: TimeGuess.self)
    // A store says itself why it gave a trial up.
    reason = value("reason", as: String.self) ?? value("failure", as: String.self)
    seconds = value("seconds", as: Double.self)
  }
}

extension TrialNotes.TimeGuess {
  init(_ estimate: TimeEstimate) {
    self.init(
      seconds: estimate.seconds, lowSeconds: estimate.lowSeconds,
      highSeconds: estimate.highSeconds, measuredSteps: estimate.measuredSteps,
      machine: StudyWorker.machine)
  }

  /// The estimate as a JSON object.
  public var json: JSONValue {
    [
      "seconds": .number(seconds), "low_seconds": .number(lowSeconds),
      "high_seconds": .number(highSeconds), "measured_steps": .integer(measuredSteps),
      "machine": .string(machine),
    ]
  }
}

extension TrialNotes.Run: Codable {
  private enum CodingKeys: String, CodingKey {
    case seed, fold, scores, epochs
    case bestEpoch = "best_epoch"
  }

  /// The run as a JSON object.
  public var json: JSONValue {
    .object(
      [.init("seed", .integer(Int(truncatingIfNeeded: seed)))]
        + (fold.map { [.init("fold", .integer($0))] } ?? [])
        + [
          .init("scores", .array(scores.map { .number($0) })), .init("epochs", .integer(epochs)),
          .init("best_epoch", .integer(bestEpoch)),
        ])
  }
}
