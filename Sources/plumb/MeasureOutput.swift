import SpecCompiler
import SpecSyntax
import Training

/// What training with and without advice showed, in the form that is asked for.
struct MeasureOutput {
  let measurement: AdviceMeasurement
  /// As commands name it.
  let spec: String

  init(_ measurement: AdviceMeasurement, spec: String) {
    (self.measurement, self.spec) = (measurement, spec)
  }

  func print(_ format: Advise.Format) throws {
    switch format {
    case .text: Console.print(text)
    case .markdown: Console.print(markdown)
    case .json: try Console.json(measurement)
    }
  }

  private var text: String {
    let table = rows.map { ["\($0[0])  \($0[1])"] + $0.dropFirst(2) }
    var parts = [head.joined(separator: "\n"), aligned(table).joined(separator: "\n")]
    parts.append(
      measurement.items.map { "\($0.code): \(sentence($0))" }.joined(separator: "\n"))
    if let next { parts.append(next) }
    return parts.joined(separator: "\n\n")
  }

  private var markdown: String {
    let lines = rows.map { "| " + $0.joined(separator: " | ") + " |" }
    let rule = "|" + String(repeating: " --- |", count: rows[0].count)
    let table = ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
    let sentences = measurement.items.map { "- **\($0.code)** \(sentence($0))" }
    let parts = ["# Measured advice on `\(spec)`", head.joined(separator: "\n\n"), table]
    let last = next.map { ["```text\n\($0)\n```"] } ?? []
    return (parts + [sentences.joined(separator: "\n")] + last).joined(separator: "\n\n")
  }

  /// What was done, by which score, and from where on a difference matters.
  private var head: [String] {
    let direction = measurement.direction == .higherIsBetter ? "higher" : "lower"
    let own = measurement.score.map { "; as it is, the spec has \(figure($0))" } ?? ""
    let held =
      measurement.heldOutRows > 0
      ? "; the \(counted(measurement.heldOutRows, "test row")) took no part" : ""
    let margin = measurement.margin.map { "±\(roundedText($0)), " } ?? ""
    return [
      "trained with and without each edit, on the same rows with the same seed: "
        + "\(counted(measurement.rows, "row")) in \(measurement.folds) folds\(held)",
      "judged by \(measurement.metric), \(measurement.choice); \(direction) is better\(own)",
      "differences that matter: \(margin)\(measurement.marginOrigin)",
    ]
  }

  private var rows: [[String]] {
    [["code", "edit", "\(measurement.metric), with less without", "pairs", "verdict"]]
      + measurement.items.map { item in
        [
          item.code, shortened(item.edit, to: 50), item.verdict.differenceText ?? "–",
          String(item.verdict.pairs), item.verdict.title,
        ]
      }
  }

  /// A verdict as one would tell it.
  private func sentence(_ item: AdviceMeasurement.Item) -> String {
    finding(item.verdict) + (item.verdict.fresh.map { "; \($0.words)" } ?? "")
  }

  private func finding(_ verdict: MeasuredVerdict) -> String {
    let difference = verdict.differenceText.map { "\(verdict.metric) changes by \($0)" }
    switch verdict.finding {
    case .helps: return "it helps: \(verdict.reason ?? difference ?? "")"
    case .harms: return "it harms: \(verdict.reason ?? difference ?? "")"
    case .noDifference where verdict.difference == 0 && verdict.halfWidth == 0:
      return "it makes no difference at all: both have the same \(verdict.metric) in every pair"
    case .noDifference:
      return "it makes no difference that matters: \(difference ?? ""), and the whole interval "
        + "lies within the margin"
    case .notEnough: return "there is no verdict: \(verdict.reason ?? "")"
    }
  }

  private var next: String? {
    let helpful = measurement.items.filter { $0.verdict.finding == .helps }.map(\.code)
    guard !helpful.isEmpty, spec != "-" else { return nil }
    return "next: plumb advise \(spec) --apply \(helpful.joined(separator: " "))"
  }
}
