import ArgumentParser
import Linting
import Reporting
import SpecCompiler
import SpecSyntax
import Training
import Tuning

/// Tells what keys do to the score, and which of them depend on each other.
struct WhatIf: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "Trains combinations of values: what each key does, and which go together.",
    usage: """
      plumb whatif <spec> --vary <key=low,high> ... [--set <key=value> ...]
                   [--effect <m>] [--metric <name>] [--seeds <count>]
                   [--folds <count>] [--cells <count>] [--budget <time>]
                   [--surface] [--threads <number>] [--output <file>]
                   [--format <format>] [--config <file>] [--isolated]
                   [--no-ignore-comments]
      """,
    discussion: """
      Answers "if I increase X, should I also increase Y?" by an experiment: every combination of \
      the levels is trained with the same seeds on the same rows, and effects are differences \
      within them. What each key does, and by how much that depends on each other key, is told \
      with 95 % intervals, and as better or worse only where it holds for all of them together \
      (Holm).

      The noise comes first: five repeats of the spec as it is say how many seeds the smallest \
      effect that matters takes; there are as many, within the budget, and no verdict with fewer. \
      Where all combinations are too many for --cells or the budget, a fraction is trained in \
      which main effects are clear of pairs, and what it cannot tell apart is said. A cell whose \
      loss is no number is a result.

      With --surface each key goes from LOW to HIGH, on a logarithmic scale where both are above 0 \
      and a factor of ten apart, or as a third word says: `--vary model.dropout=0.0,0.5,linear`. \
      Points spread over the ranges give a quadratic surface, and with it how far the best value \
      of one key moves when another is doubled.

      Levels are what a spec would write, `--vary training.optimizer=adam,sgd` or \
      `--vary model.hidden_layers=[32],[64,32]`; all are checked before anything is trained. The \
      test rows take no part. Nothing is written but the page that --output names. Ctrl-C ends \
      with what is whole, and exit code 130; specs/whatif.md has the statistics.
      """)

  @OptionGroup var options: SpecOptions

  @Option(
    name: .customLong("vary"), parsing: .singleValue,
    help: ArgumentHelp(
      "A key and its levels, such as training.batch_size=16,64; may be repeated.",
      valueName: "key=low,high"))
  var keys: [VariedKey] = []

  @Option(
    name: [.customLong("effect"), .customLong("margin")],
    help: ArgumentHelp(
      "The smallest effect on the score that matters: 0.01 of a score, 2 % of an error.",
      valueName: "m"))
  var margin: Double?

  @Option(
    help: ArgumentHelp(
      "The score that judges, in place of the first of `training.metrics`.", valueName: "name"))
  var metric: String?

  @Option(
    help: ArgumentHelp(
      "How many seeds every cell is trained with, in place of as many as it takes.",
      valueName: "count"))
  var seeds: Int?

  @Option(
    help: ArgumentHelp(
      "Folds that judge in turn, 10 unless given; with 1 the same tenth of the rows judges.",
      valueName: "count"))
  var folds: Int?

  @Option(
    help: ArgumentHelp(
      "How many combinations there may be: 64, and fewer if time is short, unless given.",
      valueName: "count"))
  var cells: Int?

  @Flag(help: "Fits a surface over ranges of numbers: how far best values move with other keys.")
  var surface = false

  @Option(
    help: ArgumentHelp(
      "How long it may take at the most: 30s, 2m; 60s unless given.", valueName: "time"))
  var budget: String?

  @Option(
    help: ArgumentHelp(
      "How many trainings go on at a time. It changes no figure.", valueName: "number"))
  var threads: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Writes a page with the pictures, too: one HTML file that stands alone.", valueName: "file"))
  var output: String?

  @Option(help: "How the result is printed.")
  var format: Advise.Format = .text

  func validate() throws {
    guard !keys.isEmpty else {
      throw ValidationError("--vary names what to vary, such as training.batch_size=16,64")
    }
    guard keys.count <= FactorialDesign.mostFactors else {
      throw ValidationError(
        "--vary takes at most \(FactorialDesign.mostFactors) keys: more are for `plumb tune`")
    }
    for (index, key) in keys.enumerated() {
      if let mistake = key.mistake { throw ValidationError(mistake) }
      if let other = keys[..<index].first(where: { $0.overlaps(key) }) {
        throw ValidationError(
          "--vary: `\(escapedForTerminal(other.key))` and `\(escapedForTerminal(key.key))` set the "
            + "same value")
      }
    }
    guard !surface || cells == nil else {
      throw ValidationError("--cells is for combinations: leave it out with --surface")
    }
    for key in keys where surface && key.axis == nil {
      throw ValidationError(
        "--surface: --vary \(escapedForTerminal(key.key)) takes two rising numbers, and `log` "
          + "(above 0) or `linear` after them if wanted")
    }
    guard !surface || keys.count >= 2 else {
      throw ValidationError("--surface takes two keys or more")
    }
    guard margin.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--effect takes a number above 0, in the unit of the score")
    }
    guard (2...1000).contains(seeds ?? 2) else {
      throw ValidationError("--seeds takes a number from 2 to 1000")
    }
    guard (1...1000).contains(folds ?? 1) else {
      throw ValidationError("--folds takes a number from 1 to 1000")
    }
    guard (2...FactorialDesign.mostCells).contains(cells ?? 2) else {
      throw ValidationError("--cells takes a number from 2 to \(FactorialDesign.mostCells)")
    }
    guard (1...1024).contains(threads ?? 1) else {
      throw ValidationError("--threads takes a number from 1 to 1024")
    }
    guard budget == nil || budget.flatMap({ ProbeBudget($0) }) != nil else {
      throw ValidationError("--budget takes a time from 1s to 60m, such as 10s or 2m")
    }
  }

  func run() throws {
    var options = options
    if let metric { options.values.overrides.append("training.metrics=[\(metric)]") }
    // Each cell is compiled with the same table, which is read once.
    let environment = Environment.files().readingOnce
    let base = try options.compileWithoutErrors(in: environment)
    for warning in base.diagnostics where warning.level >= .warning {
      Console.error("\(warning.level.rawValue)[\(warning.code.code)]: \(warning.message)")
    }
    guard base.graph != nil else {
      throw Failure("there is nothing to train: \(base.notChecked.first ?? "no network")")
    }
    let rules = try options.values.project.settings(for: options.spec).rules
    let overrides = options.values.overrides.map { Override($0) }
    let compile = { (values: [Override]) in
      SpecCompiler.compile(
        base.sources[0], overrides: overrides + values, in: environment, settings: rules,
        asking: .mistakes)
    }
    if surface { return try runSurface(base, compile) }
    let cells = try ExperimentCells(
      keys, base, limit: cells ?? ExperimentSettings.usualCells, compile: compile)
    Interruption.listen()
    let result: FactorialResult
    do throws(TrainingError) {
      result = try experiment(
        base, cells.factors, designs: cells.designs, cells: cells.cells, settings,
        shouldStop: { Interruption.isRequested }, report: { Console.error("whatif: \($0)") })
    } catch {
      throw Failure(error)
    }
    try ExperimentOutput(result, spec: options.spec).print(format)
    try write(ExperimentPage(result, spec: options.spec, version: Plumb.version).html)
    if result.isInterrupted { throw Exit.interrupted }
  }

  private func runSurface(_ base: Compilation, _ compile: ([Override]) -> Compilation) throws {
    let axes = keys.compactMap(\.axis)
    let points = SurfacePoint.spread(over: axes)
    let compilations = try ExperimentCells.compilations(axes, points, compile)
    Interruption.listen()
    let result: SurfaceResult
    do throws(TrainingError) {
      result = try Tuning.surface(
        base, axes, points: points, compilations: compilations, settings,
        shouldStop: { Interruption.isRequested }, report: { Console.error("whatif: \($0)") })
    } catch {
      throw Failure(error)
    }
    try SurfaceOutput(result, spec: options.spec).print(format)
    try write(SurfacePage(result, spec: options.spec, version: Plumb.version).html)
    if result.isInterrupted { throw Exit.interrupted }
  }

  /// Writes the page, if one is asked for.
  private func write(_ page: @autoclosure () -> String) throws {
    guard let output else { return }
    try writeWhole(page(), to: output)
    Console.error("page: \(output)")
  }

  private var settings: ExperimentSettings {
    var settings = ExperimentSettings()
    (settings.margin, settings.seeds, settings.threads) = (margin, seeds, threads)
    (settings.cells, settings.folds) = (cells, folds ?? settings.folds)
    settings.seconds = budget.flatMap { ProbeBudget($0)?.seconds } ?? settings.seconds
    return settings
  }
}
