import ArgumentParser
import Linting
import SpecCompiler
import SpecSyntax

/// Checks specs.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks specs: every mistake, located, at once.",
    usage: """
      plumb lint [<path> ...] [--set <key=value> ...] [--no-data]
                 [--format <format[=file]> ...] [--statistics] [--show-files]
                 [--fail-on <level>] [--max-warnings <number>] [--exit-zero]
                 [--exclude <pattern> ...] [--force-exclude] [--no-ignore]
                 [--allow-no-files] [--stdin-filename <path>]
      """,
    discussion: """
      In a folder, files whose first key is `plumb` are specs; a file that is named always is. \
      What .gitignore names is passed over.

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

  @Argument(
    help: ArgumentHelp(
      "Specs, folders, or quoted patterns such as 'specs/**/*.yaml'; `-` is standard input.",
      valueName: "path"))
  var paths: [String] = ["."]

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("A value for this check; may be repeated.", valueName: "key=value"))
  var overrides: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "How findings are written, and to which file; may be repeated.",
      valueName: "format[=file]"))
  var format: [LintFormat] = []

  @Option(help: ArgumentHelp("The least level that makes the exit code 1.", valueName: "level"))
  var failOn: Threshold = .error

  @Option(help: ArgumentHelp("More warnings than this make the exit code 1.", valueName: "number"))
  var maxWarnings: Int?

  @Flag(help: "Exit with 0 whatever is found.")
  var exitZero = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "What is passed over in folders, as in .gitignore; may be repeated.", valueName: "pattern"))
  var exclude: [String] = []

  @Flag(help: "Pass over files that --exclude matches even when they are named.")
  var forceExclude = false

  @Flag(help: "Check files that .gitignore names, too.")
  var noIgnore = false

  @Flag(help: "Exit with 0 when there is no spec to check.")
  var allowNoFiles = false

  @Flag(help: "List the specs that would be checked, and end.")
  var showFiles = false

  @Option(
    help: ArgumentHelp(
      "The name of standard input in reports; paths in it are relative to its folder.",
      valueName: "path"))
  var stdinFilename: String?

  @Flag(help: "Print how often each kind of finding occurs, in place of the findings.")
  var statistics = false

  @Flag(help: "Do not read the tables.")
  var noData = false

  func validate() throws {
    if let maxWarnings, maxWarnings < 0 {
      throw ValidationError("--max-warnings takes a whole number from 0 up")
    }
    guard format.count(where: { $0.file == nil }) <= 1 else {
      throw ValidationError("only one --format can go to standard output: give the others a file")
    }
  }

  func run() throws {
    let files = try specs()
    guard !showFiles else { return files.forEach { Console.print($0) } }
    let checks = parallelResults(files.count) { check(files[$0]) }
    let report = Report(
      checks.compactMap { try? $0.get() }, version: Plumb.version,
      inProject: { ReportPath.inProject($0) })
    try write(report)
    let failures = checks.compactMap { check -> Failure? in
      if case .failure(let failure) = check { failure } else { nil }
    }
    for failure in failures { Console.error(failure.text) }
    if !failures.isEmpty { throw Exit.unusable }
    if isFailure(report), !exitZero { throw Exit.findings }
  }

  /// The paths of what is checked.
  private func specs() throws -> [String] {
    var search = FileSearch()
    search.excluded = exclude
    search.excludesNamed = forceExclude
    search.obeysIgnoreFiles = !noIgnore
    do throws(FileSearch.Failure) {
      let files = try search.files(paths)
      guard files.isEmpty, !allowNoFiles else { return files }
    } catch {
      throw Failure(error.message, hint: error.hint)
    }
    throw Failure(
      "no spec in \(paths.map { "`\($0)`" }.joined(separator: ", "))",
      hint: "in a folder, a spec is a file whose first key is `plumb`")
  }

  private func check(_ path: String) -> Result<Report.FileFindings, Failure> {
    do throws(Failure) {
      let source = try readSpec(path, named: path == "-" ? stdinFilename : nil)
      let compilation = SpecCompiler.compile(
        source, overrides: overrides.map { Override($0) }, in: .files(readsTables: !noData))
      return .success(
        Report.FileFindings(
          path: source.name, diagnostics: compilation.diagnostics,
          sources: compilation.sources, checked: compilation.checkedWords,
          notChecked: compilation.notChecked))
    } catch {
      return .failure(error)
    }
  }

  private func write(_ report: Report) throws {
    let formats = format.isEmpty ? [LintFormat.full] : format
    for format in formats {
      let text = format.render(report, statistics: statistics)
      if let file = format.file {
        try writeWhole(text, to: file)
      } else if !text.isEmpty {
        Console.print(text)
      }
    }
    if formats.allSatisfy({ $0.kind == .full }), Console.isOnGitHub,
      let annotations = ReportFormat.named("github")?.render(report), !annotations.isEmpty
    {
      Console.print(annotations)
    }
  }

  private func isFailure(_ report: Report) -> Bool {
    if let maxWarnings, report.count(.warning) > maxWarnings { return true }
    guard let threshold = failOn.level else { return false }
    return Level.allCases.contains { $0 >= threshold && report.count($0) > 0 }
  }
}
