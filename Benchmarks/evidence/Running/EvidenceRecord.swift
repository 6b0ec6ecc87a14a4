/// One line of `evidence.jsonl`: something that was found out, and is not found out again.
enum EvidenceRecord: Codable, Sendable, Hashable {
  case run(RunRecord)
  case training(TrainingRecord)
  case baselines(BaselinesRecord)
  case advice(AdviceRecord)
}

/// What a run of the tool was asked for, as far as its figures depend on it.
struct RunRecord: Codable, Sendable, Hashable {
  var cap: TableCap
  /// Trials of the random search.
  var trials: Int
}

/// A training of one arm.
struct TrainingRecord: Codable, Sendable, Hashable {
  enum State: String, Codable, Sendable { case scored, diverged, refused }

  struct Key: Codable, Sendable, Hashable {
    var table: String
    /// From 1; 0 is the split of the search and of probes.
    var seed: Int
    /// The identity of its spec.
    var spec: String
  }

  var key: Key
  /// The first arm that asked for it; others may share it.
  var arm: String
  var settings: String
  var state: State
  var validation: [String: Double] = [:]
  var test: [String: Double] = [:]
  var epochs = 0
  var steps = 0
  var seconds = 0.0
  var reason: String?
}

/// What the constant and the linear model score on the rows of a seed.
struct BaselinesRecord: Codable, Sendable, Hashable {
  var table: String
  var seed: Int
  var constant: [String: Double]
  var linear: [String: Double]
}

/// What a rule says about one spec.
struct AdviceRecord: Codable, Sendable, Hashable {
  struct Key: Codable, Sendable, Hashable {
    var table: String
    var rule: String
    /// The case of the plan, or `natural` with a number.
    var name: String
  }

  struct Value: Codable, Sendable, Hashable {
    var path: String
    var text: String
  }

  var key: Key
  /// What the fix writes; nil where the rule is silent or has no values to write.
  var proposed: [Value]?
  /// Why there is nothing, where that is no silence.
  var reason: String?
}
