import SpecCompiler
import SpecSyntax
import Training

/// A finished run as text: why it stopped, metrics beside the baselines, the verdict.
struct RunText {
  let result: RunResult
  let compilation: Compilation

  init(_ result: RunResult, _ compilation: Compilation) {
    self.result = result
    self.compilation = compilation
  }

  var text: String {
    var parts = [ending, "", table]
    if let rows = result.outcome.linearRows {
      parts.append("the linear model was fitted to \(rows) of the training rows, evenly spread")
    }
    if let coverage = result.outcome.breakdown?.coverage {
      parts += [""] + BreakdownText.lines(coverage)
    }
    if let verdict = result.outcome.verdict {
      parts += ["", "verdict: \(verdict.sentence)"]
      parts += verdict.hints.map { "help: \($0)" }
    }
    if let advice { parts.append(advice) }
    parts += ["", result.timing.words, "run: \(result.run)"]
    return parts.joined(separator: "\n")
  }

  private var ending: String {
    let outcome = result.outcome
    let kept = "the best epoch was \(outcome.bestEpoch)"
    switch outcome.stopped {
    case .finished: return "stopped after all \(outcome.epochs) epochs; \(kept)"
    case .earlyStopping:
      return "stopped early after \(outcome.epochs) epochs without further progress; \(kept)"
    case .interrupted: return "interrupted after \(outcome.epochs) epochs; \(kept)"
    }
  }

  private var table: String {
    let parts = [
      ("validation", result.outcome.metrics.validation), ("test", result.outcome.metrics.test),
    ]
    .filter { $0.1 != nil }
    let baselines = result.outcome.baselines
    let judged = parts.last?.0 ?? ""
    func judging(_ model: RunOutcome.Parts) -> [String: Double]? {
      judged == "test" ? model.test : model.validation
    }
    let references = [
      ("constant (\(judged))", judging(baselines.constant)),
      ("linear (\(judged))", judging(baselines.linear)),
    ]
    let columns = parts + references
    var rows = [["metric"] + columns.map(\.0)]
    for name in result.shown {
      rows.append([name] + columns.map { $0.1?[name].map(figure) ?? "–" })
    }
    return aligned(rows).joined(separator: "\n")
  }

  /// The first thing that the run's curves advise.
  private var advice: String? {
    let known = compilation.knowing(probe: result.outcome.probe)
    guard let finding = known.measuredAdvice.first?.finding else { return nil }
    let title = "\(finding.level.rawValue)[\(finding.code.code)]"
    return "\(title): \(finding.message) (plumb explain \(finding.code.code))"
  }
}

extension RunTiming {
  /// "4.2 s in all, in 2 sittings, 4.1 s of training, 25000 samples/s".
  var words: String {
    let sittings = sittings.map { ", in \($0) sittings" } ?? ""
    return """
      \(figure(timing.total)) s in all\(sittings), \(figure(timing.train)) s of training, \
      \(Int(samplesPerSecond)) samples/s
      """
  }
}
