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
  static let result = "result.json"
  /// In place of all that belongs to a network: what repeated runs found.
  static let repeats = "repeats.json"
  /// The only file that differs between two runs of the same spec, seed and data.
  static let timing = "timing.json"
}

/// What was fitted to the training rows, as it is kept with a run.
struct Preprocessing: Sendable, Codable {
  var features: FeatureEncoder
  var target: TargetEncoder
}
