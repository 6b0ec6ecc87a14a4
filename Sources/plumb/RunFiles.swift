#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import SpecCompiler
import SpecSyntax
import Training

/// What a path names that is no spec.
enum RunFolderContent {
  case run(RunRecord)
  /// The measures of repeated runs.
  case repeats(RepeatsRecord)

  var scores: RunScores? {
    switch self {
    case .run(let record): record.scores
    case .repeats(let record): record.scores
    }
  }

  var resolvedText: String {
    switch self {
    case .run(let record): record.resolvedText
    case .repeats(let record): record.resolvedText
    }
  }
}

/// Runs and specs that a command names without saying which it is.
enum RunFiles {
  /// What a folder holds; nil where the path is no folder.
  static func content(at path: String) throws(Failure) -> RunFolderContent? {
    guard isFolder(path) else { return nil }
    do throws(TrainingError) {
      guard !RepeatsRecord.isThere(path) else { return .repeats(try RepeatsRecord.open(path)) }
      return .run(try RunRecord.open(path))
    } catch {
      throw Failure(error)
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    #if canImport(FoundationEssentials)
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    #else
      var flag: ObjCBool = false
      isFolder = FileManager.default.fileExists(atPath: path, isDirectory: &flag)
      return isFolder && flag.boolValue
    #endif
  }

  /// A spec or the resolved spec of a run, compiled; what is wrong with it ends the program.
  ///
  /// - Parameter readsTable: whether a run's table is wanted; a spec's is needed to decide it.
  static func compilation(
    at path: String, outside: OutsideOption, readsTable: Bool
  ) throws -> Compilation {
    let compilation: Compilation
    switch try content(at: path) {
    case nil: compilation = compile(try readSpec(path), in: .files(outside.bounds(for: path)))
    case .run(let record)? where readsTable:
      compilation = RunTable(record, outside).resolved
    case let content?:
      compilation = compile(
        SourceText(name: "\(path)/resolved.yaml", text: content.resolvedText))
    }
    guard compilation.spec != nil, !compilation.hasErrors else {
      let errors = compilation.diagnostics.filter { $0.level == .error }
      Console.error(Findings(errors, compilation.sources).text(isColoured: Console.isColoured))
      throw Failure("`\(path)` has errors: nothing can be compared with it", exit: .findings)
    }
    return compilation
  }

  /// What a run's curves show, or the measures of repeated ones, beside those of another.
  static func page(
    of content: RunFolderContent, against path: String?, outside: OutsideOption
  ) throws(Failure) -> AdvicePage {
    let comparison = try path.map { path throws(Failure) in try compare(content, with: path) }
    switch content {
    case .run(let record): return page(of: record, RunTable(record, outside), comparison)
    case .repeats(let record): return page(of: record, comparison)
    }
  }

  private static func page(
    of record: RunRecord, _ table: RunTable, _ comparison: (facts: Comparison, words: Measurement)?
  ) -> AdvicePage {
    var probe = record.probe
    probe.trials = record.trials
    probe.comparison = comparison?.facts
    let known = table.own.knowing(probe: probe, decided: table.resolved.spec)
    let schedule = table.resolved.facts.map { RateCurve($0)?.schedule ?? "" } ?? ""
    return AdvicePage(
      known, spec: nil, findings: known.measuredFindings,
      curve: RateCurve(measured: record.rates, schedule: schedule), head: record.words,
      measurements: comparison.map { [$0.words] } ?? [])
  }

  private static func page(
    of record: RepeatsRecord, _ comparison: (facts: Comparison, words: Measurement)?
  ) -> AdvicePage {
    let specs = RunTable(
      record.folder, spec: record.specText, resolved: record.resolvedText)
    var own = specs.own
    own.notChecked = []
    let known = own.knowing(
      probe: Probe(bestEpoch: 0, epochs: 0, comparison: comparison?.facts),
      decided: specs.resolved.spec)
    return AdvicePage(
      known, spec: nil, findings: known.measuredFindings, head: record.words,
      measurements: comparison.map { [$0.words] } ?? [])
  }

  private static func compare(
    _ content: RunFolderContent, with path: String
  ) throws(Failure) -> (facts: Comparison, words: Measurement) {
    guard let other = try self.content(at: path) else {
      throw Failure("`\(path)` is not a run: a run is compared with a run")
    }
    guard let own = content.scores, let theirs = other.scores,
      let comparison = own.compared(with: theirs)
    else {
      throw Failure(
        "the run and `\(path)` were not measured alike: by one metric, on the same part of the rows"
      )
    }
    return comparison
  }
}

extension Compilation {
  /// The findings of the rules that need a run.
  fileprivate var measuredFindings: [Diagnostic] {
    measuredAdvice.flatMap { [$0.finding] + $0.agreeing + $0.disagreeing }
  }
}
