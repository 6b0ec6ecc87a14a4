internal import Parallel
internal import SpecCompiler
internal import Training

/// The winner of a search trained on fresh seeds beside the spec as it was: the best of many values
/// is better than what it will give again.
///
/// A pair is two trainings with the same seed on the same rows. The intervals hold with 95 %, over
/// seeds and rows: where folds share rows they are widened as Nadeau and Bengio do; on one part,
/// which all pairs share, by what the scores change where rows are left out.
public struct Confirmation: Sendable {
  /// A mean with its interval.
  public struct Estimate: Sendable, Hashable {
    public var mean: Double
    /// nil of one pair.
    public var halfWidth: Double?

    public init(mean: Double, halfWidth: Double?) {
      (self.mean, self.halfWidth) = (mean, halfWidth)
    }
  }

  /// One measure on one part of the rows.
  public struct Line: Sendable, Hashable {
    public enum Part: String, Sendable { case validation, folds, test }

    public var part: Part
    public var objective: StudyPlan.Objective
    public var untuned: Estimate
    public var tuned: Estimate
    /// Tuned less untuned.
    public var difference: Estimate

    /// Whether the tuned spec is better, where the interval says so.
    public var isBetter: Bool? {
      guard let width = difference.halfWidth else { return nil }
      let gain = -objective.turned(difference.mean)
      return gain > width ? true : gain < -width ? false : nil
    }
  }

  /// As asked for.
  public var pairs: Int
  /// What was searched for, on the rows that judged the trials and, if there is one, the test part.
  public var lines: [Line]
  /// Why there is nothing to compare: a network whose numbers ran off.
  public var reason: String?
  /// How many rows judged each trial, of how many that could: those outside the test part.
  public var judgingRows: (judged: Int, of: Int)?
  /// Whether it was stopped before all pairs were done.
  public var isInterrupted = false

  /// Whether the tuned spec is better, by the rows that took the least part in choosing it; nil
  /// where nothing shows it.
  public var isBetter: Bool? { lines.last { $0.objective == lines.first?.objective }?.isBetter }
}

extension StudyRun {
  // Far from the seeds of trials, which count up from the spec's own.
  private static let firstRound = 1_000_000

  /// Trains a spec that was tried and the spec as it was with so many fresh seeds.
  ///
  /// - Parameter report: told how many of the trainings are done, from any thread.
  public func confirm(
    _ parameters: [Double?], pairs: Int, shouldStop: @escaping @Sendable () -> Bool = { false },
    report: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) -> Confirmation {
    let arms = [maker.untuned, maker.candidate(parameters)]
    let measures = plan.measures
    var confirmation = Confirmation(pairs: pairs, lines: [])
    guard pairs > 0, !measures.isEmpty else { return confirmation }
    let rows = SharedRows(folder: folder)
    var tasks: [Task] = []
    for pair in 0..<pairs {
      for arm in arms.indices {
        if plan.folds != nil { tasks.append(Task(arm: arm, pair: pair, isFold: true)) }
        tasks.append(Task(arm: arm, pair: pair, isFold: false))
      }
    }
    let (all, counter) = (tasks, Counter())
    let groups = groups(of: all, arms, rows)
    let scores = Workers.results(groups.groups.count, threads: threadCount) { index in
      let group = groups.groups[index].map { all[$0] }
      let scores = train(group, arms, rows, shouldStop)
      for score in scores {
        if case .stopped = score { continue }
        report(counter.next(), all.count)
      }
      return scores
    }
    let results = groups.inOrder(scores)
    for (task, result) in zip(all, results) {
      switch result {
      case .stopped: confirmation.isInterrupted = true
      case .failed(let words) where confirmation.reason == nil:
        confirmation.reason = (task.arm == 0 ? "the spec as it was: " : "the tuned spec: ") + words
      case .failed, .scored: break
      }
    }
    guard !confirmation.isInterrupted, confirmation.reason == nil else { return confirmation }
    confirmation.lines = lines(zip(all, results).map { ($0, $1) })
    if case .scored(_, let rows) = results[0] {
      confirmation.judgingRows = (rows.judgingCount, rows.count)
    }
    return confirmation
  }

  private struct Task: Sendable {
    var arm: Int
    var pair: Int
    /// Whether it is judged by a fold, or by the spec's own parts.
    var isFold: Bool
  }

  private enum Scores: Sendable {
    case scored(TrialTraining.Outcome, on: TrialRows)
    case failed(String)
    case stopped

    init(_ error: TrainingError) {
      if case .interrupted = error.kind { self = .stopped } else { self = .failed(error.message) }
    }
  }

