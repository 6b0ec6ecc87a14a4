#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
internal import Parallel
internal import Synchronization
public import Training

/// The search: workers that take up trials of a study until there are enough.
public struct StudyRun: Sendable {
  public let store: any StudyStore
  public let plan: StudyPlan
  let maker: CandidateMaker
  private let sampler: any Sampler
  private let pruner: (any Pruner)?
  /// As the store knows this process.
  private let owner: String
  private let workers: Int?

  /// How many trials are trained at a time.
  var threadCount: Int { max(1, workers ?? Workers.processorCount) }
  let folder: @Sendable () throws(TrainingError) -> String
  private let checkpoints: TrialCheckpoint?

  /// - Parameters:
  ///   - owner: tells this process from others on the same study.
  ///   - workers: how many trials are trained at a time; nil for as many as there are processors.
  ///   - checkpoints: the folder in which long trials are saved; nil for not at all.
  ///   - folder: where encoded rows go that are too large for the memory.
  public init(
    _ store: any StudyStore, _ plan: StudyPlan, _ maker: CandidateMaker, owner: String,
    workers: Int? = nil, checkpoints: TrialCheckpoint? = nil,
    folder: @escaping @Sendable () throws(TrainingError) -> String = { () throws(TrainingError) in
      "."
    }
  ) throws(StudyError) {
    let settings = store.settings
    guard let sampler = Samplers.named(settings.sampler) else {
      throw StudyError("there is no sampler `\(settings.sampler)`")
    }
    guard let pruner = Pruners.named(settings.pruner, options: settings.prunerOptions) else {
      throw StudyError("there is no pruner `\(settings.pruner)`")
    }
    (self.store, self.plan, self.maker, self.owner) = (store, plan, maker, owner)
    (self.workers, self.checkpoints, self.folder) = (workers, checkpoints, folder)
    self.sampler = sampler
    self.pruner = plan.isPrunable && !(pruner is NoPruner) ? pruner : nil
  }

  /// Searches until there are enough trials, time is over or `shouldStop` says so; trials that are
  /// then going on are given back.
  public func run(
    shouldStop: @escaping @Sendable () -> Bool = { false },
    report: @escaping @Sendable (StudyEvent) -> Void = { _ in }
  ) throws(StudyError) -> StudyEnding {
    let points = PointNumbers()
    let hasCheckpoints = checkpoints?.isThere ?? false
    for trial in try store.trials() where trial.isFinished {
      let notes = TrialNotes(try store.notes(of: trial.number))
      if !notes.spec.isEmpty { points.note(notes.spec, of: trial.number) }
      // Somebody else may have ended what was begun here.
      if hasCheckpoints { removeCheckpoints(of: trial.number) }
    }
    let rows = SharedRows(folder: folder)
    try checkRows(rows)
    let runner = TrialRunner(
      plan: plan, maker: maker, rows: rows, pruner: pruner, points: points,
      checkpoint: checkpoint)
    // Such as those of the same command, which was killed a moment ago.
    try store.endClaims(ofOwners: StudyWorker.isGone)
    let keeper = ClaimKeeper(store, seconds: TrialHold.seconds)
    let state = Mutex<(error: StudyError?, ending: StudyEnding?)>((error: nil, ending: nil))
    let start = ContinuousClock().now
    let isOver: @Sendable () -> Bool = {
      shouldStop() || state.withLock { $0.error != nil }
    }
    let pool = Workers(count: threadCount)
    pool.run(parts: pool.count) { _ in
      do throws(StudyError) {
        let ending = try work(runner, keeper, from: start, isOver, report)
        state.withLock { $0.ending = ending == .trials ? $0.ending ?? ending : ending }
      } catch {
        state.withLock { $0.error = $0.error ?? error }
      }
    }
    let end = state.withLock { $0 }
    if let error = end.error { throw error }
    return shouldStop() ? .interrupted : end.ending ?? .trials
  }

  /// The file in which a run of a trial is saved.
  @Sendable private func checkpoint(_ trial: Int, _ run: Int) -> TrialCheckpoint? {
    checkpoints.map {
      TrialCheckpoint(path: "\($0.path)/\(trial).\(run).checkpoint", version: $0.version)
    }
  }

