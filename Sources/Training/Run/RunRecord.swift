public import SpecCompiler

/// What a finished run wrote down about itself, without its network.
public struct RunRecord: Sendable {
  /// The path of the folder.
  public let folder: String
  public let manifest: Manifest
  public let outcome: RunOutcome
  /// Every epoch, first to last.
  public let epochs: [EpochReport]
  /// The spec as the author wrote it.
  public let specText: String
  /// The spec with every value decided.
  public let resolvedText: String

  /// Reads a run folder; throws, naming the file, where one is missing, foreign or damaged.
  public static func open(_ folder: String) throws(TrainingError) -> RunRecord {
    let files = RunFolder(path: folder)
    return RunRecord(
      folder: folder, manifest: try files.manifest(),
      outcome: try files.json(RunOutcome.self, RunFile.result), epochs: try files.epochs(),
      specText: try files.text(RunFile.spec), resolvedText: try files.text(RunFile.resolved))
  }

  /// What rules may know of the run: its scores, and its curves epoch by epoch.
  public var probe: Probe {
    var probe = outcome.probe
    probe.trainingLosses = epochs.map(\.trainingLoss)
    probe.validationLosses = epochs.compactMap(\.validationLoss)
    return probe
  }

  /// The rate of the last step of each epoch.
  public var rates: [RateCurve.Point] {
    epochs.map { RateCurve.Point(step: $0.step, rate: $0.learningRate) }
  }

  /// What the run was and how it ended, in a few lines.
  public var words: String {
    let stop =
      switch outcome.stopped {
      case .finished: "after all epochs"
      case .earlyStopping: "early"
      case .interrupted: "when it was interrupted"
      }
    let parts = manifest.rows
    var lines = [
      "\(manifest.name) · \(folder): trained on \(parts.train) rows of `\(manifest.data.path)`",
      "  ended     \(stop), after \(outcome.epochs) epochs; the best was \(outcome.bestEpoch)",
    ]
    if let verdict = outcome.verdict { lines.append("  verdict   \(verdict.sentence)") }
    return lines.joined(separator: "\n")
  }
}
