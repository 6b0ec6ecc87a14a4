import ArgumentParser
import Linting
import SpecCompiler
import SpecSyntax
import Training

/// Prints sizes and advice, and writes the advice that is taken.
struct Advise: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise",
    abstract: "Prints the sizing table and all advice, with reasons and sources.",
    usage: """
      plumb advise <spec> [--set <key=value> ...] [--format <format>]
                   [--apply <code> ...] [--diff] [--against <earlier>]
                   [--probe] [--measure [<code> ...]] [--margin <m>]
                   [--budget <time>] [--config <file>] [--isolated]
                   [--no-ignore-comments] [--allow-outside]
      """,
    discussion: """
      Findings come in the order of doing: errors, warnings, advice, and last what moves together \
      with other settings. Where several speak about one value, a measurement beats a heuristic \
      and stronger evidence weaker; the others stand below it.

      --apply writes the edits of the findings named, or of `all`, into the spec; comments stay, \
      and each value is written once. Rules of interaction are asked again afterwards, with the \
      spec as it was before, and their edits wait to be named.

      With --probe it measures before it judges, on the rows that training would use, and says \
      what each figure rests on: rows, steps, seeds. Small tables take a second or two; what the \
      budget has no time for is left out and said to be. Nothing is written. --apply and --diff \
      take what was found then, too.

      With --measure it trains the spec with and without each piece of advice that has an edit, or \
      each that is named, on the same rows with the same seed, until a verdict on each: it helps, \
      it harms, it makes no difference within the margin, or the budget gives not enough evidence. \
      The test rows take no part. Verdicts are remembered in .plumb/measured.jsonl beside the \
      spec, and outrank rules of thumb on later pages, while spec, table and program are the same.

      Given the folder of a run, it says what the run's curves show, and what the numbered runs \
      beside it do; with --against it compares two runs, or the measures of repeated ones. The \
      run's table, or its committed profile, is looked at if it is still as the run saw it.

      Exit code 1 when the spec has errors or a probe finds one, and with --diff when something \
      would change.
      """)

  /// How a page is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
  }

  @Argument(help: "The spec, `-` for standard input; or the folder of a run.")
  var spec: String

  @Argument(
    help: ArgumentHelp(
      "With --measure, the advice to measure, by code or name; all with an edit unless named.",
      valueName: "code"))
  var codes: [String] = []

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "A value for this page, such as training.batch_size=64; may be repeated.",
      valueName: "key=value"))
  var overrides: [String] = []

  @Option(help: "How the page is printed.")
  var format: Format = .text

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Writes the edits of these findings, by code or name, or of `all`.", valueName: "code"))
  var apply: [String] = []

  @Flag(help: "Shows what --apply would change, all unless named; exit with 1 if it would.")
  var diff = false

  @Option(
    help: ArgumentHelp(
      """
      A spec or run from before, for what should have moved since; with --probe, or of a run, its \
      scores are compared too.
      """, valueName: "earlier"))
  var against: String?

  @Flag(
    help: """
      Measures as well: a linear model, 16 rows to learn by heart, rising rates, the training \
      itself with the gradient's noise, other rates, and five seeds beside --against.
      """)
  var probe = false

  @Flag(help: "Trains with and without each piece of advice until there is a verdict on it.")
  var measure = false

  @Option(
    help: ArgumentHelp(
      "The smallest difference of the score that matters to --measure.", valueName: "m"))
  var margin: Double?

  @Option(
    help: ArgumentHelp(
      """
      How long --probe (10s unless given) or --measure (60s) may take at the most: 30s, 2m. Both \
      end sooner when all is measured.
      """, valueName: "time"))
  var budget: String?

  @OptionGroup var project: ProjectOptions
  @OptionGroup var outside: OutsideOption

  func validate() throws {
    for name in apply where name != "all" && AdviceApplication.codes(named: name).isEmpty {
      throw ValidationError("--apply: there is no finding `\(escapedForTerminal(name))`")
    }
    guard apply.isEmpty && !diff || format == .text else {
      throw ValidationError("--format goes with the page, not with --apply or --diff")
    }
    guard budget == nil || budget.flatMap({ ProbeBudget($0) }) != nil else {
      throw ValidationError("--budget takes a time from 1s to 60m, such as 10s or 2m")
    }
    try validateMeasurement()
  }

  private func validateMeasurement() throws {
    guard measure else {
      if let code = codes.first {
        throw ValidationError(
          "`\(escapedForTerminal(code))` stands alone: write --measure or --apply before it")
      }
      if margin != nil { throw ValidationError("--margin goes with --measure") }
      return
    }
    guard apply.isEmpty, !diff, !probe, against == nil else {
      throw ValidationError("--measure goes without --apply, --diff, --probe and --against")
    }
    guard margin.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--margin takes a number above 0, in the unit of the score")
    }
    for name in codes where AdviceApplication.codes(named: name).isEmpty {
      throw ValidationError("--measure: there is no finding `\(escapedForTerminal(name))`")
    }
  }

  /// How long to measure at the most.
  var budgetSeconds: Double {
    budget.flatMap { ProbeBudget($0)?.seconds } ?? (measure ? 60 : 10)
  }

  func run() throws {
    if let content = try RunFiles.content(at: spec) {
      guard apply.isEmpty, !diff, overrides.isEmpty, !probe, !measure else {
        throw Failure(
          "a run is not changed: --apply, --diff, --set, --probe and --measure take a spec")
      }
      let page = try RunFiles.page(of: content, against: against, outside: outside)
      return try AdviceOutput(page).print(format)
    }
    let source = try readSpec(spec)
    let settings = try project.settings(for: spec)
    let earlier = try against.map {
      try RunFiles.compilation(at: $0, outside: outside, readsTable: probe)
    }
    let isPage = apply.isEmpty && !diff
    let first = isPage || probe ? compile(source, settings) : nil
    let measured = try probe ? first.flatMap { try measure($0, against: earlier) } : nil
    guard let first, isPage else {
      let application = AdviceApplication(
        spec: spec, names: apply.isEmpty ? ["all"] : apply, earlier: earlier?.spec,
        probe: measured?.probe, verdicts: { verdicts(for: $0) },
        compile: { compile($0, settings) },
        judge: { judge($0, settings) })
      return try application.run(source, onlyShows: diff)
    }
    if measure, !first.hasErrors {
      return try runMeasurement(source, judge(first, settings), settings)
    }
    let compilation = judge(
      first.knowing(probe: measured?.probe, earlier: earlier?.spec), settings)
    try AdviceOutput(page(compilation, measured)).print(format)
    guard compilation.hasErrors else { return }
    let errors = compilation.diagnostics.filter { $0.level == .error }
    throw errors.allSatisfy { $0.code == .unreadableData } ? Exit.unusable : Exit.findings
  }

  /// The page of a spec, with what was measured now and before.
  func page(_ compilation: Compilation, _ measured: ProbeResult? = nil) -> AdvicePage {
    AdvicePage(
      compilation, spec: spec, measurements: measured?.measurements ?? [],
      rateTest: measured?.rateTest, verdicts: verdicts(for: compilation))
  }

  /// What the probe finds; nil for a spec with errors, which come first.
  private func measure(
    _ compilation: Compilation, against earlier: Compilation?
  ) throws -> ProbeResult? {
    guard !compilation.hasErrors else { return nil }
    return try ProbeBudget(seconds: budgetSeconds).measure(compilation, against: earlier)
  }

  func compile(
    _ source: SourceText, _ settings: Settings, _ environment: Environment? = nil
  ) -> Compilation {
    SpecCompiler.compile(
      source, overrides: overrides.map { Override($0) },
      in: environment ?? .files(outside.bounds(for: spec)), settings: settings.rules)
  }

  /// The findings as the project wants them; what keeps a spec from working stays, even where a
  /// comment suppresses it.
  func judge(_ compilation: Compilation, _ settings: Settings) -> Compilation {
    guard !compilation.hasErrors else { return compilation }
    return settings.judge(
      compilation, obeysComments: !project.noIgnoreComments, judgesUnused: overrides.isEmpty)
  }
}
