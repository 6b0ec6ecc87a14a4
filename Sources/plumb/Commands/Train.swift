import ArgumentParser
import SpecCompiler
import SpecSyntax
import Tables
import Training

/// Trains a network.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Named as a part of plumb, it is not asked for completions of its own when read alone.
    commandName: "train", _superCommandName: "plumb",
    abstract: "Trains the network: progress, early stop, verdict, run folder.",
    usage: """
      plumb train <spec> [--set <key=value> ...] [--run <folder>]
                  [--folds <count>] [--seeds <count>] [--threads <number>]
                  [--profile] [--format <format>] [--quiet] [--config <file>]
                  [--isolated] [--no-ignore-comments]
      plumb train --resume <folder> [--finish] [--threads <number>]
                  [--profile] [--format <format>] [--quiet]
      """,
    discussion: """
      The run is written to runs/NAME/NUMBER in the current folder, or to --run FOLDER; until it \
      has ended, the folder's name ends in .partial. Exit code 3 when the loss becomes infinite or \
      undefined. specs/runs.md describes the folder.

      Ctrl-C finishes the step, saves, prints the command that goes on, and exits with 130; a \
      second one exits at once. --resume FOLDER goes on from the last checkpoint to the same bytes \
      as if training had never stopped; a run without a checkpoint begins anew, and one that has \
      ended says so. The folder knows its spec, values and folds; a spec that is named beside it \
      has to say the same. Checkpoints are written about once a minute, or as \
      `training.checkpoint` says.

      With --folds or --seeds it trains several times and reports each metric's mean and spread. \
      The folds follow `data.split`: they share out the classes, keep groups whole, or go forward \
      in time; each tests once, and the others train and validate. The folds are the same for \
      every seed. The folder then holds the measures of all runs, and no network. Runs are kept \
      as they end, and --resume trains those that are left.

      Progress goes to standard error: redrawn in place on a terminal, a line now and then \
      elsewhere. --format jsonl tells every event to another program; specs/watching.md lists them.
      """)

  @Argument(help: "The spec; `-` is standard input. Not needed with --resume.")
  var spec: String?

  @OptionGroup var values: SpecValues

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("The folder of the run; it must not exist yet.", valueName: "folder"))
  var folder: String?

  @Option(
    name: .customLong("resume"),
    help: ArgumentHelp(
      "Goes on with the run of this folder, which was cut short.", valueName: "folder"))
  var resumed: String?

  @Flag(help: "With --resume: takes no more steps, and ends the run with the epochs it has.")
  var finish = false

  @Option(
    help: ArgumentHelp(
      "Trains once for each of so many folds, in place of the spec's test part.",
      valueName: "count"))
  var folds: Int?

  @Option(
    help: ArgumentHelp(
      "Trains with so many seeds, from the spec's own upwards.", valueName: "count"))
  var seeds = 1

  @Option(
    help: ArgumentHelp(
      """
      How many threads take the steps: as many as are fastest, unless given. It changes no weight.
      """, valueName: "number"))
  var threads: Int?

  @Flag(
    name: .customLong("profile"),
    help: "Time and GFLOP/s of every operation, beside the processor's peak.")
  var showsProfile = false

  @Option(
    help: """
      text, or json for one object at the end, or jsonl for an object a line while it goes on.
      """)
  var format: Format = .text

  @Flag(help: "No progress.")
  var quiet = false

  /// How the result is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, jsonl
  }

  func validate() throws {
    if let folds, !(2...10_000).contains(folds) {
      throw ValidationError("--folds takes a number from 2 to 10000")
    }
    guard (1...10_000).contains(seeds) else {
      throw ValidationError("--seeds takes a number from 1 to 10000")
    }
    guard resumed == nil || folder == nil else {
      throw ValidationError("--resume names the folder: leave out --run")
    }
    guard spec != nil || resumed != nil else {
      throw ValidationError("name the spec that is trained, or with --resume the run")
    }
    guard spec != nil || isWithoutValues else {
      throw ValidationError(
        "--resume FOLDER goes on with the run's own values: only --threads, --finish and how it is "
          + "shown go with it")
    }
    guard resumed != nil || !finish else {
      throw ValidationError("--finish ends a run that was cut short: name it with --resume")
    }
    guard !showsProfile || repeats == nil else {
      throw ValidationError("--profile shows one run: leave out --folds and --seeds")
    }
  }

  func run() throws {
    guard format == .jsonl else { return try train(nil) }
    let stream = EventStream()
    do {
      try train(stream)
    } catch {
      stream.tell(error)
      // Whoever read the events has gone, and wants to hear nothing more.
      if stream.isClosed { throw Exit.unusable }
      throw error
    }
    if stream.isClosed { throw Exit.unusable }
  }

  private func train(_ stream: EventStream?) throws {
    let clock = ContinuousClock()
    let start = clock.now
    if let resumed, try hasEnded(resumed, stream) { return }
    let trained = try trainedSpec()
    for note in trained.notes { Console.error(note) }
    let compilation = try trained.values.compileWithoutErrors(trained.text) {
      stream?.tell($0, $1)
    }
    for warning in compilation.diagnostics where warning.level >= .warning {
      Console.error("\(warning.level.rawValue)[\(warning.code.code)]: \(warning.message)")
    }
    guard compilation.graph != nil else {
      throw Failure("there is nothing to train: \(compilation.notChecked.first ?? "no network")")
    }
    let readSeconds = (clock.now - start) / .seconds(1)
    Interruption.listen()
    let place = place(compilation)
    let origin = RunOrigin(
      command: trained.command.text, files: files(of: compilation),
      tableNamedIn: trained.tableNamedIn)
    let watch = Watch(
      stream, .usual(isQuiet: quiet, streams: stream != nil), spec: spec ?? trained.text.name,
      resumed: resumed, isRepeated: trained.repeats != nil)
    if let repeats = trained.repeats {
      return try runRepeats(
        repeats, compilation, at: place, origin, threads: trained.threads,
        readSeconds: readSeconds, watch)
    }
    let result: RunResult
    do throws(TrainingError) {
      result = try Training.train(
        compilation, at: place, version: Plumb.version, origin: origin, threads: trained.threads,
        detail: showsProfile ? .operations : .total, readSeconds: readSeconds,
        shouldStop: { Interruption.isRequested }, wantsMetric: watch.display.wantsMetric,
        report: watch.show)
    } catch {
      watch.display.clear()
      throw Failure(error)
    }
    watch.display.leave()
    try show(result, compilation, watch.stream)
  }

  private func show(
    _ result: RunResult, _ compilation: Compilation, _ stream: EventStream?
  ) throws {
    switch format {
    case .json: try Console.json(result)
    case .jsonl: try stream?.tell(result)
    case .text:
      Console.print(RunText(result, compilation).text)
      if let profile = result.profile { Console.print("\n" + ProfileText(profile).text) }
    }
  }

  /// Where the run goes.
  private func place(_ compilation: Compilation) -> RunPlace {
    if let resumed { return finish ? .ended(resumed) : .resumed(resumed) }
    return folder.map { .folder($0) } ?? .numbered(folder: "runs", name: compilation.name)
  }

  /// The table and its labels as they lie on the disk.
  private func files(of compilation: Compilation) -> [FileDigest] {
    guard let data = compilation.spec?.data else { return [] }
    return [data.source, data.labels].compactMap { path in
      guard let path else { return nil }
      return try? FileDigest(
        of: FilePath.resolve(path, from: compilation.dataOrigin),
        maximumBytes: TableOptions.greatestBytes)
    }
  }
}

extension Failure {
  /// A failure of training, with the exit code that its kind has, and the commands that go on with
  /// a run that was saved.
  init(_ error: TrainingError) {
    let exit: Exit =
      switch error.kind {
      case .input: .unusable
      case .diverged: .failedRun
      case .interrupted: .interrupted
      }
    var hints = error.hints
    if let folder = error.unfinished {
      let command = TrainCommand.resuming(folder)
      if exit != .failedRun { hints.append("go on with  `\(command)`") }
      hints.append("end it with  `\(command) --finish`")
    }
    self.init(error.message, hints: hints, exit: exit)
  }
}
