#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import SpecSyntax
import Training

/// Runs as a table, a line each.
struct RunsText {
  private let runs: [RunSummary]

  init(_ runs: [RunSummary]) { self.runs = runs }

  var text: String {
    let header = ["run", "state", "when", "epochs", "score", "verdict", "rows", "parameters", "s"]
    let clock = WallClock()
    var lines = aligned([header] + runs.map { row($0, clock) }, left: [0, 1, 2, 4, 5])
    let damaged = runs.filter { $0.state == .damaged }
    if !damaged.isEmpty { lines.append("") }
    lines += damaged.map { escapedForTerminal($0.problem ?? "`\($0.folder)` is damaged") }
    return lines.joined(separator: "\n")
  }

  private func row(_ run: RunSummary, _ clock: WallClock) -> [String] {
    let score = run.verdict.map { "\($0.metric) \(steadyFigure($0.network))" }
    let repeats = run.repeats.map { " of \($0) runs" } ?? ""
    return [
      escapedForTerminal(run.folder), run.state.rawValue, run.ended.map(clock.text) ?? "–",
      run.epochs.map(String.init) ?? "–", score.map { $0 + repeats } ?? "–",
      run.verdict.map { $0.word.words } ?? "–", run.rows.map { "\($0.train)" } ?? "–",
      run.parameters.map(String.init) ?? "–", run.seconds.map(figure) ?? "–",
    ]
  }

  var json: JSONValue {
    ["schema_version": 1, "runs": .array(runs.map { RunsText.json($0) })]
  }

  /// A run with all that is known of it; null where nothing is.
  static func json(_ run: RunSummary) -> JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    func number(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
    func metrics(_ part: [String: Double]?) -> JSONValue {
      guard let part else { return .null }
      return .object(part.sorted { $0.key < $1.key }.map { .init($0.key, .number($0.value)) })
    }
    return [
      "folder": .string(run.folder), "state": .string(run.state.rawValue),
      "problem": text(run.problem), "name": .string(run.name), "number": number(run.number),
      "ended": text(run.ended?.formatted(.iso8601)), "data": text(run.data),
      "task": text(run.task), "version": text(run.version),
      "seed": run.seed.map { .integer(Int(clamping: $0)) } ?? .null,
      "rows": run.rows.map {
        [
          "train": .integer($0.train), "validation": .integer($0.validation),
          "test": .integer($0.test),
        ]
      } ?? .null,
      "parameters": number(run.parameters), "epochs": number(run.epochs),
      "best_epoch": number(run.bestEpoch), "stopped": text(run.stopped?.rawValue),
      "runs": number(run.repeats), "validation": metrics(run.metrics?.validation),
      "test": metrics(run.metrics?.test),
      "verdict": text(run.verdict?.word.rawValue),
      "verdict_sentence": text(run.verdict?.sentence),
      "seconds": run.seconds.map { .number($0) } ?? .null,
    ]
  }
}

extension Verdict.Word {
  /// For people.
  fileprivate var words: String {
    switch self {
    case .better: "better than both"
    case .asLinear: "as good as a line"
    case .asConstant: "as good as a constant"
    case .worse: "WORSE"
    }
  }
}

/// Moments in the time zone of the machine, to the minute.
struct WallClock {
  private let calendar = Calendar(identifier: .gregorian)

  func text(_ date: Date) -> String {
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
    func two(_ value: Int?) -> String { padded(value ?? 0) }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) "
      + "\(two(parts.hour)):\(two(parts.minute))"
  }

  private func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
