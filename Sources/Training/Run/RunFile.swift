internal import Tables

/// The files of a run folder.
enum RunFile {
  /// As the author wrote it.
  static let spec = "spec.yaml"
  /// Every effective value with its origin.
  static let resolved = "resolved.yaml"
  static let manifest = "manifest.json"
  /// One line per epoch.
  static let metrics = "metrics.jsonl"
  static let preprocessing = "preprocessing.json"
  static let weights = "weights.safetensors"
  /// The state of training when it was last saved.
  static let checkpoint = "checkpoint.safetensors"
  static let result = "result.json"
  /// In place of all that belongs to a network: what repeated runs found.
  static let repeats = "repeats.json"
  /// The repeated runs that are over, while others go on.
  static let repeatsLog = "repeats.log"
  /// How long a run took so far, beside its checkpoint.
  static let sittings = "sittings.json"
  /// Losses, rate, scores and hyperparameters for TensorBoard, which knows such files by the part
  /// `tfevents` of their name.
  static let events = "events.out.tfevents.plumb"
  /// Beside the times in `events`, all that differs between two runs of the same spec, seed and
  /// data, and the last to be written.
  static let timing = "timing.json"

  static let all = [
    spec, resolved, manifest, metrics, preprocessing, weights, checkpoint, result, repeats,
    repeatsLog, sittings, events, timing,
  ]

  /// Whether a file of this name may be a run's own.
  static func isKnown(_ name: String) -> Bool {
    // Files on their way to their place; rows that do not fit into memory.
    all.contains(name) || name.hasPrefix("checkpoint") || name.hasSuffix(".new")
      || name.hasSuffix(".rows") || name == "report.html"
  }
}

/// What was fitted to the training rows, as it is kept with a run.
struct Preprocessing: Sendable, Codable {
  var features: FeatureEncoder
  var target: TargetEncoder
}
