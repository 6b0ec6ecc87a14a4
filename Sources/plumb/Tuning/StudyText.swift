import SpecCompiler
import SpecSyntax
import Tuning

/// What a search found as text: the best points, what the winner gives again, the file.
struct StudyText {
  let result: StudyResult

  private static let rows = 10

  init(_ result: StudyResult) { self.result = result }

  var text: String {
    var parts = [head.joined(separator: "\n")]
    if !result.ranking.points.isEmpty { parts.append(table.joined(separator: "\n")) }
    if result.settings.space.dimensions.count > 1, !result.ranking.points.isEmpty {
      parts.append(ImportanceText(result).lines.joined(separator: "\n"))
    }
    if let confirmation = result.confirmation {
      parts.append(ComparisonText(confirmation, result).lines.joined(separator: "\n"))
    }
    if let output = result.output {
      parts.append("best spec: \(output)\nnext: plumb train \(quoted(output))")
    }
    return parts.joined(separator: "\n\n")
  }

  private var head: [String] {
    let ranking = result.ranking
    let counts = [
      (ranking.complete, "complete"), (ranking.pruned, "pruned"),
      (ranking.infeasible, "beyond limits"), (ranking.failed, "failed"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let count = result.trials.count { $0.isFinished }
    var speed = ""
    if result.endedHere > 0, result.seconds > 0 {
      let rate = roundedSpeed(Double(result.endedHere) / result.seconds)
      let here = result.endedHere < count ? "\(result.endedHere) of them now, " : ""
      speed = "; \(here)in \(timeText(result.seconds)), \(rate) trials/s"
    }
    var lines = ["study \(result.settings.name): \(counted(count, "trial"))"]
    if !counts.isEmpty { lines[0] += " (\(counts))" }
    lines[0] += speed
    lines.append(endingWords)
    if let reason = ranking.reasons.first {
      lines.append("most failures, \(counted(reason.count, "trial")): \(reason.words)")
    }
    return lines
  }

  private var endingWords: String {
    let runs = result.plan.runsPerTrial > 1 ? ", each of \(result.plan.runsPerTrial) runs" : ""
    switch result.ending {
    case .trials: return "ended: as many trials as wanted\(runs)"
    case .exhausted: return "ended: nothing more to try\(runs)"
    case .patience:
      return "ended: \(result.plan.patience ?? 0) trials in a row were no better\(runs)"
    case .time: return "ended: time is over\(runs)"
    case .interrupted: return "interrupted; the same command goes on\(runs)"
    }
  }

  private var table: [String] {
    let (points, plan) = (result.ranking.points, result.plan)
    let space = result.settings.space
    let names = ShortNames(space)
    let shown = plan.objectives.count > 1
      ? points.prefix(max(Self.rows, min(result.ranking.frontCount, 2 * Self.rows)))
      : points.prefix(Self.rows)
    let hasRuns = shown.contains { $0.runs > 1 }
    let showsParameters = !plan.objectives.contains { $0.measure == .cost(.parameters) }
    var rows = [
      [""] + plan.objectives.map(\.name) + (hasRuns ? ["± sd", "runs"] : [])
        + space.dimensions.indices.map { names[$0] } + (showsParameters ? ["parameters"] : [])
        + ["best epoch", "trial"]
    ]
    for (place, point) in shown.enumerated() {
      let isFront = plan.objectives.count > 1 && place < result.ranking.frontCount
      let spread = [point.deviation.map(figure) ?? "–", String(point.runs)]
      let values = zip(space.dimensions, point.numbers).map { dimension, number in
        number.map { dimension.shown($0) } ?? "–"
      }
      rows.append(
        [isFront ? "*" : "\(place + 1)"] + point.values.map(figure) + (hasRuns ? spread : [])
          + values
          + (showsParameters ? [point.parameters.map(String.init) ?? "–"] : [])
          + [
            point.bestEpoch.map { String(Int($0.rounded())) } ?? "–",
            point.trials.map(String.init).joined(separator: ", "),
          ])
    }
    var lines = aligned(rows)
    if points.count > shown.count { lines.append("… and \(points.count - shown.count) more") }
    if plan.objectives.count > 1 {
      lines.append("* nothing that was tried is better in both")
    }
    return lines
  }
}

/// The winner on fresh seeds beside the spec as it was.
private struct ComparisonText {
  let confirmation: Confirmation
  let result: StudyResult

  init(_ confirmation: Confirmation, _ result: StudyResult) {
    (self.confirmation, self.result) = (confirmation, result)
  }

  var lines: [String] {
    if let reason = confirmation.reason {
      return ["not compared with the untuned spec: \(reason)"]
    }
    guard !confirmation.lines.isEmpty else { return ["not compared with the untuned spec"] }
    var rows = [["", "in the search", "untuned", "tuned", "difference"]]
    for line in confirmation.lines {
      let place = result.plan.objectives.firstIndex(of: line.objective)
      let found = place.flatMap { result.ranking.best?.values[$0] }
      rows.append([
        "\(line.part.words) \(line.objective.scoreName)",
        line.part == .test ? "" : found.map(figure) ?? "–", words(line.untuned), words(line.tuned),
        words(line.difference),
      ])
    }
    let seeds = counted(confirmation.pairs, "fresh seed")
    return ["the winner and the spec as it was, on the same \(seeds):"] + aligned(rows)
      + [verdict] + [advice].compactMap(\.self)
  }

  /// That the best of many trials is best on few rows; nil where they were many, or it is better.
  private var advice: String? {
    guard confirmation.isBetter != true, result.plan.folds == nil,
      let rows = confirmation.judgingRows, rows.judged < Self.fewRows
    else { return nil }
    return "\(counted(rows.judged, "row")) of one split judged the trials; with --folds 5 and "
      + "another --study, \(rows.of) judge each of them"
  }

  private static let fewRows = 1000

  private func words(_ estimate: Confirmation.Estimate) -> String {
    roundedText(estimate.mean) + (estimate.halfWidth.map { " ± \(roundedText($0))" } ?? "")
  }

  private var verdict: String {
    let first = confirmation.lines[0].objective
    guard let line = confirmation.lines.last(where: { $0.objective == first }) else { return "" }
    let part = line.part == .test ? "on the test rows, which no trial saw" : "on fresh seeds"
    let change = line.difference.mean < 0 ? "lower" : "higher"
    let amount = Confirmation.Estimate(
      mean: abs(line.difference.mean), halfWidth: line.difference.halfWidth)
    switch confirmation.isBetter {
    case true?:
      return "the tuned spec is better \(part): \(line.objective.scoreName) is \(change) by "
        + words(amount)
    case false?:
      return "the tuned spec is not better \(part): \(line.objective.scoreName) is \(change) by "
        + words(amount)
    case nil:
      return "nothing shows that the tuned spec is better \(part): the difference is "
        + words(line.difference)
    }
  }
}

extension Confirmation.Line.Part {
  fileprivate var words: String {
    switch self {
    case .validation: "validation"
    case .folds: "fold"
    case .test: "test"
    }
  }
}

extension StudyPlan.Objective {
  /// Its name without the part of the rows.
  fileprivate var scoreName: String {
    name.hasPrefix("validation.") ? String(name.dropFirst("validation.".count)) : name
  }
}
