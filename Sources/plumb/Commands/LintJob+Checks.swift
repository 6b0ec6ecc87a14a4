import ArgumentParser
import Linting
import SpecCompiler
import SpecSyntax

/// What holds for one spec before it is checked.
struct SpecPlan: Sendable {
  /// As the user named it, or as it was found; `-` for standard input.
  var path: String
  /// Absolute, of the place that standard input is said to have.
  var place: String
  var configuration: Configuration
  var settings: Settings
  var baseline: Baseline?
  /// What messages call the baseline.
  var baselineName = ""
}

/// What became of one spec.
struct SpecCheck: Sendable {
  let plan: SpecPlan
  var findings: Report.FileFindings
  var fixed: [DiagnosticCode: Int] = [:]
  var problem: String?
  var fixedText: [UInt8] = []
  /// What fixes would change; nil where it was not asked for.
  var diff: String?

  var path: String { plan.path }

  init(_ plan: SpecPlan, _ findings: Report.FileFindings) {
    self.plan = plan
    self.findings = findings
  }

  /// Takes out what the project's baseline counts.
  mutating func takeBaseline() {
    guard let baseline = plan.baseline else { return }
    take(baseline)
  }

  /// Takes out what a baseline counts.
  mutating func take(_ baseline: Baseline) {
    let count = findings.diagnostics.count
    baseline.take(
      &findings.diagnostics, suppressing: &findings.suppressed, path: plan.place)
    if findings.diagnostics.count != count { findings.text = nil }
  }
}

extension Report.FileFindings {
  init(_ compilation: Compilation, path: String) {
    self.init(
      path: path, diagnostics: compilation.diagnostics, sources: compilation.sources,
      checked: compilation.checkedWords, notChecked: compilation.notChecked,
      suppressed: compilation.suppressed)
  }
}

extension LintJob {
  /// The paths of what is checked.
  func specs(_ store: inout ConfigurationStore) throws -> [String] {
    var search = FileSearch()
    search.excluded = exclude
    search.excludesNamed = forceExclude
    search.obeysIgnoreFiles = !noIgnore
    do throws(FileSearch.Failure) {
      let files = try search.files(paths) { path, isFolder in
        // A configuration that cannot be read is reported when its specs are planned.
        let place = store.absolute(path)
        guard let configuration = try? store.configuration(for: path) else { return false }
        return forceExclude && !isFolder
          ? configuration.excludes(file: place) : configuration.excludes(place, isFolder: isFolder)
      }
      guard files.isEmpty, !allowNoFiles else { return files }
    } catch {
      throw Failure(error.message, hint: error.hint)
    }
    throw Failure(
      "no spec in \(paths.map { "`\($0)`" }.joined(separator: ", "))",
      hint: "in a folder, a spec is a file whose first key is `plumb`")
  }

  /// What holds for each spec; every configuration and baseline is read once.
  func plans(_ paths: [String], _ store: inout ConfigurationStore) throws -> [SpecPlan] {
    var baselines: [String: Baseline] = [:]
    do throws(ConfigurationStore.Problem) {
      var plans: [SpecPlan] = []
      for path in paths {
        let name = path == "-" ? stdinFilename ?? path : path
        let configuration = try store.configuration(for: name)
        // A configuration that is named, as by a list of all changed files, is read as one.
        guard FilePath.name(of: name) != ConfigurationStore.fileName else {
          try store.check(name)
          continue
        }
        let place = store.absolute(name)
        var plan = SpecPlan(
          path: path, place: place, configuration: configuration,
          settings: configuration.settings(for: place))
        let file = baseline.map { store.absolute($0) } ?? configuration.baseline.value
        if let file, writeBaseline == nil {
          plan.baselineName = baseline ?? PathNames.relative(file, to: store.absolute("."))
          if baselines[file] == nil {
            baselines[file] = try Baseline(reading: file, name: plan.baselineName)
          }
          plan.baseline = baselines[file]
        }
        plans.append(plan)
      }
      return plans
    } catch {
      throw Failure(error)
    }
  }

