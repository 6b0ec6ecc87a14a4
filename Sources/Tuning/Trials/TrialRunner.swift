internal import SpecCompiler
internal import Training

/// Trains a trial, as often as its study wants, and judges it.
///
/// What becomes of a trial depends on its numbers and on the history it may know, not on the
/// process or the thread that runs it.
struct TrialRunner: Sendable {
  let plan: StudyPlan
  let maker: CandidateMaker
  let rows: SharedRows
  /// nil where no trial is ended early.
  let pruner: (any Pruner)?
  let points: PointNumbers
  /// The file in which a run of a trial is saved; nil where trials are not saved.
  let checkpoint: @Sendable (_ trial: Int, _ run: Int) -> TrialCheckpoint?

  /// How it is told whether to go on, and tells how far it is.
  struct Watch {
    var shouldStop: () -> Bool
    var resumed: (_ epochs: Int) -> Void
    var point: (Trial.Point) -> Void
  }

  /// The trial with its result and its notes; nil where it was asked to stop.
  func run(_ trial: Trial, after history: [Trial], _ watch: Watch) -> (Trial, TrialNotes)? {
    let start = ContinuousClock().now
    let candidate = maker.candidate(trial.parameters)
    points.note(candidate.digest, of: trial.number)
    var (trial, notes) = (trial, TrialNotes())
    (trial.curve, notes.spec) = ([], candidate.digest)
    notes.parameters = candidate.compilation.size("parameters")
    notes.flops = candidate.compilation.size("flops")
    if plan.asksTime, candidate.refusal == nil { notes.estimate = candidate.time() }
    trial.violations = candidate.violations(of: plan.limits, notes.estimate)
    if let words = candidate.refusal ?? excess(trial.violations) {
      (trial.state, notes.reason) = (.failed, words)
      return (trial, notes)
    }
    let repeats = points.repeats(of: candidate.digest, among: history) {
      maker.candidate($0).digest
    }
    var isLeft = false
    defer {
      if !isLeft {
        for run in 0..<plan.runsPerTrial { checkpoint(trial.number, run)?.remove() }
      }
    }
    do throws(TrainingError) {
      guard
        try train(
          &trial, &notes, candidate, history, firstRound: repeats * plan.seeds, watch)
      else {
        isLeft = true
        return nil
      }
    } catch {
      if case .interrupted = error.kind {
        isLeft = true
        return nil
      }
      (trial.state, trial.values, notes.reason) = (.failed, [], error.message)
    }
    notes.seconds = (ContinuousClock().now - start) / .seconds(1)
    return (trial, notes)
  }

  /// Which limits are exceeded, in a sentence; nil of none.
  private func excess(_ violations: [Double]) -> String? {
    let words = zip(plan.limits, violations).filter { $1 > 0 }.map { limit, violation in
      "\(roundedText(limit.most + violation)) \(limit.cost.words), of at most "
        + roundedText(limit.most)
    }
    return words.isEmpty ? nil : "not trained: " + words.joined(separator: "; ")
  }

  /// Trains for every seed and fold; whether it came to an end.
  private func train(
    _ trial: inout Trial, _ notes: inout TrialNotes, _ candidate: Candidate, _ history: [Trial],
    firstRound: Int, _ watch: Watch
  ) throws(TrainingError) -> Bool {
    let together = try runTogether(candidate, firstRound: firstRound, watch)
    for run in 0..<plan.runsPerTrial {
      let fold = plan.folds.map { run % $0 }
      let (seed, outcome): (UInt64, TrialTraining.Outcome?)
      if let together {
        seed = together[run].seed
        outcome = try together[run].outcome.get()
      } else {
        let task = try task(run, candidate, firstRound: firstRound)
        let place = checkpoint(trial.number, run)
        seed = task.seed
        outcome = try self.run(task.training, seed: seed, place, &trial, history, watch)
      }
      guard let outcome, outcome.stopped != .interrupted else { return trial.state == .pruned }
      let scores = try plan.measures.map { (measure) throws(TrainingError) in
        guard let score = outcome.judged.values[measure] else { throw .unscored(measure) }
        return score
      }
      notes.runs.append(
        TrialNotes.Run(
          seed: seed, fold: fold.map { $0 + 1 }, scores: scores, epochs: outcome.epochs,
          bestEpoch: outcome.bestEpoch))
      let isLast = run + 1 == plan.runsPerTrial
      if plan.runsPerTrial > 1, plan.isPrunable, let score = scores.first {
        add(plan.objectives[0].turned(score), step: run + 1, to: &trial, watch)
        if !isLast, isPruned(&trial, history) { return true }
      }
    }
    trial.state = .complete
    trial.values = try values(candidate, notes)
    return true
  }