  /// Which trainings are begun together: some of one arm.
  private func groups(of tasks: [Task], _ arms: [Candidate], _ rows: SharedRows) -> TaskGroups {
    TaskGroups(tasks.map { 2 * $0.arm + ($0.isFold ? 1 : 0) }, threads: threadCount) {
      kind, count in
      guard let task = tasks.first(where: { 2 * $0.arm + ($0.isFold ? 1 : 0) == kind }),
        let made = try? training(of: task, arms, rows)
      else { return false }
      return made.task.training.isFasterTogether(count)
    }
  }

  private func training(
    of task: Task, _ arms: [Candidate], _ rows: SharedRows
  ) throws(TrainingError) -> (task: TrialTraining.Task, rows: TrialRows) {
    var (part, round) = (TrialPart.own, Self.firstRound + task.pair)
    if task.isFold, let folds = plan.folds {
      round = Self.firstRound + task.pair / folds
      part = .fold(task.pair % folds, of: folds, round: round)
    }
    let encoded = try rows.rows(arms[task.arm], part)
    let training = try TrialTraining(arms[task.arm].compilation, on: encoded)
    let base = UInt64(arms[0].compilation.spec?.training.seed ?? 0)
    return (
      TrialTraining.Task(training, seed: base &+ UInt64(round), isFinal: !task.isFold), encoded
    )
  }

  private func train(
    _ tasks: [Task], _ arms: [Candidate], _ rows: SharedRows, _ shouldStop: () -> Bool
  ) -> [Scores] {
    guard !shouldStop() else { return tasks.map { _ in .stopped } }
    do throws(TrainingError) {
      let made = try tasks.map { (task) throws(TrainingError) in
        try training(of: task, arms, rows)
      }
      let outcomes = TrialTraining.run(
        made.map(\.task), measures: plan.measures, shouldStop: shouldStop)
      return zip(made, outcomes).map { made, outcome in
        switch outcome {
        case .success(let outcome) where outcome.stopped == .interrupted: .stopped
        case .success(let outcome): .scored(outcome, on: made.rows)
        case .failure(let error): .init(error)
        }
      }
    } catch {
      return tasks.map { _ in .init(error) }
    }
  }

  private func lines(_ results: [(task: Task, scores: Scores)]) -> [Confirmation.Line] {
    let parts: [Confirmation.Line.Part] = [plan.folds == nil ? .validation : .folds, .test]
    return parts.flatMap { part in
      plan.objectives.compactMap { objective -> Confirmation.Line? in
        guard case .score(let measure) = objective.measure else { return nil }
        var (arms, rests, overlaps): ([[Double]], [[[Double]]], [Double]) = (
          [[], []], [[], []], []
        )
        for (task, scores) in results where task.isFold == (part == .folds) {
          guard case .scored(let outcome, let rows) = scores else { continue }
          let judged = part == .test ? outcome.test : outcome.judged
          guard let value = judged.values[measure] else { return nil }
          arms[task.arm].append(value)
          rests[task.arm].append(judged.rests[measure] ?? [])
          overlaps.append(task.isFold ? rows.overlap : 0)
        }
        guard !arms[0].isEmpty, arms[0].count == arms[1].count else { return nil }
        let overlap = overlaps.reduce(0, +) / Double(overlaps.count)
        let means = rests.map(meansOfGroups)
        let differences = zip(means[1], means[0]).map { $0 - $1 }
        return Confirmation.Line(
          part: part, objective: objective, untuned: .init(arms[0], overlap, means[0]),
          tuned: .init(arms[1], overlap, means[1]),
          difference: .init(zip(arms[1], arms[0]).map { $0 - $1 }, overlap, differences))
      }
    }
  }
}

/// The mean over the pairs of what scores are without each group of rows; empty where that is not
/// known of all.
private func meansOfGroups(_ rests: [[Double]]) -> [Double] {
  guard let first = rests.first, rests.allSatisfy({ $0.count == first.count }) else { return [] }
  return first.indices.map { group in
    rests.reduce(0) { $0 + $1[group] } / Double(rests.count)
  }
}

extension Confirmation.Estimate {
  /// - Parameter rests: the mean without each group of the rows that judge.
  fileprivate init(_ values: [Double], _ overlap: Double, _ rests: [Double]) {
    let difference = CorrectedDifference(
      values, overlap: overlap, rowVariance: LeftOutRows.variance(of: rests))
    self.init(mean: difference.mean, halfWidth: difference.halfWidth(missing: 0.05))
  }
}
