import ArgumentParser
import SpecCompiler
import SpecSyntax
import Training

/// Trains a network.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Named as a part of plumb, it is not asked for completions of its own when read alone.
    commandName: "train", _superCommandName: "plumb",
    abstract: "Trains the network: progress, early stop, verdict, run folder.",
    discussion: """
      The run is written to runs/NAME/NUMBER beside the current folder, or to --run FOLDER. \
      Exit code 3 when the loss becomes infinite or undefined, 130 when interrupted.

      With --folds or --seeds it trains several times and reports each metric's mean and spread. \
      The folds follow `data.split`: they share out the classes, keep groups whole, or go forward \
      in time; each tests once, and the others train and validate. The folds are the same for \
      every seed. The folder then holds the measures of all runs, and no network.

      Progress goes to standard error: redrawn in place on a terminal, a line now and then \
      elsewhere. --format jsonl tells every event to another program; specs/watching.md lists them.
      """)

  @OptionGroup var options: SpecOptions

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("The folder of the run; it must not exist yet.", valueName: "folder"))
  var folder: String?

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
    let compilation = try options.compileWithoutErrors { stream?.tell($0, $1) }
    for warning in compilation.diagnostics where warning.level >= .warning {
      Console.error("\(warning.level.rawValue)[\(warning.code.code)]: \(warning.message)")
    }
    guard compilation.graph != nil else {
      throw Failure("there is nothing to train: \(compilation.notChecked.first ?? "no network")")
    }
    let readSeconds = (clock.now - start) / .seconds(1)
    Interruption.listen()
    let place =
      folder.map { RunPlace.folder($0) } ?? .numbered(folder: "runs", name: compilation.name)
    let watch = Watch(
      stream, .usual(isQuiet: quiet, streams: stream != nil), spec: options.spec)
    if let repeats {
      return try runRepeats(repeats, compilation, at: place, readSeconds: readSeconds, watch)
    }
    let result: RunResult
    do throws(TrainingError) {
      result = try Training.train(
        compilation, at: place, version: Plumb.version, threads: threads,
        detail: showsProfile ? .operations : .total, readSeconds: readSeconds,
        shouldStop: { Interruption.isRequested }, wantsMetric: watch.display.wantsMetric,
        report: watch.show)
    } catch {
      watch.display.clear()
      throw Failure(error)
    }
    watch.display.leave()
    switch format {
    case .json: try Console.json(result)
    case .jsonl: try watch.stream?.tell(result)
    case .text:
      Console.print(RunText(result, compilation).text)
      if let profile = result.profile { Console.print("\n" + ProfileText(profile).text) }
    }
    if result.outcome.stopped == .interrupted { throw Exit.interrupted }
  }
}

/// Who is told what happens: people, other programs, or both.
struct Watch {
  let display: ProgressDisplay
  let stream: EventStream?
  private let spec: String

  init(_ stream: EventStream?, _ display: ProgressDisplay, spec: String) {
    (self.display, self.stream, self.spec) = (display, stream, spec)
  }

  func show(_ event: RunEvent) {
    display.show(event)
    stream?.tell(event, spec: spec)
  }
}

extension Failure {
  /// A failure of training, with the exit code that its kind has.
  init(_ error: TrainingError) {
    let exit: Exit =
      switch error.kind {
      case .input: .unusable
      case .diverged: .failedRun
      case .interrupted: .interrupted
      }
    self.init(error.message, hints: error.hints, exit: exit)
  }
}
