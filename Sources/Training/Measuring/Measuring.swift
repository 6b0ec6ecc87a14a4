public import SpecCompiler

/// A piece of advice to be measured: the spec as it would be with its edit.
public struct AdviceTrial: Sendable {
  public var code: String
  /// What the edit writes, in words.
  public var edit: String
  /// With its table.
  public var compilation: Compilation

  public init(code: String, edit: String, compilation: Compilation) {
    (self.code, self.edit, self.compilation) = (code, edit, compilation)
  }
}

/// What training with and without pieces of advice showed, and what that rests on.
public struct AdviceMeasurement: Sendable, Encodable, Equatable {
  /// One piece of advice.
  public struct Item: Sendable, Encodable, Equatable {
    public var code: String
    public var edit: String
    public var verdict: MeasuredVerdict
    /// With the edit, of each pair that has a score.
    public var scores: [Double] = []
  }

  /// The score, as a spec names it.
  public var metric: String
  /// Why it is this one.
  public var choice: String
  public var direction: Metric.Direction
  /// Mean score of the spec as it is; nil of no pairs.
  public var score: Double?
  /// The smallest difference that matters, and where it comes from; nil where no pair was done.
  public var margin: Double?
  public var marginOrigin: String
  public var folds: Int
  /// Rows outside the test part, which the folds are made of, and rows of the test part.
  public var rows: Int
  public var heldOutRows: Int
  public var items: [Item]
  public var isInterrupted = false
  /// Of the spec as it is, of each pair that has a score.
  public var scores: [Double] = []
}

/// Trains a spec with and without each piece of advice until there is a verdict on each.
///
/// A pair is two trainings with the same seed on the same rows: the rows outside the spec's test
/// part are dealt into ten folds, anew after each ten pairs, one of which judges while the others
/// train and validate. `SequentialTest` says when to look and what is a verdict. A difference that
/// is told early is trained for anew, on two further rounds, as it is too large in the mean; where
/// those point the other way there is no verdict. The figures depend on how many pairs were done,
/// not on the number of threads or on what else is measured.
///
/// - Parameters:
///   - margin: the smallest difference that matters; nil for 0.01 of a score that is at most 1, and
///     2 % of an error.
///   - seconds: after so many, the pairs that are whole are judged.
///   - threads: how many trainings go on at a time; nil for as many as there are processors, or as
///     fit into a quarter of the memory.
///   - report: told what is going on, from any thread.
public func measure(
  _ compilation: Compilation, _ trials: [AdviceTrial], margin: Double? = nil, seconds: Double,
  threads: Int? = nil, shouldStop: @escaping @Sendable () -> Bool = { false },
  report: @escaping @Sendable (String) -> Void = { _ in }
) throws(TrainingError) -> AdviceMeasurement {
  try checkInstructionSet()
  let base = try PairedArm(compilation)
  var arms: [PairedArm?] = []
  var reasons: [String?] = []
  for trial in trials {
    let arm = PairedArm.compared(trial.compilation, with: base)
    arms.append(arm.arm)
    reasons.append(arm.reason)
  }
  let limits = ProbeLimits(seconds: seconds, shouldStop: shouldStop, report: report)
  var session = try MeasureSession(base, arms, reasons, margin: margin, threads: threads, limits)
  try session.run(trials.map(\.code))
  return session.result(trials)
}
