import SpecCompiler
import SpecSyntax
import Training
import Tuning

extension Tune {
  /// Searches until there are enough trials, and compares the best with the spec as it was.
  func search(
    _ job: TuneJob, _ store: any StudyStore, place: String, _ events: StudyEvents?
  ) throws(StudyError) -> StudyResult {
    // They have the first numbers, so those that are not there yet were never put in.
    for chosen in job.first.dropFirst(try store.trials().count) { try store.enqueue(chosen) }
    let earlier = try store.trials()
    let run = try StudyRun(
      store, job.plan, job.maker, owner: StudyWorker.name, workers: workers,
      checkpoints: TrialCheckpoint(
        path: "studies/\(store.settings.name).trials", version: Plumb.version))
    events?.start(
      store.settings, job.plan, spec: options.spec, store: place,
      done: earlier.count { $0.isFinished })
    if let idle = IdleWorkers(workers, of: store.settings) {
      if let events { events.note(idle.message, hint: idle.hint) } else { Console.error(idle.line) }
    }
    let state = StudyState(job.plan, store.settings.space, earlier: earlier)
    let watch = StudyWatch(.usual(isQuiet: quiet, streams: events != nil), state, events)
    Interruption.listen()
    describe(job, store, earlier, place)
    let clock = ContinuousClock()
    let start = clock.now
    do throws(StudyError) {
      let ending = try run.run(
        shouldStop: { Interruption.isRequested }, report: { watch.show($0) })
      watch.end(ending)
      var result = try StudyResult(store, job.plan, place: place, ending)
      result.seconds = (clock.now - start) / .seconds(1)
      let before = Set(earlier.filter(\.isFinished).map(\.number))
      result.endedHere = result.trials.count { $0.isFinished && !before.contains($0.number) }
      if ending != .interrupted, compare > 0, let best = result.ranking.best {
        let confirmation = run.confirm(
          best.numbers, pairs: compare, shouldStop: { Interruption.isRequested },
          report: { watch.compare($0, of: $1) })
        if !confirmation.isInterrupted { result.confirmation = confirmation }
      }
      watch.clear()
      return result
    } catch {
      watch.clear()
      throw error
    }
  }

  /// Says what is searched, before the first trial.
  private func describe(
    _ job: TuneJob, _ store: any StudyStore, _ earlier: [Trial], _ place: String
  ) {
    guard !quiet, format != .jsonl else { return }
    let keys = job.settings.space.dimensions.map(\.name).joined(separator: ", ")
    Console.error(
      "study \(job.settings.name) in \(place): \(counted(job.plan.trials, "trial")) of \(keys)")
    for entry in job.proposed?.entries ?? [] {
      Console.error("  \(entry.path): \(entry.text)  # \(escapedForTerminal(entry.reason))")
    }
    let done = earlier.count { $0.isFinished }
    if done > 0 { Console.error("\(counted(done, "trial")) of earlier sittings") }
    if let outside = (store as? DatabaseStore)?.outsideCount, outside > 0 {
      Console.error(
        "\(counted(outside, "trial")) of them left out: the space does not hold their values")
    }
  }

  /// Writes the best spec and prints what was found.
  func finish(
    _ result: StudyResult, _ job: TuneJob, _ file: BestSpecFile, _ events: StudyEvents?
  ) throws {
    var result = result
    let exit: Exit =
      result.ending == .interrupted || Interruption.isRequested
      ? .interrupted : result.ranking.points.isEmpty ? .failedRun : .fine
    if exit == .fine, let best = result.ranking.best {
      try file.write(
        result, of: job.source, overrides: job.overrides, base: job.base,
        trial: job.maker.compilation(best.numbers))
      result.output = file.path
    }
    switch format {
    case .text: Console.print(StudyText(result).text)
    case .json: Console.print(result.json.text())
    case .jsonl: events?.end(result, exit)
    }
    guard exit != .failedRun else {
      let reason = result.ranking.reasons.first?.words
      throw Failure(
        "no trial succeeded" + (reason.map { ": \($0)" } ?? ""),
        hint: "`plumb train \(options.spec)` shows what one training does", exit: .failedRun)
    }
    if exit != .fine { throw exit }
  }
}
