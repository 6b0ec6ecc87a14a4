public import SpecCompiler
internal import NetworkGraph
internal import SpecSyntax
internal import Tables

/// Trains what a compilation describes once for every fold and seed, and writes the measures.
///
/// Each run is whole: its preprocessing is fitted to its own training rows, and its baselines too.
/// The folder holds the measures of all runs and no network; a run that is interrupted is left out.
///
/// - Parameters:
///   - threads: how many threads take the steps, 1 to 256; nil for as many as are fastest.
///   - readSeconds: how long reading and compiling took, for the timing.
///   - shouldStop: asked before every step; the runs that are over are kept once it says yes.
///   - report: told what happens while it happens.
public func train(
  _ compilation: Compilation, _ repeats: Repeats, at place: RunPlace, threads: Int? = nil,
  readSeconds: Double = 0, shouldStop: () -> Bool = { false },
  report: (RunEvent) -> Void = { _ in }
) throws(TrainingError) -> RepeatsResult {
  let clock = ContinuousClock()
  let start = clock.now
  try checkInstructionSet()
  try ThreadChoice.check(threads)
  let folder = try PartialRun(place)
  do throws(TrainingError) {
    let path = { () throws(TrainingError) in folder.path }
    let whole = try Job(compilation, threads: threads, folder: path)
    var splits: [RowSplit?] = [nil]
    if let folds = repeats.folds {
      splits = try SplitRows(whole.spec.data, whole.table).folds(folds)
    }
    var series = Series(repeats, firstSeed: whole.recipe.seed)
    for (index, split) in splits.enumerated() where !series.isInterrupted {
      let fold = clock.now
      let job =
        try split == nil ? whole : Job(compilation, split, threads: threads, folder: path)
      series.timing.prepare += seconds(clock.now - fold)
      try series.run(job, fold: split == nil ? nil : index + 1, shouldStop, report)
    }
    let outcome = try series.outcome()
    series.timing.read = readSeconds
    series.timing.total = readSeconds + seconds(clock.now - start)
    let result = RepeatsResult(
      run: "", outcome: outcome,
      timing: RunTiming(timing: series.timing, samplesPerSecond: series.samplesPerSecond),
      shown: whole.recipe.metrics)
    return try write(result, compilation, to: folder)
  } catch {
    folder.discard()
    throw error
  }
}

private func write(
  _ result: RepeatsResult, _ compilation: Compilation, to folder: PartialRun
) throws(TrainingError) -> RepeatsResult {
  try folder.write(compilation.sources[0].bytes, to: RunFile.spec)
  try folder.write(compilation.resolution?.text ?? "", to: RunFile.resolved)
  try folder.write(JSONText.of(result.outcome) + "\n", to: RunFile.repeats)
  try folder.write(JSONText.of(result.timing) + "\n", last: RunFile.timing)
  var result = result
  result.run = try folder.finish(keepsCheckpoint: false)
  return result
}

/// Runs one after the other, and what they gave so far.
private struct Series {
  let repeats: Repeats
  let seeds: [UInt64]
  private(set) var isInterrupted = false
  var timing = RunTiming.Seconds(read: 0, prepare: 0, train: 0, evaluate: 0, total: 0)
  private var runs: [RepeatsOutcome.Run] = []
  /// Of each fold, for each seed.
  private var judged: [[JudgedRows]] = []
  /// What the constant baseline of the first fold always answers.
  private var majority: String?
  private var (steppedRows, stepSeconds) = (0.0, 0.0)

  init(_ repeats: Repeats, firstSeed: UInt64) {
    self.repeats = repeats
    seeds = (0..<UInt64(repeats.seeds)).map { firstSeed + $0 }
  }

  /// Rows a second in the training loops alone.
  var samplesPerSecond: Double { stepSeconds > 0 ? steppedRows / stepSeconds : 0 }

  /// Trains one fold with every seed, until interrupted.
  mutating func run(
    _ job: Job, fold: Int?, _ shouldStop: () -> Bool, _ report: (RunEvent) -> Void
  ) throws(TrainingError) {
    let clock = ContinuousClock()
    let start = clock.now
    let baselines = Baselines(job)
    timing.evaluate += seconds(clock.now - start)
    judged.append([])
    majority = majority ?? baselines.constant.majority
    for seed in seeds where !isInterrupted {
      var job = job
      job.recipe.seed = seed
      let place = Repeats.Place(
        number: runs.count + 1, runCount: repeats.runCount, fold: fold, folds: repeats.folds,
        seed: seed)
      report(.repeated(place))
      do throws(TrainingError) {
        try run(job, baselines, place, shouldStop, report)
      } catch {
        guard case .interrupted = error.kind else {
          throw TrainingError(
            "\(place.words): \(error.message)", kind: error.kind, hints: error.hints)
        }
        isInterrupted = true
      }
    }
  }

  private mutating func run(
    _ job: Job, _ baselines: Baselines, _ place: Repeats.Place, _ shouldStop: () -> Bool,
    _ report: (RunEvent) -> Void
  ) throws(TrainingError) {
    let clock = ContinuousClock()
    let start = clock.now
    let trainer = try Trainer(
      job.recipe, graph: job.graph, preparation: job.preparation, threads: job.threads)
    report(.started(job.start(trainer)))
    let trained = try trainer.run(shouldStop: shouldStop, report: report)
    let end = clock.now
    timing.train += seconds(end - start)
    guard trained.stopped != .interrupted else {
      isInterrupted = true
      return
    }
    steppedRows += Double(trained.steppedRows)
    stepSeconds += trained.stepSeconds
    let judgement = Judgement(job, trainer, trained, baselines)
    let found = judgement.judged
    judged[judged.count - 1].append(found)
    func metrics(_ predictions: Predictions) -> [String: Double] {
      Metrics.values(of: predictions, against: found.truth, including: job.recipe.metrics)
    }
    runs.append(
      RepeatsOutcome.Run(
        fold: place.fold, seed: place.seed, rows: job.rows, epochs: trained.epochs.count,
        bestEpoch: trained.bestEpoch, stopped: trained.stopped, metrics: metrics(found.network),
        constant: metrics(found.constant), linear: metrics(found.linear)))
    timing.evaluate += seconds(clock.now - end)
  }

  /// Everything that was found; throws where no run was over.
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
