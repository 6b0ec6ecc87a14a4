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

  @Flag(help: "No progress.")
  var quiet = false

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
    let clock = ContinuousClock()
    let start = clock.now
    let compilation = try options.compileWithoutErrors()
    for warning in compilation.diagnostics where warning.level >= .warning {
      Console.error("\(warning.level.rawValue)[\(warning.code.code)]: \(warning.message)")
    }
    guard compilation.graph != nil else {
      throw Failure("there is nothing to train: \(compilation.notChecked.first ?? "no network")")
    }
    let readSeconds = seconds(clock.now - start)
    Interruption.listen()
    let place =
      folder.map { RunPlace.folder($0) } ?? .numbered(folder: "runs", name: compilation.name)
    if let repeats {
      try runRepeats(repeats, compilation, at: place, readSeconds: readSeconds)
      return
    }
    let progress = ProgressDisplay(isQuiet: quiet)
    let result: RunResult
    do throws(TrainingError) {
      result = try Training.train(
        compilation, at: place, version: Plumb.version, threads: threads,
        detail: showsProfile ? .operations : .total, readSeconds: readSeconds,
        shouldStop: { Interruption.isRequested }, report: { progress.show($0) })
    } catch {
      progress.end()
      throw Failure(error)
    }
    progress.end()
    switch options.format {
    case .json: try Console.json(result)
    case .text:
      Console.print(RunText(result, compilation).text)
      if let profile = result.profile { Console.print("\n" + ProfileText(profile).text) }
    }
    if result.outcome.stopped == .interrupted { throw Exit.interrupted }
  }

  private func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
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
    self.init(
      error.message, hint: error.hints.isEmpty ? nil : error.hints.joined(separator: "\nhelp: "),
      exit: exit)
  }
}
