import ArgumentParser
import SpecCompiler
import SpecSyntax

/// Checks specs.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks specs: every mistake, located, at once.",
    discussion: """
      Exit code 1 when a finding is at or above the threshold of --fail-on, 2 when a spec cannot \
      be read. Advice is printed but does not fail unless asked.
      """)

  enum Threshold: String, ExpressibleByArgument, CaseIterable {
    case error, warning, advice, never

    var level: Level? {
      switch self {
      case .error: .error
      case .warning: .warning
      case .advice: .advice
      case .never: nil
      }
    }
  }

  @Argument(help: "The specs; `-` is standard input.")
  var specs: [String]

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("A value for this check; may be repeated.", valueName: "key=value"))
  var overrides: [String] = []

  @Option(help: "How findings are printed.")
  var format: OutputFormat = .text

  @Option(help: "The least level that makes the exit code 1.")
  var failOn: Threshold = .error

  @Flag(help: "Do not read the tables.")
  var noData = false

  func run() throws {
    var reports: [FileReport] = []
    for spec in specs {
      let compilation = SpecCompiler.compile(
        try readSpec(spec), overrides: overrides.map { Override($0) },
        in: .files(readsTables: !noData))
      reports.append(FileReport(compilation))
    }
    switch format {
    case .text: reports.forEach { $0.printText() }
    case .json: try Console.json(LintReport(reports))
    }
    let worst = reports.flatMap(\.diagnostics).map(\.level).max()
    if let threshold = failOn.level, let worst, worst >= threshold { throw Exit.findings }
  }
}

/// What was found in one file.
private struct FileReport {
  let file: String
  let diagnostics: [Diagnostic]
  let sources: [SourceText]
  let checked: String
  let notChecked: [String]

  init(_ compilation: Compilation) {
    file = compilation.sources[0].name
    diagnostics = compilation.diagnostics
    sources = compilation.sources
    checked = compilation.checkedWords
    notChecked = compilation.notChecked
  }

  func printText() {
    if !diagnostics.isEmpty {
      Console.print(Findings(diagnostics, sources).text(isColoured: Console.isColoured))
      Console.print("")
    }
    let count = diagnostics.isEmpty ? "no findings" : Findings.count(diagnostics)
    Console.print("\(file): \(count); checked \(checked)")
    for reason in notChecked { Console.print("not checked: \(reason)") }
  }
}

/// The findings of all files for other programs.
private struct LintReport: Encodable {
  struct Summary: Encodable {
    var files: Int
    var errors: Int
    var warnings: Int
    var advice: Int
  }

  var schemaVersion = 1
  var summary: Summary
  var findings: [FindingReport]
  var notChecked: [String]

  init(_ reports: [FileReport]) {
    let all = reports.flatMap(\.diagnostics)
    summary = Summary(
      files: reports.count, errors: all.count { $0.level == .error },
      warnings: all.count { $0.level == .warning }, advice: all.count { $0.level == .advice })
    findings = reports.flatMap { report in
      report.diagnostics.map { FindingReport($0, in: report.sources) }
    }
    notChecked = reports.flatMap(\.notChecked)
  }
}
