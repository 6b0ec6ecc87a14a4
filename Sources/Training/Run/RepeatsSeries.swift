internal import NetworkGraph
internal import SpecCompiler
internal import SpecSyntax
internal import Tables

/// Repeated runs one after the other, and what they gave so far.
struct RepeatsSeries {
  private let repeats: Repeats
  private let seeds: [UInt64]
  private var log: RepeatsLog
  /// Whether it ends with the runs that it has.
  var isInterrupted = false
  private var runs: [RepeatsOutcome.Run] = []
  /// Of each fold, for each seed.
  private var judged: [[JudgedRows]] = []
  /// What the constant baseline of the first fold always answers.
  private var majority: String?
  /// How long earlier sittings took.
  private let before: Sittings?
  private let start: ContinuousClock.Instant
  private var sitting = Sittings()

  /// - Parameters:
  ///   - entries: the runs that are over.
  ///   - start: when this sitting began, after `readSeconds` of reading.
  init(
    _ repeats: Repeats, firstSeed: UInt64, _ log: RepeatsLog, _ entries: [RepeatsLog.Entry],
    start: ContinuousClock.Instant, readSeconds: Double
  ) throws(TrainingError) {
    self.repeats = repeats
    (self.log, self.start, before) = (log, start, entries.last?.sittings)
    sitting.seconds.read = readSeconds
    sitting.seconds.prepare = seconds(.now - start)
    seeds = (0..<UInt64(repeats.seeds)).map { firstSeed + $0 }
    majority = entries.first?.majority
    for (index, entry) in entries.enumerated() {
      let place = place(index)
      guard index < repeats.runCount, entry.run.fold == place.fold,
        entry.run.seed == place.seed, let rows = entry.rows.judged
      else {
        throw TrainingError(
          "`\(RunFile.repeatsLog)` of the folder has runs in another order than this training",
          hints: ["remove the file, and the runs begin anew with `--resume`"])
      }
      keep(entry.run, rows, fold: index / seeds.count)
    }
  }

  /// Whether runs were brought to the disk on the way.
  var isForced: Bool { log.isForced }

  /// Brings the runs so far to the disk, as far as it takes them.
  mutating func force() { try? log.force() }

  /// Whether no run is over.
  var isEmpty: Bool { runs.isEmpty }

  /// Whether runs are left.
  var isShort: Bool { runs.count < repeats.runCount }

  /// How long this sitting and those before it took until now.
  var sittings: Sittings {
    var now = sitting
    now.seconds.total = now.seconds.read + seconds(.now - start)
    return now.following(before)
  }

  /// Trains the runs that are left; throws when it is stopped.
  ///
  /// - Parameter whole: the job on the spec's own split.
  mutating func run(
    _ whole: Job, folder: @escaping () throws(TrainingError) -> String,
    _ shouldStop: () -> Bool, _ wantsMetric: () -> Bool, _ report: (RunEvent) -> Void
  ) throws(TrainingError) {
    guard !isInterrupted else {
      guard !isEmpty else {
        throw TrainingError(
          "no run is over yet: there is nothing to end",
          hints: ["leave out `--finish` and let it train"])
      }
      return
    }
    var splits: [RowSplit?] = [nil]
    if let folds = repeats.folds {
      splits = try SplitRows(whole.spec.data, whole.table).folds(folds)
    }
    for (fold, split) in splits.enumerated() where runs.count < (fold + 1) * seeds.count {
      let start = ContinuousClock.now
      let job =
        try split == nil
        ? whole
        : Job(whole.compilation, split, threads: whole.threads, folder: folder)
      sitting.seconds.prepare += seconds(.now - start)
      let baselineStart = ContinuousClock.now
      let baselines = Baselines(job)
      sitting.seconds.evaluate += seconds(.now - baselineStart)
      majority = majority ?? baselines.constant.majority
      while runs.count < (fold + 1) * seeds.count {
        let place = place(runs.count)
        report(.repeated(place))
        do throws(TrainingError) {
          try run(job, baselines, place, shouldStop, wantsMetric, report)
        } catch {
          throw told(error, at: place)
        }
      }
    }
  }

