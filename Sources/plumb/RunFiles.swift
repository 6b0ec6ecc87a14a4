#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import SpecCompiler
import SpecSyntax
import Training

/// Runs and specs that a command names without saying which it is.
enum RunFiles {
  /// The run in a folder; nil where the path is no folder.
  static func record(at path: String) throws(Failure) -> RunRecord? {
    var isFolder = false
    #if canImport(FoundationEssentials)
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
        return nil
      }
    #else
      var flag: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &flag), flag.boolValue else {
        return nil
      }
      isFolder = true
    #endif
    do throws(TrainingError) {
      return try RunRecord.open(path)
    } catch {
      throw Failure(error)
    }
  }

  /// The spec of a file or a run, with its values decided.
  static func spec(at path: String, outside: OutsideOption) throws -> Spec {
    let compilation: Compilation
    if let record = try record(at: path) {
      compilation = compile(
        SourceText(name: "\(path)/resolved.yaml", text: record.resolvedText))
    } else {
      compilation = compile(
        try readSpec(path), in: .files(outside.bounds(for: path)))
    }
    guard let spec = compilation.spec, !compilation.hasErrors else {
      let errors = compilation.diagnostics.filter { $0.level == .error }
      Console.error(Findings(errors, compilation.sources).text(isColoured: Console.isColoured))
      throw Failure("`\(path)` has errors: nothing can be compared with it", exit: .findings)
    }
    return spec
  }

  /// What a run's curves show.
  static func page(of record: RunRecord) -> AdvicePage {
    let resolved = compile(
      SourceText(name: "\(record.folder)/resolved.yaml", text: record.resolvedText))
    var own = compile(SourceText(name: "\(record.folder)/spec.yaml", text: record.specText))
    // A spec that names a base cannot be read from where the run is; the resolved one can.
    if own.hasErrors { own = resolved }
    own.notChecked = []
    let known = own.knowing(probe: record.probe, decided: resolved.spec)
    let schedule = resolved.facts.map { RateCurve($0)?.schedule ?? "" } ?? ""
    return AdvicePage(
      known, spec: nil,
      findings: known.measuredAdvice.flatMap { [$0.finding] + $0.agreeing + $0.disagreeing },
      curve: RateCurve(measured: record.rates, schedule: schedule), head: record.words)
  }
}
