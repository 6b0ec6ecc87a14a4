import Linting
import SpecCompiler
import SpecSyntax
import Training

extension Advise {
  /// Trains the spec with and without advice, prints what that shows, and keeps it.
  func runMeasurement(_ source: SourceText, _ before: Compilation, _ settings: Settings) throws {
    let codes = try measuredCodes(before)
    guard !codes.isEmpty else {
      Console.error("note: nothing to measure: there is no advice with an edit for this spec")
      return try AdviceOutput(page(before)).print(format)
    }
    // Each edit is checked with the same table, which is read once.
    let environment = Environment.files(outside.bounds(for: spec)).readingOnce
    let check = { (text: SourceText) in judge(compile(text, settings, environment), settings) }
    let trials = codes.map { code in
      AdviceTrial(
        code: code, edit: before.editWords(of: code),
        compilation: FixEngine(.unsafe, only: [code]).fix(source, check: check).compilation)
    }
    Interruption.listen()
    let measurement: AdviceMeasurement
    do throws(TrainingError) {
      measurement = try Training.measure(
        check(source), trials, margin: margin, seconds: budgetSeconds,
        shouldStop: { Interruption.isRequested }, report: { Console.error("measure: \($0)") })
    } catch {
      throw Failure(error)
    }
    try MeasureOutput(measurement, spec: spec).print(format)
    keep(measurement, for: before)
    if measurement.isInterrupted { throw Exit.interrupted }
  }

  /// The verdicts that are remembered for a spec.
  func verdicts(for compilation: Compilation) -> [String: MeasuredVerdict] {
    MeasuredFile(beside: spec)?.verdicts(for: compilation) ?? [:]
  }

  /// The codes to be measured, without those that have no edit here, which is said.
  private func measuredCodes(_ before: Compilation) throws -> [String] {
    guard !codes.isEmpty else {
      let all = AdviceOrder(before.diagnostics).entries.filter(\.isMeasurable)
        .map(\.finding.code.code)
      return unique(all)
    }
    var found: [String] = []
    var reasons: [String] = []
    for name in codes {
      let code = AdviceApplication.codes(named: name).first ?? name
      let findings = before.diagnostics.filter { $0.code.code == code }
      if findings.contains(where: \.canBeApplied) {
        found.append(code)
      } else {
        reasons.append(
          findings.first.map {
            "`\(name)` has no edit that could be measured: \($0.helps.first?.text ?? $0.message)"
          } ?? "`\(name)` finds nothing in this spec")
      }
    }
    guard !found.isEmpty else {
      throw Failure(
        "nothing to measure: \(reasons.joined(separator: "; "))",
        hint: "`plumb advise \(spec)` shows what has an edit")
    }
    for reason in reasons { Console.error("note: \(reason)") }
    return unique(found)
  }

  private func keep(_ measurement: AdviceMeasurement, for before: Compilation) {
    guard let file = MeasuredFile(beside: spec) else {
      return Console.error("note: nothing is remembered: the spec has no folder of its own")
    }
    do {
      try file.keep(measurement.items, for: before)
    } catch {
      Console.error("note: the verdicts are not remembered: `\(file.path)` cannot be written")
    }
  }

  private func unique(_ codes: [String]) -> [String] {
    codes.enumerated().filter { codes.firstIndex(of: $0.element) == $0.offset }.map(\.element)
  }
}
