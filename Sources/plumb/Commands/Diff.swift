import ArgumentParser
import Linting
import Reporting
import SpecCompiler
import SpecSyntax
import Training

/// Prints what is different between two specs, or two runs.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Prints what changes between two specs or runs: values, layers, cost, findings.",
    discussion: """
      Compared are the resolved specs, so that a value decided otherwise counts too. A finding is \
      the same where its code and its place in the spec are. Of runs, the metrics on the rows that \
      judged them are compared as well.

      `git show HEAD:spec.yaml | plumb diff - spec.yaml` compares with the last commit: standard \
      input is read as if it stood where the other spec stands. --format markdown is for a comment \
      on a pull request.

      Exit code 0, also where something is different, or 1 then with --exit-code; 2 where a spec \
      cannot be read.
      """)

  /// How the difference is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, json
  }

  @Argument(help: "The spec or run from before; `-` for standard input.")
  var before: String

  @Argument(help: "The spec or run from after; `-` for standard input.")
  var after: String

  @Option(help: "How the difference is printed.")
  var format: Format = .text

  @Flag(help: "Exit with 1 where something but metrics is different.")
  var exitCode = false

  @OptionGroup var project: ProjectOptions
  @OptionGroup var outside: OutsideOption

  func validate() throws {
    guard before != "-" || after != "-" else {
      throw ValidationError("only one of the two can be standard input")
    }
  }

  func run() throws {
    let difference = SpecDifference(
      from: try side(before, beside: after), to: try side(after, beside: before))
    switch format {
    case .text: Console.print(difference.text(style: TextStyle(color: Console.isColoured)))
    case .markdown: Console.print(difference.markdown)
    case .json: Console.print(difference.json.text())
    }
    if exitCode, !difference.isEmpty { throw Exit.findings }
  }

  private func side(_ path: String, beside other: String) throws -> SpecDifference.Side {
    if try RunFiles.content(at: path) != nil { return try runSide(path) }
    let source = try readSpec(path, named: path == "-" ? other : nil)
    let place = path == "-" ? other : path
    let settings = try project.settings(for: place)
    let compiled = SpecCompiler.compile(
      source, in: .files(outside.bounds(for: place)), settings: settings.rules)
    let judged =
      compiled.hasErrors
      ? compiled
      : settings.judge(
        compiled, obeysComments: !project.noIgnoreComments, judgesUnused: true)
    if judged.tree?.root.mapping == nil {
      let errors = judged.diagnostics.filter { $0.level == .error }
      Console.error(Findings(errors, judged.sources).text(isColoured: false))
      throw Failure("`\(path)` is no spec: nothing can be compared with it")
    }
    return SpecDifference.Side(
      name: path == "-" ? "<stdin>" : path, values: judged.resolution?.values ?? [],
      summary: judged.summary, findings: judged.diagnostics, sources: judged.sources)
  }

  private func runSide(_ path: String) throws -> SpecDifference.Side {
    let reported = try RunReport(
      folder: path, data: nil, labels: nil, measuresImportance: false
    ).run(examinesRows: false)
    let outcome = reported.run.outcome
    return SpecDifference.Side(
      name: path, values: reported.values, summary: reported.run.summary,
      findings: reported.advice.entries.flatMap { [$0.finding] + $0.agreeing + $0.disagreeing },
      sources: reported.sources, metrics: outcome.metrics.test ?? outcome.metrics.validation ?? [:])
  }
}
