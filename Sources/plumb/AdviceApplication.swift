import Linting
import SpecCompiler
import SpecSyntax

/// Writes the edits of findings into a spec, and says what then moves with them.
struct AdviceApplication {
  let spec: String
  /// Codes, names, or `all`.
  let names: [String]
  /// What rules of interaction compare with; nil for the spec as it was before.
  let earlier: Spec?
  /// What was measured, for rules that ask for it.
  var probe: Probe?
  /// What trainings with and without advice on a spec showed, by code.
  let verdicts: (Compilation) -> [String: MeasuredVerdict]
  let compile: (SourceText) -> Compilation
  /// Makes findings what the project wants them to be.
  let judge: (Compilation) -> Compilation

  /// The codes that a name stands for; empty where there is none.
  static func codes(named name: String) -> Set<String> {
    FindingNames.code(of: name).map { [$0.code] } ?? []
  }

  func run(_ source: SourceText, onlyShows: Bool) throws {
    let isAll = names.contains("all")
    let wanted = names.reduce(into: Set<String>()) { $0.formUnion(Self.codes(named: $1)) }
    var engine = FixEngine(.unsafe, only: isAll ? [] : wanted)
    engine.sparesInteractions = isAll
    let before = judge(compile(source).knowing(probe: probe, earlier: earlier))
    let reference = earlier ?? before.spec
    engine.verdicts = verdicts(before)
    let outcome = engine.fix(source) { judge(compile($0).knowing(probe: probe, earlier: earlier)) }
    if let problem = outcome.problem { Console.error("note: \(problem)") }
    if isAll { tellRefuted(before, engine.verdicts) }
    let text = unifiedDiff(from: source, to: outcome.source, path: source.name)
    for name in names where name != "all" && wasLeft(name, outcome) {
      Console.error("note: \(reason(name, before))")
    }
    if onlyShows {
      if !text.isEmpty { Console.print(text) }
    } else if spec == "-" {
      Console.verbatim(outcome.source.bytes)
    } else {
      if !text.isEmpty { try replaceSpec(spec, with: outcome.source.bytes) }
      Console.print(text.isEmpty ? "`\(spec)` is as it was" : text)
    }
    Console.error(FixText.of([outcome.fixed]))
    tellInteractions(judge(compile(outcome.source).knowing(earlier: reference)))
    if onlyShows, !text.isEmpty { throw Exit.findings }
  }

  /// What `all` leaves alone because it was measured.
  private func tellRefuted(_ before: Compilation, _ verdicts: [String: MeasuredVerdict]) {
    for entry in AdviceOrder(before.diagnostics, verdicts: verdicts).entries
    where entry.group == .refuted && entry.finding.canBeApplied {
      guard let verdict = entry.verdict else { continue }
      Console.error("note: `\(entry.finding.code.code)` was left, as measured: \(verdict.words)")
    }
  }

  /// Whether a finding that was named was not fixed.
  private func wasLeft(_ name: String, _ outcome: FixEngine.Outcome) -> Bool {
    outcome.fixed.keys.allSatisfy { !Self.codes(named: name).contains($0.code) }
  }

  private func reason(_ name: String, _ before: Compilation) -> String {
    let codes = Self.codes(named: name)
    let order = AdviceOrder(before.diagnostics)
    if before.hasErrors { return "`\(name)` waits: the errors come first" }
    if let entry = order.entries.first(where: { codes.contains($0.finding.code.code) }) {
      return entry.finding.canBeApplied
        ? "`\(name)` was not applied: another finding wrote the same value"
        : "`\(name)` has no edit that can be written here: \(entry.finding.helps.first?.text ?? "")"
    }
    let speaker = order.entries.first { entry in
      (entry.agreeing + entry.disagreeing).contains { codes.contains($0.code.code) }
    }
    return speaker.map { "`\(name)` was not applied: \($0.finding.code.code) wrote the same value" }
      ?? "`\(name)` finds nothing in this spec"
  }

  /// What the rules of interaction say of the spec after the changes.
  private func tellInteractions(_ after: Compilation) {
    let entries = AdviceOrder(after.diagnostics).entries.filter { $0.group == .interactions }
    guard !entries.isEmpty else { return }
    Console.error("after these changes:")
    for entry in entries {
      let finding = entry.finding
      Console.error("  " + renderConcise(finding, in: after.sources))
    }
    let codes = entries.filter(\.finding.canBeApplied).map(\.finding.code.code)
    guard !codes.isEmpty else { return }
    Console.error("  plumb advise \(spec) --apply \(codes.joined(separator: " "))")
  }
}
