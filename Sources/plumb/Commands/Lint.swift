import ArgumentParser
import Linting
import SpecCompiler
import SpecSyntax

/// Checks specs.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Named as a part of plumb, it is not asked for completions of its own when read alone.
    commandName: "lint", _superCommandName: "plumb",
    abstract: "Checks specs: every mistake, located, at once.",
    usage: """
      plumb lint [<path> ...] [--set <key=value> ...] [--no-data]
                 [--max-table-size <megabytes>] [--allow-outside]
                 [--format <format[=file]> ...] [--statistics] [--show-files]
                 [--fail-on <level>] [--max-warnings <number>] [--exit-zero]
                 [--exclude <pattern> ...] [--force-exclude] [--no-ignore]
                 [--allow-no-files] [--stdin-filename <path>]
                 [--fix] [--diff] [--unsafe-fixes] [--fix-only <code> ...]
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

  @Option(
    help: ArgumentHelp(
      "Larger tables, also after unpacking, are not read, which is said.",
      valueName: "megabytes"))
  var maxTableSize = 256

  @OptionGroup var outside: OutsideOption

  @Flag(help: "Write the fixes that leave training as it is into the specs.")
  var fix = false

  @Flag(help: "Show what fixes would change, and write nothing; exit with 1 if they would.")
  var diff = false

  @Flag(help: "Fix what may change the trained model, too.")
  var unsafeFixes = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Fix only findings of this code or name; may be repeated.", valueName: "code"))
  var fixOnly: [String] = []

  func validate() throws {
    if unsafeFixes || !fixOnly.isEmpty, !fix, !diff {
      throw ValidationError("--unsafe-fixes and --fix-only go with --fix or --diff")
    }
    for name in fixOnly where !isCode(name) {
      throw ValidationError("--fix-only: there is no finding `\(name)`")
    }
    guard (1...2000).contains(maxTableSize) else {
      throw ValidationError("--max-table-size takes a number from 1 to 2000")
    }
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
    let done = checks.compactMap { try? $0.get() }
    let report = Report(
      done.map(\.findings), version: Plumb.version, inProject: { ReportPath.inProject($0) })
    if diff {
      for check in done { if let text = check.diff, !text.isEmpty { Console.print(text) } }
    } else if fix, let text = done.first(where: { $0.path == "-" })?.fixedText {
      // Whoever pipes a spec through wants it back.
      Console.verbatim(text)
      if !report.isEmpty { Console.error(ReportFormat.named("concise")?.render(report) ?? "") }
    } else {
      try write(report)
    }
    let failures = checks.compactMap { check -> Failure? in
      if case .failure(let failure) = check { failure } else { nil }
    }
    for problem in done.compactMap(\.problem) { Console.error("error: \(problem)") }
    for failure in failures { Console.error(failure.text) }
    if fix { Console.error(FixText.of(done.map(\.fixed))) }
    if !failures.isEmpty || done.contains(where: { $0.problem != nil }) { throw Exit.unusable }
    let isRefused = diff ? done.contains { $0.diff?.isEmpty == false } : isFailure(report)
    if isRefused, !exitZero { throw Exit.findings }
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

  private func check(_ path: String) -> Result<Check, Failure> {
    do throws(Failure) {
      let source = try readSpec(path, named: path == "-" ? stdinFilename : nil)
      guard fix || diff else {
        return .success(Check(path: path, compilation: compile(source), name: source.name))
      }
      let engine = FixEngine(unsafeFixes ? .unsafe : .safe, only: Set(fixOnly))
      let outcome = engine.fix(source) { compile($0) }
      var check = Check(path: path, compilation: outcome.compilation, name: source.name)
      check.fixed = outcome.fixed
      check.problem = outcome.problem.map { "`\(source.name)`: \($0)" }
      check.fixedText = outcome.source.bytes
      if diff {
        check.diff = unifiedDiff(from: source, to: outcome.source, path: source.name)
      } else if path != "-", outcome.source.bytes != source.bytes {
        try replaceSpec(path, with: outcome.source.bytes)
      }
      return .success(check)
    } catch {
      return .failure(error)
    }
  }

  private func compile(_ source: SourceText) -> Compilation {
    var bounds = outside.bounds(for: source.name)
    bounds.readsTables = !noData
    bounds.maximumTableBytes = maxTableSize << 20
    return SpecCompiler.compile(
      source, overrides: overrides.map { Override($0) }, in: .files(bounds))
  }

  /// Whether some kind of finding has this code or name.
  private func isCode(_ name: String) -> Bool {
    (diagnosticCodes + Rules.all.map(\.diagnosticCode))
      .contains { $0.code == name || $0.name == name }
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
    if formats.contains(.full), Console.isOnGitHub,
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

/// What became of one spec.
private struct Check: Sendable {
  let path: String
  var findings: Report.FileFindings
  var fixed: [DiagnosticCode: Int] = [:]
  var problem: String?
  var fixedText: [UInt8] = []
  /// What fixes would change; nil where it was not asked for.
  var diff: String?

  init(path: String, compilation: Compilation, name: String) {
    self.path = path
    findings = Report.FileFindings(
      path: name, diagnostics: compilation.diagnostics, sources: compilation.sources,
      checked: compilation.checkedWords, notChecked: compilation.notChecked)
  }
}