  /// An error with the run that it ended.
  private func told(_ error: TrainingError, at place: Repeats.Place) -> TrainingError {
    var error = error
    switch error.kind {
    case .interrupted:
      error.message =
        isEmpty
        ? "stopped before the first run was over"
        : "interrupted after \(runs.count) of \(repeats.runCount) runs"
    case .input, .diverged: error.message = "\(place.words): \(error.message)"
    }
    return error
  }

  private mutating func run(
    _ job: Job, _ baselines: Baselines, _ place: Repeats.Place, _ shouldStop: () -> Bool,
    _ wantsMetric: () -> Bool, _ report: (RunEvent) -> Void
  ) throws(TrainingError) {
    let clock = ContinuousClock()
    let start = clock.now
    var job = job
    job.recipe.seed = place.seed
    let trainer = try Trainer(
      job.recipe, graph: job.graph, preparation: job.preparation, threads: job.threads)
    report(.started(job.start(trainer)))
    let trained = try trainer.run(
      shouldStop: shouldStop, wantsMetric: wantsMetric, report: report)
    let end = clock.now
    sitting.seconds.train += seconds(end - start)
    guard trained.stopped != .interrupted else {
      throw TrainingError("", kind: .interrupted)
    }
    sitting.steppedRows += trained.steppedRows
    sitting.stepSeconds += trained.stepSeconds
    let found = Judgement(job, trainer, trained, baselines).judged
    func metrics(_ predictions: Predictions) -> [String: Double] {
      Metrics.values(of: predictions, against: found.truth, including: job.recipe.metrics)
    }
    let run = RepeatsOutcome.Run(
      fold: place.fold, seed: place.seed, rows: job.rows, epochs: trained.epochs.count,
      bestEpoch: trained.bestEpoch, stopped: trained.stopped, metrics: metrics(found.network),
      constant: metrics(found.constant), linear: metrics(found.linear))
    sitting.seconds.evaluate += seconds(clock.now - end)
    try log.append(
      RepeatsLog.Entry(
        run: run, rows: KeptRows(found), majority: baselines.constant.majority,
        sittings: sittings))
    keep(run, found, fold: runs.count / seeds.count)
  }

  private mutating func keep(_ run: RepeatsOutcome.Run, _ rows: JudgedRows, fold: Int) {
    if judged.count == fold { judged.append([]) }
    judged[fold].append(rows)
    runs.append(run)
  }

  /// Which of the runs is the one at an index.
  private func place(_ index: Int) -> Repeats.Place {
    Repeats.Place(
      number: index + 1, runCount: repeats.runCount,
      fold: repeats.folds.map { _ in index / seeds.count + 1 }, folds: repeats.folds,
      seed: seeds[index % seeds.count])
  }
}

extension RepeatsSeries {
  /// Everything that was found; of no run there is nothing.
  func outcome() throws(TrainingError) -> RepeatsOutcome {
    guard let first = judged.first?.first else {
      throw TrainingError("stopped before the first run was over", kind: .interrupted)
    }
    return RepeatsOutcome(
      folds: repeats.folds, seeds: seeds, part: first.part, isInterrupted: isInterrupted,
      runs: runs,
      summary: .init(
        network: spreads(runs.map(\.metrics)), constant: spreads(runs.map(\.constant)),
        linear: spreads(runs.map(\.linear))),
      verdict: verdict)
  }

  private func spreads(_ runs: [[String: Double]]) -> [String: RepeatsOutcome.Spread] {
    var spreads: [String: RepeatsOutcome.Spread] = [:]
    for name in Set(runs.flatMap(\.keys)) {
      spreads[name] = RepeatsOutcome.Spread(runs.compactMap { $0[name] })
    }
    return spreads
  }

  /// The verdict on the rows of all folds together; a fold that lacks a seed is left out.
  private var verdict: Verdict? {
    let whole = judged.filter { $0.count == seeds.count }
    let folds = whole.isEmpty ? [judged[0]] : whole
    let rounds = folds[0].indices.map { seed in
      JudgedRows(joining: folds.map { $0[seed] })
    }
    return Verdict(rounds, majority: majority)
  }
}
