public import SpecCompiler
internal import NetworkGraph
internal import SpecSyntax
internal import Tables

/// Trains what a compilation describes once for every fold and seed, and writes the measures.
///
/// Each run is whole: its preprocessing is fitted to its own training rows, and its baselines too.
/// The folder holds the measures of all runs and no network. Runs are kept as they end: an error
/// names the folder with which those that are left can be resumed.
///
/// - Parameters:
///   - version: the version of the program, by which resumed runs are trained too.
///   - origin: where spec and table come from, to notice a change.
///   - threads: how many threads take the steps, 1 to 256; nil for as many as are fastest.
///   - readSeconds: how long reading and compiling took, for the timing.
///   - shouldStop: asked before every step; training ends cleanly once it says yes.
///   - wantsMetric: asked after every epoch whether the author's first metric is to be told.
///   - report: told what happens while it happens.
public func train(
  _ compilation: Compilation, _ repeats: Repeats, at place: RunPlace, version: String,
  origin: RunOrigin = RunOrigin(), threads: Int? = nil, readSeconds: Double = 0,
  shouldStop: () -> Bool = { false }, wantsMetric: () -> Bool = { false },
  report: (RunEvent) -> Void = { _ in }
) throws(TrainingError) -> RepeatsResult {
  let start = ContinuousClock.now
  try checkInstructionSet()
  try ThreadChoice.check(threads)
  let folder = try PartialRun(place)
  var keeps = folder.hasState
  do throws(TrainingError) {
    let path = { () throws(TrainingError) in folder.path }
    let job = try Job(compilation, threads: threads, folder: path)
    let identity = RunIdentity(
      version: version, resolution: compilation.resolution, files: origin.files,
      rows: job.preparation.fingerprint)
    let head = RepeatsLog.Head(identity: identity, folds: repeats.folds, seeds: repeats.seeds)
    let (log, entries) = try RepeatsLog.open(head, in: folder, table: job.table.path) {
      () throws(TrainingError) in
      try folder.write(Manifest(job, origin, identity), job)
    }
    var series = try RepeatsSeries(
      repeats, firstSeed: job.recipe.seed, log, entries, start: start, readSeconds: readSeconds)
    if case .ended = place { series.isInterrupted = series.isShort }
    do throws(TrainingError) {
      try series.run(job, folder: path, shouldStop, wantsMetric, report)
    } catch {
      keeps = !series.isEmpty
      var error = error
      if keeps {
        series.force()
        error.unfinished = folder.name
      }
      throw error
    }
    keeps = true
    let result = RepeatsResult(
      run: "", outcome: try series.outcome(), timing: series.sittings.timing,
      shown: job.recipe.metrics)
    return try write(result, to: folder, isForced: series.isForced || !entries.isEmpty)
  } catch {
    if !keeps { folder.discard() }
    throw error
  }
}

private func write(
  _ result: RepeatsResult, to folder: PartialRun, isForced: Bool
) throws(TrainingError) -> RepeatsResult {
  do throws(TrainingError) {
    var result = result
    try folder.write(JSONText.of(result.outcome) + "\n", to: RunFile.repeats)
    try folder.write(JSONText.of(result.timing) + "\n", whole: RunFile.timing)
    result.run = try folder.finish(keepsCheckpoint: false, isForced: isForced)
    return result
  } catch {
    var error = error
    error.unfinished = folder.name
    throw error
  }
}
