import NetworkGraph
import Training

/// Whether the network was worth it, and all its figures.
struct VerdictSection {
  let run: ReportedRun

  init(_ run: ReportedRun) { self.run = run }

  var section: Page.Section {
    var parts: [Markup] = []
    if let verdict = run.outcome.verdict {
      parts.append(Self.banner(verdict))
      parts.append(facts(keyFacts))
      parts.append(grid([bars(verdict), metrics.markup], isWide: true))
    } else {
      parts += [facts(keyFacts), metrics.markup]
    }
    return Page.Section(id: "verdict", title: "Verdict", content: parts.joined)
  }

  /// The verdict in a sentence, coloured and named.
  static func banner(_ verdict: Verdict) -> Markup {
    let parts = verdict.sentence.split(separator: ":", maxSplits: 1)
    let head = parts.first.map(String.init) ?? ""
    let rest = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
    let (name, sign) =
      if verdict.isWorse {
        ("bad", "✗")
      } else if verdict.overConstant.finding == .better, verdict.overLinear.finding == .better {
        ("good", "✓")
      } else {
        ("even", "≈")
      }
    let hints = verdict.hints.map { paragraph(capitalised($0) + ".") }
    return Markup(
      "div", ["class": "banner \(name)"],
      Markup("strong", [:], prose("\(sign) \(capitalised(head))"))
        + paragraph(capitalised(String(rest)) + ".") + hints.joined)
  }

  private var keyFacts: [(name: String, value: String)] {
    let (outcome, rows) = (run.outcome, run.manifest.rows)
    let stop =
      switch outcome.stopped {
      case .finished: "all done"
      case .earlyStopping: "stopped early"
      case .interrupted: "interrupted"
      }
    return [
      ("best epoch", "\(outcome.bestEpoch) of \(outcome.epochs), \(stop)"),
      ("rows: train, validation, test", "\(rows.train), \(rows.validation), \(rows.test)"),
      ("parameters", groupedText(run.manifest.parameters)),
    ]
  }

  private func bars(_ verdict: Verdict) -> Markup {
    let entries = [
      ("network", verdict.network, 0), ("straight line", verdict.linear, 7),
      ("constant", verdict.constant, 7),
    ]
    let words = entries.map { "\($0.0) \(numberWords($0.1))" }.joined(separator: ", ")
    let chart = BarChart(
      bars: entries.map {
        .init(name: $0.0, value: max(-1, $0.1), series: $0.2, words: numberWords($0.1))
      }, valueName: "\(verdict.metric) on \(verdict.rows) \(verdict.part) rows")
    return figure(
      "Beside simple models", chart.drawing("\(verdict.metric): \(words)"),
      """
      The network's score less the constant's is \(Self.words(verdict.overConstant)), less that \
      of the straight line \(Self.words(verdict.overLinear)): over the same rows, with two \
      standard errors.
      """)
  }

  private static func words(_ difference: PairedDifference) -> String {
    "\(numberWords(difference.mean)) ± \(numberWords(2 * difference.standardError))"
  }

  private var metrics: DataTable {
    let outcome = run.outcome
    let parts = [("validation", outcome.metrics.validation), ("test", outcome.metrics.test)]
      .filter { $0.1 != nil }
    let judged = run.judged?.part ?? ""
    let baselines = [
      ("constant", outcome.baselines.constant), ("straight line", outcome.baselines.linear),
    ].map { ("\($0.0), \(judged)", judged == "test" ? $0.1.test : $0.1.validation) }
    let columns = parts + baselines
    return DataTable(
      caption: "Metrics of the network, by part of the rows, and of the two simple models.",
      head: ["metric"] + columns.map(\.0),
      rows: run.metricNames.map { name in
        (
          Markup("code", [:], name),
          columns.map { .init($0.1?[name].map(numberWords) ?? "–") }
        )
      })
  }
}

/// The first letter as a capital, unless it begins a name in backticks.
func capitalised(_ words: String) -> String {
  words.prefix(1).uppercased() + words.dropFirst()
}
