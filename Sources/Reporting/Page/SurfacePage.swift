import SpecCompiler
import SpecSyntax
import Training
public import Tuning

/// The page of a response surface: how far best values move with other keys, and what that rests
/// on.
public struct SurfacePage: Sendable {
  private let result: SurfaceResult
  /// As commands name it.
  private let spec: String
  private let version: String

  private static let mostPlots = 6
  private static let cellsOfMap = 12

  public init(_ result: SurfaceResult, spec: String, version: String) {
    (self.result, self.spec, self.version) = (result, spec, version)
  }

  /// The whole document.
  public var html: String {
    Page(
      title: "What if, on \(spec)", subtitle: result.size,
      sections: [answer, maps, keys, points, basis].compactMap { $0 },
      footer: "Plumb \(version) · first seed \(result.firstSeed) · --format json has every score"
    ).html
  }

  private var answer: Page.Section {
    var content = Markup()
    if let best = result.bestSentence {
      content += Markup("div", ["class": "banner even"], Markup("strong", [:], prose(best)))
    }
    let sentences = result.ranked.map { pair in
      Markup(
        "li", [:],
        Markup("span", ["class": "tag"], result.verdict(pair)) + prose(result.sentence(pair)))
    }
    content += Markup("ul", ["class": "advice"], sentences.joined)
    return Page.Section(id: "answer", title: "What moves with what", content: content)
  }

  private var maps: Page.Section? {
    guard !result.coefficients.isEmpty else { return nil }
    let names = result.axes.names
    let figures = result.ranked.prefix(Self.mostPlots).flatMap { pair -> [Markup] in
      let (x, y) = (pair.axes[0], pair.axes[1])
      let title = "\(names[x]) × \(names[y])"
      return [
        figure(
          title, map(x, y).drawing("\(result.metric) on the surface by both"),
          "The fuller the colour, the better the score; the other keys in the middle."),
        figure(
          title, slices(x, y).drawing("\(result.metric) by \(names[x]) for three \(names[y])"),
          "Lines of the same shape are no interaction. Verdict: \(result.verdict(pair))."),
      ]
    }
    return Page.Section(id: "surface", title: "The surface", content: grid(figures))
  }

  private func value(_ x: Int, _ placeX: Double, _ y: Int, _ placeY: Double) -> Double? {
    var places = Array(repeating: 0.0, count: result.axes.count)
    (places[x], places[y]) = (placeX, placeY)
    return result.predicted(at: places)
  }

  private func map(_ x: Int, _ y: Int) -> HeatMap {
    let places = (0..<Self.cellsOfMap).map {
      2 * (Double($0) + 0.5) / Double(Self.cellsOfMap) - 1
    }
    return HeatMap(
      xName: result.axes.names[x], yName: result.axes.names[y],
      columns: places.map { result.level(x, at: $0) },
      rows: places.map { result.level(y, at: $0) },
      values: places.flatMap { row in places.map { value(x, $0, y, row) } },
      isSmallDark: result.direction == .lowerIsBetter)
  }

  private func slices(_ x: Int, _ y: Int) -> LineChart {
    let places = (0...20).map { Double($0) / 10 - 1 }
    var chart = LineChart(
      xName: result.axes.names[x], yName: result.metric,
      lines: [-1.0, 0, 1].map { row in
        LineChart.Line(
          name: "\(result.axes.names[y]) \(result.level(y, at: row))",
          points: places.compactMap { place in value(x, place, y, row).map { (place, $0) } })
      })
    chart.x = Scale(
      low: -1.05, high: 1.05,
      ticks: [-1.0, -0.5, 0, 0.5, 1].map { .init(value: $0, label: result.level(x, at: $0)) })
    return chart
  }

  private var keys: Page.Section {
    let table = DataTable(
      caption: "With 95 % intervals; the other keys in the middle.",
      head: ["key", "\(result.metric), low to high", "middle above both ends"],
      rows: zip(result.axes.names, zip(result.slopes, result.curvatures)).map { name, own in
        (
          Markup(name),
          [
            .init(differenceText(own.0.estimate, own.0.halfWidth)),
            .init(differenceText(own.1.estimate, own.1.halfWidth)),
          ]
        )
      })
    let pairs = DataTable(
      caption: "The difference of differences over both ranges; verdicts hold together.",
      head: ["pair", result.metric, "p after Holm", "verdict"],
      rows: result.ranked.map { pair in
        let p = pair.adjustedProbability
        return (
          Markup(result.title(pair)),
          [
            .init(result.figures(pair)), .init(p < 0.001 ? "< 0.001" : roundedText(p)),
            .init(result.verdict(pair)),
          ]
        )
      })
    return Page.Section(
      id: "keys", title: "Figures", content: grid([table.markup, pairs.markup], isWide: true))
  }

  private var points: Page.Section {
    let table = DataTable(
      caption: "Means over \(counted(result.seeds, "seed")).",
      head: ["point"] + result.axes.names + [result.metric],
      rows: result.points.enumerated().map { index, point in
        (
          Markup("\(index + 1)"),
          (point.levels + [point.mean.map(numberWords) ?? "diverged"]).map { .init($0) }
        )
      })
    return Page.Section(id: "points", title: "Points", content: table.markup)
  }

  private var basis: Page.Section {
    let lines = result.head.map { Markup("li", [:], prose($0)) }
    return Page.Section(
      id: "basis", title: "What that rests on", content: Markup("ul", [:], lines.joined))
  }
}
