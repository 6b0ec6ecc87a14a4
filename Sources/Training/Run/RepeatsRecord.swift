public import SpecCompiler
internal import SpecSyntax

/// What repeated runs wrote down about themselves.
public struct RepeatsRecord: Sendable {
  /// The path of the folder.
  public let folder: String
  public let outcome: RepeatsOutcome
  /// The spec as the author wrote it.
  public let specText: String
  /// The spec with every value decided.
  public let resolvedText: String

  /// Whether a folder holds the measures of repeated runs.
  public static func isThere(_ folder: String) -> Bool {
    (try? RunFolder(path: folder).text(RunFile.repeats)) != nil
  }

  /// Reads a folder of measures; throws, naming the file, where one is missing or damaged.
  public static func open(_ folder: String) throws(TrainingError) -> RepeatsRecord {
    let files = RunFolder(path: folder)
    return RepeatsRecord(
      folder: folder, outcome: try files.json(RepeatsOutcome.self, RunFile.repeats),
      specText: try files.text(RunFile.spec), resolvedText: try files.text(RunFile.resolved))
  }

  /// The scores of all runs.
  public var scores: RunScores? {
    guard let metric = outcome.verdict?.metric else { return nil }
    return RunScores(
      metric: metric, part: outcome.part, values: outcome.runs.compactMap { $0.metrics[metric] })
  }

  /// What was repeated and what came of it, in a few lines.
  public var words: String {
    let folds = outcome.folds.map { "\($0) folds, " } ?? ""
    var lines = [
      "\(folder): \(counted(outcome.runs.count, "run")), \(folds)"
        + "\(counted(outcome.seeds.count, "seed")), measured on the \(outcome.part) rows"
    ]
    if let verdict = outcome.verdict { lines.append("  verdict   \(verdict.sentence)") }
    return lines.joined(separator: "\n")
  }
}

/// The scores of one run or of repeated ones, to compare them with those of others.
public struct RunScores: Sendable, Hashable {
  /// `accuracy`, `r2`, or `d2_pinball` for quantiles.
  public var metric: String
  /// The rows they were measured on.
  public var part: String
  /// One for each run.
  public var values: [Double]

  /// Compares with others of the same metric on the same part; nil where they differ.
  public func compared(with other: RunScores) -> (facts: Comparison, words: Measurement)? {
    guard metric == other.metric, part == other.part, !values.isEmpty, !other.values.isEmpty else {
      return nil
    }
    let comparison = Comparison(values, other.values, metric: metric)
    return (comparison, comparison.measurement)
  }
}

extension RunRecord {
  /// The score of the run on the rows that judge it.
  public var scores: RunScores? {
    outcome.verdict.map { RunScores(metric: $0.metric, part: $0.part, values: [$0.network]) }
  }
}
