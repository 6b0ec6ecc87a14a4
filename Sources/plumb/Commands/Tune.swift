import ArgumentParser
import SpecCompiler
import SpecSyntax
import Tables
import Training
import Tuning

/// Searches values of a spec.
struct Tune: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune", _superCommandName: "plumb",
    abstract: "Searches values of a spec: many trials in parallel, the best spec as a file.",
    usage: """
      plumb tune <spec> [--set <key=value> ...] [--over <code> ...] [--trials <count>]
                 [--sampler <name>] [--pruner <name>] [--seed <number>]
                 [--repeats <count>] [--folds <count>] [--store <place>]
                 [--study <name>] [--workers <count>] [--compare <count>]
                 [--output <file>] [--format <format>] [--quiet] [--print <job>]
                 [--config <file>] [--isolated] [--no-ignore-comments]
      """,
    discussion: """
      The `search` section of the spec says what is searched and how; specs/tune.md describes it. \
      The options that have a name of its keys set them for this search. A spec that does not say \
      what is searched is searched as the advice on it proposes; --over CODE takes the \
      alternatives of some advice.

      The study is kept in studies/NAME.db in the current folder, or in --store, which other \
      processes and machines may share; Optuna and its dashboard open it too. The same command \
      goes on with it, however it ended. What a trial gives depends on the study's seed and the \
      trial's number, and not on how many are trained at a time. Ctrl-C gives the trials that are \
      going on back and exits with 130; exit code 3 when no trial succeeded.

      At the end the best spec and the spec as it was are trained on fresh seeds, in pairs, since \
      the best of many is better than what it will give again; the test part of the rows is looked \
      at then, and only then. The best spec is written as NAME.best.yaml beside the spec: the \
      author's text with the values of the best trial, without `search`.
      """)

  @OptionGroup var options: SpecOptions
  @OptionGroup var search: SearchOptions

  @Option(
    help: ArgumentHelp(
      """
      Where the study is kept: a file, or postgres://user@host/database; studies/NAME.db, unless \
      given.
      """, valueName: "place"))
  var store: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      """
      Searches what this advice proposes, such as A203 or batch-size-default, in place of what the \
      spec says; may be repeated.
      """, valueName: "code"))
  var over: [String] = []

  @Option(
    help: ArgumentHelp(
      "The study's name: that of the spec, unless given.", valueName: "name"))
  var study: String?

  @Option(
    help: ArgumentHelp(
      "How many trials are trained at a time: as many as there are processors, unless given.",
      valueName: "count"))
  var workers: Int?

  @Option(
    help: ArgumentHelp(
      """
      With how many fresh seeds the best spec is compared with the untuned one; 0 for not at all.
      """, valueName: "count"))
  var compare = 10

  @Option(
    help: ArgumentHelp(
      "The file of the best spec, beside the spec; NAME.best.yaml, unless given.",
      valueName: "file"))
  var output: String?

  @Option(
    help: """
      text, or json for one object at the end, or jsonl for an object a line while it goes on.
      """)
  var format: Train.Format = .text

  @Flag(help: "No progress.")
  var quiet = false

  @Option(
    help: ArgumentHelp(
      """
      Begins the study in --store and prints a job that starts workers on other machines, \
      slurm or kubernetes, in place of searching here: as many as can work at a time, with \
      --workers trials each (1, unless given).
      """, valueName: "job"))
  var print: WorkerJob.Kind?

  func validate() throws {
    guard workers.map({ (1...1024).contains($0) }) ?? true else {
      throw ValidationError("--workers takes a number from 1 to 1024")
    }
    for name in over where AdviceApplication.codes(named: name).isEmpty {
      throw ValidationError("--over: there is no finding `\(escapedForTerminal(name))`")
    }
    guard (0...1000).contains(compare) else {
      throw ValidationError("--compare takes a number from 0 to 1000")
    }
  }

  func run() throws {
    guard format == .jsonl else { return try tune(nil) }
    let events = StudyEvents()
    do {
      try tune(events)
    } catch {
      events.tell(error)
      // Whoever read the events has gone, and wants to hear nothing more.
      if events.isClosed { throw Exit.unusable }
      throw error
    }
    if events.isClosed { throw Exit.unusable }
  }

  private func tune(_ events: StudyEvents?) throws {
    let job = try TuneJob(
      spec: options, search: search.overrides, over: over, study: study) { events?.tell($0, $1) }
    let file = try BestSpecFile(output, spec: options.spec, name: job.base.name)
    let place = store ?? "studies/\(job.settings.name).db"
    if let print { return try show(print, of: job, at: place) }
    let result: StudyResult
    do throws(StudyError) {
      result = try search(job, job.store(at: place), place: place, events)
    } catch {
      throw Failure(error)
    }
    try finish(result, job, file, events)
  }
}

/// The options that set keys of `search`.
struct SearchOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How many trials there are.", valueName: "count"))
  var trials: Int?

  @Option(help: ArgumentHelp("How the values of a trial are chosen.", valueName: "name"))
  var sampler: String?

  @Option(help: ArgumentHelp("How trials end early.", valueName: "name"))
  var pruner: String?

  @Option(help: ArgumentHelp("Seed of the sampler.", valueName: "number"))
  var seed: Int?

  @Option(help: ArgumentHelp("Seeds that each trial is trained with.", valueName: "count"))
  var repeats: Int?

  @Option(
    help: ArgumentHelp(
      "Parts of the rows, each of which judges a training on the others.", valueName: "count"))
  var folds: Int?

  var overrides: [Override] {
    let values: [(String, String?)] = [
      ("trials", trials.map(String.init)), ("sampler", sampler), ("pruner", pruner),
      ("seed", seed.map(String.init)), ("repeats", repeats.map(String.init)),
      ("folds", folds.map(String.init)),
    ]
    return values.compactMap { name, value in value.map { Override("search.\(name)=\($0)") } }
  }
}
