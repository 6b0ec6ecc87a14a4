import Foundation
import SpecCompiler

/// A sitting of the tool, from its options to the table.
struct Session {
  let options: Options
  let tables: [DataSet]
  let rules: [PlannedRule]

  init(_ options: Options) throws {
    self.options = options
    let folder = options.folder ?? "."
    let entries = try TableEntry.all(in: folder)
    for name in options.tables ?? [] where !entries.contains(where: { $0.name == name }) {
      let names = entries.map(\.name).joined(separator: ", ")
      throw EvidenceError("there is no table `\(name)`; there are \(names)")
    }
    tables = try entries.filter { options.tables?.contains($0.name) ?? true }
      .map { try DataSet($0, in: folder, cap: options.cap) }
    rules = Plan.rules.filter { options.rules?.contains($0.code) ?? true }
  }

  /// Works within the budget; the assessment of what is known then, and whether that is everything.
  func run(
    isStopped: @escaping @Sendable () -> Bool = { false }, say: @escaping @Sendable (String) -> Void
  ) async throws -> (assessment: Assessment, isWhole: Bool) {
    let file = try EvidenceFile(
      at: options.output, for: RunRecord(cap: options.cap, trials: options.plan.trials))
    let clock = ContinuousClock()
    let end = options.budget.map { clock.now + .seconds(60 * $0) }
    let runner = Runner(
      tables: tables, rules: rules, file: file, plan: options.plan,
      shouldStop: { isStopped() || end.map { clock.now >= $0 } ?? false }, say: say)
    let isWhole = try await runner.run()
    return (Assessment(tables, rules, await file.known, options.plan), isWhole)
  }

  /// The records as the file of the program's sources.
  func source(of assessment: Assessment, on date: Date) -> RecordsSource {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_GB")
    format.timeZone = TimeZone(identifier: "UTC")
    format.dateFormat = "d MMMM yyyy"
    let usable = assessment.tables.filter {
      assessment.scales[.usual]?[$0.name]?.isUsable ?? false
    }
    return RecordsSource(
      records: assessment.results().map { ($0.effect.rule.code, $0.record) },
      date: format.string(from: date), command: options.command,
      words: "\(usable.count) public tables of at most \(options.cap.rows) rows")
  }
}
