import SpecCompiler
import Training
import Tuning

/// What a response surface showed, in the form that is asked for.
struct SurfaceOutput {
  let result: SurfaceResult
  /// As commands name it.
  let spec: String

  private static let mostPoints = 10
  private static let mostPlots = 2
  /// Along a plot.
  private static let slices = 9

  init(_ result: SurfaceResult, spec: String) { (self.result, self.spec) = (result, spec) }

  func print(_ format: Advise.Format) throws {
    switch format {
    case .text: Console.print(text)
    case .markdown: Console.print(markdown)
    case .json: try Console.json(result)
    }
  }

  private var text: String {
    let look = TerminalLook(isColoured: Console.isColoured, environment: Console.environment)
    let columns = min(Console.terminalSize.columns, 100)
    var parts = [
      result.head.joined(separator: "\n"), aligned(axisRows).joined(separator: "\n"),
      aligned(pairRows).joined(separator: "\n"), sentences.joined(separator: "\n"),
    ]
    parts += plots.map { title, plot in
      ([title] + plot.text(columns: columns, rows: 7, look: look)).joined(separator: "\n")
    }
    parts.append(aligned(pointRows).joined(separator: "\n"))
    if let best = result.bestSentence { parts.append(best) }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var markdown: String {
    var parts = [
      "# What if, on `\(spec)`", result.head.joined(separator: "\n\n"), "## Each key",
      markdownTable(axisRows), "## Pairs", markdownTable(pairRows),
      sentences.map { "- \($0)" }.joined(separator: "\n"),
    ]
    parts += plots.map { title, plot in
      let lines = plot.text(columns: 80, rows: 7, look: TerminalLook(.unicode))
      return "\(title)\n\n```text\n\(lines.joined(separator: "\n"))\n```"
    }
    parts += ["## Points", markdownTable(pointRows)]
    if let best = result.bestSentence { parts.append(best) }
    return parts.joined(separator: "\n\n")
  }

  /// What going from end to end changes, and how the surface bends.
  private var axisRows: [[String]] {
    let rows = zip(result.axes.names, zip(result.slopes, result.curvatures)).map { name, own in
      [
        name, differenceText(own.0.estimate, own.0.halfWidth),
        differenceText(own.1.estimate, own.1.halfWidth),
      ]
    }
    return [["key", "\(result.metric), low to high", "middle above both ends"]] + rows
  }

  private var pairRows: [[String]] {
    [["pair", "over both ranges", "p after Holm", "verdict"]]
      + result.ranked.map { pair in
        let p = pair.adjustedProbability
        return [
          result.title(pair), result.figures(pair), p < 0.001 ? "< 0.001" : roundedText(p),
          result.verdict(pair),
        ]
      }
  }

  private var sentences: [String] { result.ranked.map { result.sentence($0) } }

  /// The best points, and those without a score.
  private var pointRows: [[String]] {
    let isUp = result.direction == .higherIsBetter
    let scored = result.points.filter { $0.mean != nil }.sorted {
      let (a, b) = ($0.mean ?? 0, $1.mean ?? 0)
      return isUp ? a > b : a < b
    }
    let shown = scored.prefix(Self.mostPoints) + result.points.filter { $0.divergedRuns > 0 }
    return [result.axes.names + [result.metric]]
      + shown.map { $0.levels + [$0.mean.map(figure) ?? "diverged"] }
  }

  /// The surface along the first of a pair, at three places of the second, others in the middle.
  private var plots: [(title: String, plot: InteractionPlot)] {
    guard !result.coefficients.isEmpty else { return [] }
    return result.ranked.prefix(Self.mostPlots).map { pair in
      let (along, other) = (pair.axes[0], pair.axes[1])
      let places = (0..<Self.slices).map { 2 * Double($0) / Double(Self.slices - 1) - 1 }
      func value(_ x: Double, _ y: Double) -> Double? {
        var places = Array(repeating: 0.0, count: result.axes.count)
        (places[along], places[other]) = (x, y)
        return result.predicted(at: places)
      }
      let lines = [-1.0, 0, 1].map { y in
        InteractionPlot.Line(
          name: result.level(other, at: y), values: places.map { value($0, y) })
      }
      let names = result.axes.names
      return (
        "\(result.metric) on the surface by \(names[along]), a line for each \(names[other])",
        InteractionPlot(levels: places.map { result.level(along, at: $0) }, lines: lines)
      )
    }
  }
}