  /// What one of the runs of a trial is.
  private func task(
    _ run: Int, _ candidate: Candidate, firstRound: Int
  ) throws(TrainingError) -> TrialTraining.Task {
    let round = firstRound + run / (plan.folds ?? 1)
    let part = plan.folds.map { TrialPart.fold(run % $0, of: $0, round: round) } ?? .own
    let training = try TrialTraining(candidate.compilation, on: rows.rows(candidate, part))
    return TrialTraining.Task(training, seed: training.seed &+ UInt64(round))
  }

  /// All runs of a trial, begun together; nil where each is to come after the one before it: where
  /// that is as fast, or the trial may be ended in between.
  private func runTogether(
    _ candidate: Candidate, firstRound: Int, _ watch: Watch
  ) throws(TrainingError)
    -> [(seed: UInt64, outcome: Result<TrialTraining.Outcome, TrainingError>)]?
  {
    guard pruner == nil, plan.runsPerTrial > 1,
      try task(0, candidate, firstRound: firstRound).training.isFasterTogether(plan.runsPerTrial)
    else { return nil }
    let tasks = try (0..<plan.runsPerTrial).map { (run) throws(TrainingError) in
      try task(run, candidate, firstRound: firstRound)
    }
    let outcomes = TrialTraining.run(tasks, measures: plan.measures, shouldStop: watch.shouldStop)
    return zip(tasks, outcomes).map { ($0.seed, $1) }
  }

  /// One training; nil where it did not come to its end.
  private func run(
    _ training: TrialTraining, seed: UInt64, _ checkpoint: TrialCheckpoint?,
    _ trial: inout Trial, _ history: [Trial], _ watch: Watch
  ) throws(TrainingError) -> TrialTraining.Outcome? {
    guard plan.runsPerTrial == 1, plan.isPrunable else {
      let outcome = try training.run(
        seed: seed, measures: plan.measures, checkpoint: checkpoint, shouldStop: watch.shouldStop,
        resumed: watch.resumed)
      return outcome.stopped == .interrupted ? nil : outcome
    }
    var growing = trial
    let outcome = try training.run(
      seed: seed, measures: plan.measures, checkpoint: checkpoint, shouldStop: watch.shouldStop,
      resumed: watch.resumed
    ) { epoch, value in
      add(plan.objectives[0].turned(value), step: epoch, to: &growing, watch)
      return !isPruned(&growing, history)
    }
    trial = growing
    guard outcome.stopped == .interrupted else {
      // Asked to end after its last epoch: its value is known.
      (trial.state, trial.values) = (.running, [])
      return outcome
    }
    return nil
  }

  private func add(_ value: Double, step: Int, to trial: inout Trial, _ watch: Watch) {
    let point = Trial.Point(step: step, value: value)
    trial.curve.append(point)
    watch.point(point)
  }

  /// Whether others were better at this point; the trial is then over.
  private func isPruned(_ trial: inout Trial, _ history: [Trial]) -> Bool {
    guard let pruner, pruner.prunes(trial, after: history) else { return false }
    (trial.state, trial.values) = (.pruned, [trial.curve.last?.value ?? 0])
    return true
  }

  /// The mean over the runs of each objective, smaller is better.
  private func values(
    _ candidate: Candidate, _ notes: TrialNotes
  ) throws(TrainingError) -> [Double] {
    var place = 0
    return try plan.objectives.map { (objective) throws(TrainingError) in
      switch objective.measure {
      case .cost(let cost):
        guard let value = candidate.value(of: cost, notes.estimate) else { throw .unknown(cost) }
        return objective.turned(value)
      case .score:
        let scores = notes.runs.map { $0.scores[place] }
        place += 1
        return objective.turned(scores.reduce(0, +) / Double(scores.count))
      }
    }
  }
}

extension StudyPlan.Cost {
  fileprivate var words: String {
    switch self {
    case .parameters: "parameters"
    case .flops: "FLOPs"
    case .memory: "bytes of memory"
    case .seconds: "seconds"
    }
  }
}

extension TrainingError {
  /// A cost that is searched for cannot be told.
  fileprivate static func unknown(_ cost: StudyPlan.Cost) -> TrainingError {
    TrainingError("the \(cost.words) cannot be told beforehand")
  }

  /// A score that is searched for is none.
  fileprivate static func unscored(_ measure: TrialTraining.Measure) -> TrainingError {
    switch measure {
    case .loss: TrainingError("the loss on the judging rows is not finite")
    case .metric(let name): TrainingError("`\(name)` is not defined on the judging rows")
    }
  }
}