  func check(_ plan: SpecPlan, _ context: LintContext) -> Result<SpecCheck, Failure> {
    do throws(Failure) {
      let source = try readSpec(plan.path, named: plan.path == "-" ? stdinFilename : nil)
      guard fix || diff else {
        var check = SpecCheck(plan, findings(in: source, plan, context))
        check.takeBaseline()
        return .success(check)
      }
      let codes = fixOnly.compactMap { FindingNames.code(of: $0)?.code }
      let engine = FixEngine(unsafeFixes ? .unsafe : .safe, only: Set(codes))
      let outcome = engine.fix(source) { source in
        var result = compile(source, plan, context)
        plan.baseline?.take(
          &result.diagnostics, suppressing: &result.suppressed, path: plan.place)
        return result
      }
      var check = SpecCheck(plan, Report.FileFindings(outcome.compilation, path: source.name))
      check.fixed = outcome.fixed
      check.problem = outcome.problem.map { "`\(source.name)`: \($0)" }
      check.fixedText = outcome.source.bytes
      if diff {
        check.diff = unifiedDiff(from: source, to: outcome.source, path: source.name)
      } else if plan.path != "-", outcome.source.bytes != source.bytes {
        try replaceSpec(plan.path, with: outcome.source.bytes)
      }
      return .success(check)
    } catch {
      return .failure(error)
    }
  }

  /// What there is to find in a spec: as it was found before, if nothing has changed.
  private func findings(
    in source: SourceText, _ plan: SpecPlan, _ context: LintContext
  ) -> Report.FileFindings {
    guard let results = context.results, plan.path != "-" else {
      return Report.FileFindings(compile(source, plan, context), path: source.name)
    }
    let root = context.root(of: source.name, allowsOutside: allowOutside)
    let key = ResultCache.Key(
      place: plan.place, name: source.name,
      circumstances: """
        \(circumstances) \(plan.configuration.digest) \(root?.folder ?? "anywhere")
        """)
    if let known = results.findings(for: key, in: source) { return known }
    let trace = FileTrace()
    var findings = Report.FileFindings(
      compile(source, plan, context, trace: trace), path: source.name)
    if writesPlainText { findings.text = FullText.text(of: findings, isColoured: false) }
    results.keep(findings, for: key, in: source, reading: trace.files)
    return findings
  }

  /// Everything but files and the configuration on which a check depends.
  private var circumstances: String {
    "\(ProgramStamp.text) \(noData) \(maxTableSize) \(noIgnoreComments) \(writesPlainText)"
  }

  private func compile(
    _ source: SourceText, _ plan: SpecPlan, _ context: LintContext, trace: FileTrace? = nil
  ) -> Compilation {
    var bounds = FileBounds.checking(
      in: context.root(of: source.name, allowsOutside: allowOutside))
    bounds.tables = context.tables
    bounds.cache = context.tableCache
    bounds.readsTables = !noData
    bounds.maximumTableBytes = maxTableSize << 20
    let files = Environment.files(bounds)
    let compilation = SpecCompiler.compile(
      source, overrides: overrides.map { Override($0) }, in: trace?.tracing(files) ?? files,
      settings: plan.settings.rules)
    return plan.settings.judge(
      compilation, obeysComments: !noIgnoreComments, judgesUnused: overrides.isEmpty)
  }

  /// Writes what was found to a baseline and takes it out of the report.
  func write(
    _ file: String, _ checks: inout [Result<SpecCheck, Failure>], in store: ConfigurationStore
  ) throws {
    var baseline = Baseline(folder: PathNames.folder(of: store.absolute(file)))
    for case .success(let check) in checks {
      for finding in check.findings.diagnostics {
        baseline.add(finding, in: check.plan.place)
      }
    }
    try writeWhole(baseline.text, to: file)
    checks = checks.map { result in
      result.map { check in
        var check = check
        check.take(baseline)
        return check
      }
    }
    let count = baseline.counts.values.reduce(0, +)
    Console.error(
      "wrote \(count == 1 ? "1 finding" : "\(count) findings") to the baseline `\(file)`")
  }
}

/// What there is to say about baselines that no longer fit.
enum BaselineRemarks {
  static func of(_ checks: [SpecCheck]) -> [String] {
    let groups = Dictionary(grouping: checks.filter { $0.plan.baseline != nil }) {
      $0.plan.baselineName
    }
    return groups.sorted { $0.key < $1.key }.compactMap { name, checks in
      guard let baseline = checks[0].plan.baseline else { return nil }
      let lost = baseline.lostFiles.count
      let missing = checks.reduce(0) { sum, check in
        guard check.findings.notChecked.isEmpty else { return sum }
        return sum
          + (check.plan.baseline?.missing(from: check.findings.suppressed, path: check.plan.place)
            ?? 0)
      }
      guard lost + missing > 0 else { return nil }
      let parts = [
        missing == 0 ? nil : missing == 1 ? "1 finding is gone" : "\(missing) findings are gone",
        lost == 0 ? nil : lost == 1 ? "1 spec is gone" : "\(lost) specs are gone",
      ].compactMap { $0 }
      return """
        the baseline `\(name)` can shrink: \(parts.joined(separator: ", ")); \
        refresh it by plumb lint --write-baseline \(name)
        """
    }
  }
}
