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
    discussion: """
      Findings come in the order of doing: errors, warnings, advice, and last what moves together \
      with other settings. Where several speak about one value, a measurement beats a heuristic \
      and stronger evidence weaker; the others stand below it.

      --apply writes the edits of the findings named, or of `all`, into the spec; comments stay, \
      and each value is written once. Rules of interaction are asked again afterwards, with the \
      spec as it was before, and their edits wait to be named.

      Given the folder of a run, it says what the run's curves show.

      Exit code 1 when the spec has errors, and with --diff when something would change.
      """)

  /// How a page is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
  }

  @Argument(help: "The spec, `-` for standard input; or the folder of a run.")
  var spec: String

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
      "A spec or run from before, for what should have moved since.", valueName: "earlier"))
  var against: String?

  @Flag(help: "Trains for a moment, beside a linear model, and judges by what that shows.")
  var probe = false

  @Option(help: ArgumentHelp("How long --probe may train: 10s, 2m.", valueName: "time"))
  var budget = "10s"

  @OptionGroup var project: ProjectOptions
  @OptionGroup var outside: OutsideOption

  func validate() throws {
    for name in apply where name != "all" && AdviceApplication.codes(named: name).isEmpty {
      throw ValidationError("--apply: there is no finding `\(escapedForTerminal(name))`")
    }
    guard apply.isEmpty && !diff || format == .text else {
      throw ValidationError("--format goes with the page, not with --apply or --diff")
    }
    guard !probe || apply.isEmpty && !diff else {
      throw ValidationError("--probe goes with the page: name its findings to --apply afterwards")
    }
    guard ProbeBudget(budget) != nil else {
      throw ValidationError("--budget takes a time from 1s to 60m, such as 10s or 2m")
    }
  }

  func run() throws {
    if let record = try RunFiles.record(at: spec) {
      guard apply.isEmpty, !diff, overrides.isEmpty, against == nil, !probe else {
        throw Failure(
          "a run is not changed: --apply, --diff, --set, --against and --probe take a spec")
      }
      return try AdviceOutput(RunFiles.page(of: record)).print(format)
    }
    let source = try readSpec(spec)
    let settings = try project.settings(for: spec)
    let earlier = try against.map { try RunFiles.spec(at: $0, outside: outside) }
    guard apply.isEmpty && !diff else {
      let application = AdviceApplication(
        spec: spec, names: apply.isEmpty ? ["all"] : apply, earlier: earlier,
        compile: { compile($0, settings) },
        judge: { judge($0, settings) })
      return try application.run(source, onlyShows: diff)
    }
    let first = compile(source, settings)
    let measured = try probe && !first.hasErrors ? ProbeBudget(budget)?.measure(first) : nil
    let compilation = judge(first.knowing(probe: measured?.probe, earlier: earlier), settings)
    let page = AdvicePage(compilation, spec: spec, remarks: measured?.remarks ?? [])
    try AdviceOutput(page).print(format)
    guard compilation.hasErrors else { return }
    let errors = compilation.diagnostics.filter { $0.level == .error }
    throw errors.allSatisfy { $0.code == .unreadableData } ? Exit.unusable : Exit.findings
  }

  private func compile(_ source: SourceText, _ settings: Settings) -> Compilation {
    SpecCompiler.compile(
      source, overrides: overrides.map { Override($0) },
      in: .files(outside.bounds(for: spec)), settings: settings.rules)
  }

  /// The findings as the project wants them; what keeps a spec from working stays, even where a
  /// comment suppresses it.
  private func judge(_ compilation: Compilation, _ settings: Settings) -> Compilation {
    guard !compilation.hasErrors else { return compilation }
    return settings.judge(
      compilation, obeysComments: !project.noIgnoreComments, judgesUnused: overrides.isEmpty)
  }
}
