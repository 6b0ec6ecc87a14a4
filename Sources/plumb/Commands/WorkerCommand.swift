import ArgumentParser
import SpecCompiler
import SpecSyntax
import Synchronization
import Training
import Tuning

/// Takes up trials of a study that was begun elsewhere.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", _superCommandName: "plumb",
    abstract: "Takes up trials of a study, beside `plumb tune` and other workers.",
    discussion: """
      The study is one that `plumb tune` has begun: in PostgreSQL for many machines, in a file for \
      one. Any number of workers may join it and leave. A trial whose worker is gone is taken up \
      by another once its claim has run out, some ten seconds later, or sooner on the same \
      machine; a worker that comes back late finds its result refused. Trials are the same whoever \
      trains them.

      The spec comes from the study. Its table is read from the path it had there, or, where the \
      spec lies elsewhere on this machine, beside the spec that is given; a spec or a table with \
      other contents is refused. Ctrl-C gives the trials that are going on back, and exits with \
      130. `plumb tune` on the same study shows what was found.
      """)

  @Argument(help: "The spec on this machine, where it lies elsewhere.")
  var spec: String?

  @Option(
    name: .customLong("study"),
    help: ArgumentHelp(
      "The study: postgres://user@host/database?study=NAME, or FILE?study=NAME.",
      valueName: "address"))
  var address: String

  @Option(
    help: ArgumentHelp(
      "How many trials are trained at a time: as many as there are processors, unless given.",
      valueName: "count"))
  var workers: Int?

  @Flag(help: "No progress.")
  var quiet = false

  func validate() throws {
    guard workers.map({ (1...1024).contains($0) }) ?? true else {
      throw ValidationError("--workers takes a number from 1 to 1024")
    }
  }

  func run() throws {
    let store: DatabaseStore
    do throws(StudyError) {
      store = try DatabaseStore.existing(try StudyAddress(address))
    } catch {
      throw Failure(error)
    }
    let job = try job(of: store)
    do throws(StudyError) {
      try work(store, job)
    } catch {
      throw Failure(error)
    }
    if Interruption.isRequested { throw Exit.interrupted }
  }

  /// What the study trains, after a look at whether this machine has the same.
  private func job(of store: DatabaseStore) throws -> TuneJob {
    let settings = store.settings
    guard let shared = SharedSpec(store.texts) else {
      throw Failure(
        "the study `\(settings.name)` has no spec to work with: another program began it",
        hint: "`plumb tune SPEC --store … --study \(settings.name)` goes on with it")
    }
    let options = try SpecOptions.parse(
      [spec ?? shared.path] + shared.overrides.flatMap { ["--set", $0] })
    // Without a path of its own, the spec is the study's, whatever has become of the file.
    let text =
      spec == nil ? SourceText(name: shared.path, bytes: Array(shared.text.utf8)) : nil
    let job = try TuneJob(
      spec: options, text: text, search: [], over: shared.codes, study: settings.name)
    var differences = job.settings.differences(from: settings)
    if job.settings.space != settings.space { differences.append("what is searched is another") }
    guard differences.isEmpty else {
      throw Failure(
        "this is not what the study `\(settings.name)` trains: "
          + differences.joined(separator: "; "),
        hint: spec == nil
          ? "give the spec's path on this machine: plumb worker SPEC --study …"
          : "give this machine the spec and the table with which the study was begun")
    }
    return job
  }

  private func work(_ store: DatabaseStore, _ job: TuneJob) throws(StudyError) {
    let run = try StudyRun(
      store, job.plan, job.maker, owner: StudyWorker.name, workers: workers,
      checkpoints: TrialCheckpoint(
        path: "studies/\(store.settings.name).trials", version: Plumb.version))
    if let idle = IdleWorkers(workers, of: store.settings) { Console.error(idle.line) }
    let state = StudyState(job.plan, store.settings.space, earlier: try store.trials())
    let watch = StudyWatch(.usual(isQuiet: quiet, streams: false), state, nil)
    let ended = EndedHere()
    Interruption.listen()
    let ending: StudyEnding
    do throws(StudyError) {
      ending = try run.run(shouldStop: { Interruption.isRequested }) { event in
        if case .ended = event { ended.count.add(1, ordering: .relaxed) }
        watch.show(event)
      }
    } catch {
      watch.clear()
      throw error
    }
    watch.end(ending)
    watch.clear()
    let here = ended.count.load(ordering: .relaxed)
    let all = try store.trials().count(where: \.isFinished)
    Console.print(
      "study \(store.settings.name): \(counted(here, "trial")) ended here, \(all) in all")
  }
}

/// How many trials this process has ended.
private final class EndedHere: Sendable {
  let count = Atomic<Int>(0)
}
