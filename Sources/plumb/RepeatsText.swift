import Training

/// Repeated runs as text: a line for each, the spread of every metric, the verdict.
struct RepeatsText {
  let result: RepeatsResult

  init(_ result: RepeatsResult) { self.result = result }

  var text: String {
    var parts = [title, ""] + aligned(runRows) + [""] + aligned(spreadRows)
    if let verdict = result.outcome.verdict {
      parts += ["", "verdict: \(verdict.sentence)"]
      parts += verdict.hints.map { "help: \($0)" }
    }
    parts += ["", result.timing.words, "measures: \(result.run)"]
    return parts.joined(separator: "\n")
  }

  private var title: String {
    let outcome = result.outcome
    let seeds =
      outcome.seeds.count == 1 ? "seed \(outcome.seeds[0])" : "\(outcome.seeds.count) seeds"
    let plan = outcome.folds.map { "\($0) folds, \(seeds)" } ?? seeds
    let count = outcome.runs.count
    let runs = "\(count) \(count == 1 ? "run" : "runs")"
    return outcome.isInterrupted
      ? "interrupted after \(runs) of \(plan), measured on the \(outcome.part) rows"
      : "\(runs) (\(plan)), measured on the \(outcome.part) rows"
  }

  private var runRows: [[String]] {
    let outcome = result.outcome
    let names = outcome.folds == nil ? ["seed"] : ["fold", "seed"]
    let rows = outcome.runs.map { run in
      (run.fold.map { [String($0)] } ?? []) + [String(run.seed)]
        + [String(judging(run.rows)), String(run.epochs)]
        + result.shown.map { run.metrics[$0].map(figure) ?? "–" }
    }
    return [names + ["rows", "epochs"] + result.shown] + rows
  }

  private func judging(_ rows: Manifest.Rows) -> Int {
    switch result.outcome.part {
    case "test": rows.test
    case "validation": rows.validation
    default: rows.train
    }
  }

  private var spreadRows: [[String]] {
    let summary = result.outcome.summary
    let header = ["metric", "mean", "± sd", "least", "greatest", "constant", "linear"]
    return [header]
      + result.shown.map { name in
        let spread = summary.network[name]
        let numbers = [spread?.mean, spread?.deviation, spread?.least, spread?.greatest]
        return [name] + numbers.map { $0.map(figure) ?? "–" }
          + [summary.constant[name], summary.linear[name]].map(words)
      }
  }

  private func words(_ spread: RepeatsOutcome.Spread?) -> String {
    guard let spread else { return "–" }
    return figure(spread.mean) + (spread.deviation.map { " ± \(figure($0))" } ?? "")
  }
}