  private func removeCheckpoints(of trial: Int) {
    for run in 0..<plan.runsPerTrial { checkpoint(trial, run)?.remove() }
  }

  /// Whether there are rows that judge, as the spec itself has them, before all trials fail alike.
  private func checkRows(_ rows: SharedRows) throws(StudyError) {
    guard !plan.measures.isEmpty else { return }
    do throws(TrainingError) {
      _ = try rows.rows(
        maker.untuned, plan.folds.map { .fold(0, of: $0, round: 0) } ?? .own)
    } catch {
      throw StudyError(error.message, hints: error.hints)
    }
  }

  /// What one worker does.
  private func work(
    _ runner: TrialRunner, _ keeper: ClaimKeeper, from start: ContinuousClock.Instant,
    _ isOver: @escaping @Sendable () -> Bool,
    _ report: @escaping @Sendable (StudyEvent) -> Void
  ) throws(StudyError) -> StudyEnding {
    var (pause, ending) = (Self.leastPause, StudyEnding.trials)
    while !isOver() {
      if let seconds = plan.seconds, (ContinuousClock().now - start) / .seconds(1) >= seconds {
        return .time
      }
      var known: [Trial]?
      let outcome = try store.claim(
        owner: owner, seconds: TrialHold.seconds, limit: plan.trials
      ) { number, history in
        known = history
        return suggest(number, history, &ending)
      }
      switch outcome {
      case .claimed(let claim):
        if let known = try history(of: claim, known) {
          pause = Self.leastPause
          try run(claim, after: known, runner, keeper, isOver, report)
        } else {
          try store.release(claim)
          usleep(pause)
          pause = min(2 * pause, Self.greatestPause)
        }
      case .wait, .othersRunning:
        usleep(pause)
        pause = min(2 * pause, Self.greatestPause)
      case .done: return ending
      }
    }
    return .interrupted
  }

  // Microseconds: a small network is trained in about a thousand of them.
  private static let leastPause: UInt32 = 100
  private static let greatestPause: UInt32 = 100_000

  private func suggest(
    _ number: Int, _ history: [Trial], _ ending: inout StudyEnding
  ) -> [Double?]? {
    if plan.isExhausted(history) {
      ending = .patience
      return nil
    }
    let parameters = sampler.parameters(
      of: number, after: history, in: store.settings.space, seed: store.settings.seed)
    if parameters == nil { ending = .exhausted }
    return parameters
  }

  /// What a trial may know: what it was suggested by, or, where it was put in the queue, given back
  /// or begun by a process that is gone, what that would be; nil while not all of it is there.
  private func history(
    of claim: Claim, _ suggested: [Trial]?
  ) throws(StudyError) -> [Trial]? {
    if let suggested { return suggested }
    let (number, parallel) = (claim.trial.number, store.settings.parallel)
    let trials = try store.trials()
    guard trials.isReady(for: number, parallel: parallel) else { return nil }
    return trials.known(to: number, parallel: parallel)
  }

  /// Trains a trial that was claimed, and keeps what became of it.
  private func run(
    _ claim: Claim, after known: [Trial], _ runner: TrialRunner, _ keeper: ClaimKeeper,
    _ isOver: @escaping @Sendable () -> Bool,
    _ report: @escaping @Sendable (StudyEvent) -> Void
  ) throws(StudyError) {
    let number = claim.trial.number
    report(.began(claim.trial))
    let hold = TrialHold(claim, in: store, keeper)
    defer { hold.end() }
    let watch = TrialRunner.Watch(
      shouldStop: { !hold.isKept() || isOver() },
      resumed: { report(.resumed(number, epochs: $0)) },
      point: { point in
        hold.take(point)
        report(.point(point, of: number))
      })
    guard let (trial, notes) = runner.run(claim.trial, after: known, watch) else {
      report(.left(number))
      if let error = hold.error { throw error }
      if !hold.isLost { try store.release(claim) }
      return
    }
    // A result that comes too late is somebody else's by now.
    let isKept = try store.finish(claim, as: trial, notes: notes.texts)
    report(isKept ? .ended(trial, notes) : .left(number))
  }
}
