import SpecCompiler
import SpecSyntax
import Training
import Tuning

/// What an experiment showed, in the form that is asked for.
struct ExperimentOutput {
  let result: FactorialResult
  /// As commands name it.
  let spec: String

  /// More cells or effects are left to `--format json`.
  private static let mostRows = 64
  private static let mostPlots = 3

  init(_ result: FactorialResult, spec: String) {
    (self.result, self.spec) = (result, spec)
  }

  func print(_ format: Advise.Format) throws {
    switch format {
    case .text: Console.print(text)
    case .markdown: Console.print(markdown)
    case .json: try Console.json(result)
    }
  }

  private var text: String {
    let size = Console.terminalSize
    let look = TerminalLook(isColoured: Console.isColoured, environment: Console.environment)
    var parts = [
      result.head.joined(separator: "\n"),
      aligned(cellRows, left: Set(0..<result.factors.count)).joined(separator: "\n"),
      aligned(effectRows).joined(separator: "\n"), sentences.joined(separator: "\n"),
    ]
    parts += plots.map { title, plot in
      ([title] + plot.text(columns: min(size.columns, 100), rows: 7, look: look))
        .joined(separator: "\n")
    }
    if let best = result.bestSentence { parts.append(best) }
    if let next { parts.append("next: \(next)") }
    return parts.joined(separator: "\n\n")
  }

  private var markdown: String {
    let ascii = TerminalLook(.unicode)
    var parts = [
      "# What if, on `\(spec)`", result.head.joined(separator: "\n\n"), "## Cells",
      markdownTable(cellRows), "## Effects", markdownTable(effectRows),
      sentences.map { "- \($0)" }.joined(separator: "\n"),
    ]
    parts += plots.map { title, plot in
      let lines = plot.text(columns: 80, rows: 7, look: ascii).joined(separator: "\n")
      return "\(title)\n\n```text\n\(lines)\n```"
    }
    if let best = result.bestSentence { parts.append(best) }
    if let next { parts.append("```text\nnext: \(next)\n```") }
    return parts.joined(separator: "\n\n")
  }

  /// A row for each cell, the best first where one is known.
  private var cellRows: [[String]] {
    let leads = Dictionary(
      uniqueKeysWithValues: (result.best?.others ?? []).map { ($0.cell, $0) })
    let rows = result.rankedCells.prefix(Self.mostRows).map { place in
      let cell = result.cells[place]
      let behind = leads[place].map { differenceText($0.difference, $0.halfWidth) } ?? "–"
      let mean = cell.mean.map(figure) ?? (cell.divergedRuns > 0 ? "diverged" : "–")
      return cell.levels + [
        mean, place == result.best?.cell ? "best" : behind, cell.isBase ? "as it is" : "",
      ]
    }
    return [result.factors.names + [result.metric, "best is ahead by", ""]] + rows
  }

  private var effectRows: [[String]] {
    [["effect", result.metric, "p after Holm", "verdict"]]
      + result.effects.prefix(Self.mostRows).map { effect in
        [
          result.title(effect), result.figures(effect),
          effect.adjustedProbability.map(probability) ?? "–", result.verdict(effect),
        ]
      }
  }

  private func probability(_ value: Double) -> String {
    value < 0.001 ? "< 0.001" : roundedText(value)
  }

  private var sentences: [String] {
    result.effects.prefix(Self.mostRows).map { result.sentence($0) }
  }

  /// The pairs that depend on each other, or else the one that is nearest to it.
  private var plots: [(title: String, plot: InteractionPlot)] {
    let pairs = result.plottedPairs(most: Self.mostPlots)
    return pairs.map { pair in
      let names = result.factors.names
      let title =
        "\(result.metric) by \(names[pair[0]]), a line for each \(names[pair[1]])"
      let lines = result.factors[pair[1]].levels.indices.map { level in
        InteractionPlot.Line(
          name: result.factors[pair[1]].levels[level],
          values: result.factors[pair[0]].levels.indices.map {
            result.mean(of: [pair[0]: $0, pair[1]: level])
          })
      }
      return (title, InteractionPlot(levels: result.factors[pair[0]].levels, lines: lines))
    }
  }

  private var next: String? {
    guard spec != "-", let overrides = result.bestOverrides, !overrides.isEmpty else { return nil }
    let words = overrides.map { "--set \(quoted($0))" }.joined(separator: " ")
    return "plumb train \(quoted(spec)) \(words)"
  }
}

/// Rows of cells as a table of Markdown, the first being its head.
func markdownTable(_ rows: [[String]]) -> String {
  let lines = rows.map { row in
    "| " + row.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }
  let rule = "|" + String(repeating: " --- |", count: rows[0].count)
  return ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
}
