import Linting
import SpecCompiler
import SpecSyntax

/// A check of specs: what `Lint` is asked for, as plain values.
///
/// Paths alone are the whole of most calls, and reading them with a parser for all that could be
/// asked for takes longer than checking a spec.
struct LintJob: Equatable, Sendable {
  var paths = ["."]
  var overrides: [String] = []
  var format: [LintFormat] = []
  var configuration: String?
  var isolated = false
  var noIgnoreComments = false
  var baseline: String?
  var writeBaseline: String?
  var sarifSuppressed = false
  var failOn: Lint.Threshold?
  var maxWarnings: Int?
  var exitZero = false
  var exclude: [String] = []
  var forceExclude = false
  var noIgnore = false
  var allowNoFiles = false
  var showFiles = false
  var stdinFilename: String?
  var statistics = false
  var noData = false
  var maxTableSize = 256
  var noCache = false
  var allowOutside = false
  var fix = false
  var diff = false
  var unsafeFixes = false
  var fixOnly: [String] = []

  /// What is asked for by nothing but paths and `--no-data`; nil for all other arguments.
  init?(plain arguments: some Sequence<String>) {
    var paths: [String] = []
    for argument in arguments {
      if argument == "--no-data" {
        noData = true
      } else if argument.hasPrefix("-"), argument != "-" {
        return nil
      } else {
        paths.append(argument)
      }
    }
    if !paths.isEmpty { self.paths = paths }
  }

  init(_ lint: Lint) {
    paths = lint.paths
    overrides = lint.overrides
    format = lint.format
    configuration = lint.project.configuration
    isolated = lint.project.isolated
    noIgnoreComments = lint.project.noIgnoreComments
    baseline = lint.baseline
    writeBaseline = lint.writeBaseline
    sarifSuppressed = lint.sarifSuppressed
    failOn = lint.failOn
    maxWarnings = lint.maxWarnings
    exitZero = lint.exitZero
    exclude = lint.exclude
    forceExclude = lint.forceExclude
    noIgnore = lint.noIgnore
    allowNoFiles = lint.allowNoFiles
    showFiles = lint.showFiles
    stdinFilename = lint.stdinFilename
    statistics = lint.statistics
    noData = lint.noData
    maxTableSize = lint.maxTableSize
    noCache = lint.noCache
    allowOutside = lint.outside.allowOutside
    fix = lint.fix
    diff = lint.diff
    unsafeFixes = lint.unsafeFixes
    fixOnly = lint.fixOnly
  }

  /// Whether what is found depends on nothing but files and flags, so that it can be kept.
  var remembersResults: Bool {
    !noCache && !fix && !diff && overrides.isEmpty
  }

  /// Whether the report is one for people without colours, which can be kept as well.
  var writesPlainText: Bool {
    (format.isEmpty ? [.full] : format).contains { $0.kind == .full }
      && !statistics && !Console.isColoured
  }

  func run() throws {
    var store = ProjectOptions.store(configuration, isolated: isolated)
    let files = try specs(&store)
    guard !showFiles else { return files.forEach { Console.print($0) } }
    let plans = try plans(files, &store)
    let context = LintContext(self, specs: plans.count)
    var checks = parallelResults(plans.count) { check(plans[$0], context) }
    if let file = writeBaseline { try write(file, &checks, in: store) }
    let done = checks.compactMap { try? $0.get() }
    var report = Report(
      done.map(\.findings), version: Plumb.version, inProject: { ReportPath.inProject($0) })
    report.showsSuppressed = sarifSuppressed
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
    if writeBaseline == nil { BaselineRemarks.of(done).forEach { Console.error($0) } }
    if !failures.isEmpty || done.contains(where: { $0.problem != nil }) { throw Exit.unusable }
    let isRefused = diff ? done.contains { $0.diff?.isEmpty == false } : isFailure(done)
    if isRefused, !exitZero { throw Exit.findings }
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

  /// Whether a threshold is passed: of a flag for all specs, else of each one's configuration.
  private func isFailure(_ checks: [SpecCheck]) -> Bool {
    func warnings(_ checks: some Sequence<SpecCheck>) -> Int {
      checks.reduce(0) { $0 + $1.findings.diagnostics.count { $0.level == .warning } }
    }
    if let maxWarnings {
      if warnings(checks) > maxWarnings { return true }
    } else {
      let groups = Dictionary(grouping: checks) { $0.plan.configuration.files }
      for group in groups.values {
        guard let limit = group[0].plan.configuration.maxWarnings.value else { continue }
        if warnings(group) > limit { return true }
      }
    }
    return checks.contains { check in
      let configured = check.plan.configuration.failOn.value.level
      guard let level = failOn.map(\.level) ?? configured else { return false }
      return check.findings.diagnostics.contains { $0.level >= level }
    }
  }
}
