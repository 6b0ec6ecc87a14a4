internal import NetworkGraph
public import SpecCompiler
internal import SpecSyntax
internal import Tables
internal import Tensors

/// Trains what a compilation describes and writes a run folder.
///
/// A run that is stopped is saved, and so is a long one from time to time: an error then names the
/// folder with which it can be resumed.
///
/// - Parameters:
///   - version: the version of the program, for the manifest.
///   - origin: where spec and table come from, for the manifest and to notice a change.
///   - threads: how many threads take the steps, 1 to 256; nil for as many as are fastest. The
///     weights do not depend on it.
///   - detail: how closely the steps are timed.
///   - readSeconds: how long reading and compiling took, for the timing.
///   - shouldStop: asked before every step; training ends cleanly once it says yes.
///   - wantsMetric: asked after every epoch whether the author's first metric is to be told.
///   - report: told what happens while it happens.
public func train(
  _ compilation: Compilation, at place: RunPlace, version: String, origin: RunOrigin = RunOrigin(),
  threads: Int? = nil, detail: TimingDetail = .total, readSeconds: Double = 0,
  shouldStop: () -> Bool = { false }, wantsMetric: () -> Bool = { false },
  report: (RunEvent) -> Void = { _ in }
) throws(TrainingError) -> RunResult {
  let clock = ContinuousClock()
  let start = clock.now
  try checkInstructionSet()
  try ThreadChoice.check(threads)
  var made: PartialRun?
  var isUnderWay = false
  func madeFolder() throws(TrainingError) -> PartialRun {
    if let made { return made }
    let folder = try PartialRun(place)
    made = folder
    return folder
  }
  do throws(TrainingError) {
    if place.continues { _ = try madeFolder() }
    let job = try Job(compilation, threads: threads) { () throws(TrainingError) in
      try madeFolder().path
    }
    let folder = try madeFolder()
    let trainer = try Trainer(
      job.recipe, graph: job.graph, preparation: job.preparation, threads: threads)
    let session = Session(job, trainer, folder, version: version, origin: origin)
    let state = try session.begin(place)
    isUnderWay = true
    let times = detail == .operations ? StepTimes(trainer.executor.layers) : nil
    trainer.executor.observer = times
    var log = EventLog(job, in: folder.path, after: state.epochs.count)
    func tell(_ event: RunEvent) {
      log.take(event)
      report(event)
    }
    tell(.started(job.start(trainer, state.epochs)))
    let prepared = clock.now
    func sitting(_ rows: Int, _ stepSeconds: Double, trained: Duration? = nil) -> Sittings {
      let whole = clock.now - start
      let train = trained ?? (whole - (prepared - start))
      return Sittings(
        seconds: .init(
          read: readSeconds, prepare: seconds(prepared - start), train: seconds(train),
          evaluate: seconds(whole - (prepared - start) - train),
          total: readSeconds + seconds(whole)),
        steppedRows: rows, stepSeconds: stepSeconds)
    }
    let rowsPerEpoch = job.preparation.train.count
    let outcome = try session.train(from: state, place, shouldStop, wantsMetric, tell) { now in
      log.write()
      let rows = now.rowsStepped(rowsPerEpoch) - state.rowsStepped(rowsPerEpoch)
      return sitting(rows, now.stepSeconds)
    }
    let trained = clock.now - prepared
    let judged = Judgement(job, trainer, outcome, Baselines(job)).outcome
    let timing = session.timing(
      sitting(outcome.steppedRows, outcome.stepSeconds, trained: trained))
    let result = RunResult(
      run: try session.end(outcome, judged, timing, &log), outcome: judged, timing: timing,
      shown: job.recipe.metrics, profile: times?.profile(trainer.executor.workers))
    report(.finished(result))
    return result
  } catch {
    guard let made else { throw error }
    // What was saved stays, also if it does not fit this spec.
    guard made.hasState else {
      made.discard()
      throw error
    }
    var error = error
    if isUnderWay { error.unfinished = made.name }
    throw error
  }
}

/// What a compilation says about a run, complete and prepared.
struct Job {
  let compilation: Compilation
  let spec: Spec
  let graph: Graph
  let table: Table
  var recipe: Recipe
  let preparation: Preparation
  /// As asked for; nil where the fastest number is found.
  let threads: Int?

  /// Prepares the rows of the spec's own split, or of another, unless they are prepared already.
  ///
  /// `folder` is asked for one beside the run if the rows need more memory than they may have.
  init(
    _ compilation: Compilation, _ split: RowSplit? = nil, prepared: Preparation? = nil,
    threads: Int? = nil, limitBytes: Int = PreparedStorage.usualLimitBytes,
    folder: @escaping () throws(TrainingError) -> String = { () throws(TrainingError) in "." }
  ) throws(TrainingError) {
    self.threads = threads
    guard !compilation.hasErrors, let spec = compilation.spec, let graph = compilation.graph else {
      throw TrainingError("the spec has mistakes", hints: ["`plumb lint` names them"])
    }
    guard let table = compilation.table, let features = compilation.features else {
      throw TrainingError("the table could not be read", hints: ["`plumb lint` says why"])
    }
    (self.compilation, self.spec, self.graph, self.table) = (compilation, spec, graph, table)
    recipe = try Recipe(spec.training)
    if spec.data.task.value == .classification, recipe.loss.target == .numbers {
      throw TrainingError(
        "`\(recipe.loss.name)` compares numbers, but the target is a class",
        hints: ["write `training: {loss: cross_entropy}`"])
    }
    if let prepared {
      preparation = prepared
      return
    }
    preparation = try Preparation(
      spec.data, plans: features.plans, table: table, width: graph.inputShape.count, split: split,
      storage: PreparedStorage(limitBytes: limitBytes, folder: folder))
  }

  /// The spec as its author wrote it.
  var specBytes: [UInt8] { compilation.sources[0].bytes }

  /// Every value of the spec with its origin.
  var resolvedText: String { compilation.resolution?.text ?? "" }

  /// How many rows each part has.
  var rows: Manifest.Rows {
    .init(
      train: preparation.train.count, validation: preparation.validation.count,
      test: preparation.test.count)
  }

  /// What is known before the first step, after some epochs of earlier sittings.
  func start(_ trainer: Trainer, _ earlier: [EpochReport] = []) -> RunStart {
    RunStart(
      name: compilation.name, trainRows: preparation.train.count,
      validationRows: preparation.validation.count, testRows: preparation.test.count,
      parameters: graph.parameterCount, epochs: recipe.epochs, stepsPerEpoch: trainer.stepsPerEpoch,
      monitor: trainer.monitor.name, mayStopEarly: trainer.monitor.mayStop,
      stepsDone: trainer.executor.stepCount, earlier: earlier)
  }
}
