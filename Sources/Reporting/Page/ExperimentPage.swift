import SpecCompiler
import SpecSyntax
import Training
public import Tuning

/// The page of an experiment: what each key does, which go together, and what that rests on.
public struct ExperimentPage: Sendable {
  private let result: FactorialResult
  /// As commands name it.
  private let spec: String
  private let version: String

  /// More rows or pictures would hide the others.
  private static let mostRows = 256
  private static let mostPlots = 12

  public init(_ result: FactorialResult, spec: String, version: String) {
    (self.result, self.spec, self.version) = (result, spec, version)
  }

  /// The whole document.
  public var html: String {
    Page(
      title: "What if, on \(spec)", subtitle: result.size,
      sections: [answer, effects, interactions, cells, basis].compactMap { $0 },
      footer: "Plumb \(version) · first seed \(result.firstSeed) · --format json has every score"
    ).html
  }

  private var answer: Page.Section {
    var content = Markup()
    if let best = result.bestSentence { content += banner(best) }
    let sentences = result.effects.prefix(Self.mostRows).map { effect in
      Markup(
        "li", [:],
        Markup("span", ["class": "tag"], result.verdict(effect)) + prose(result.sentence(effect)))
    }
    content += Markup("ul", ["class": "advice"], sentences.joined)
    return Page.Section(id: "answer", title: "What each key does", content: content)
  }

  /// Good where one cell is ahead of another, even where none is.
  private func banner(_ words: String) -> Markup {
    let others = result.best?.others ?? []
    let isSure = others.contains { !$0.isTied }
    let end = words.range(of: "; ", ", from", ", which") ?? words.endIndex
    let rest = words[end...].drop { ";, ".contains($0) }
    return Markup(
      "div", ["class": isSure ? "banner good" : "banner even"],
      Markup("strong", [:], String(words[..<end]))
        + (rest.isEmpty ? Markup() : Markup("p", [:], prose(String(rest)))))
  }

  private var effects: Page.Section {
    let shown = result.effects.prefix(Self.mostRows)
    let bars = shown.prefix(24).compactMap { effect -> BarChart.Bar? in
      guard let estimate = effect.estimate else { return nil }
      return BarChart.Bar(
        name: result.title(effect), value: estimate, spread: effect.halfWidth,
        series: Self.series(effect.finding), words: result.figures(effect))
    }
    var parts: [Markup] = []
    if !bars.isEmpty {
      let way = result.direction == .higherIsBetter ? "more is better" : "less is better"
      parts.append(
        figure(
          "Effects", BarChart(bars: bars, valueName: "change of \(result.metric)")
            .drawing("Effects on \(result.metric) with their intervals"),
          "With the 95 % interval of each; \(way). An interaction is by how much a change differs "
            + "after the other."))
    }
    let table = DataTable(
      caption: "Verdicts hold for all effects together, after Holm's procedure.",
      head: ["effect", result.metric, "p after Holm", "verdict"],
      rows: shown.map { effect in
        (
          Markup(result.title(effect)),
          [
            .init(result.figures(effect)),
            .init(effect.adjustedProbability.map(probability) ?? "–"),
            .init(result.verdict(effect)),
          ]
        )
      })
    parts.append(table.markup)
    return Page.Section(id: "effects", title: "Effects", content: grid(parts, isWide: true))
  }

  private func probability(_ value: Double) -> String {
    value < 0.001 ? "< 0.001" : roundedText(value)
  }

  /// Green, orange, grey.
  private static func series(_ finding: FactorialResult.Finding) -> Int {
    switch finding {
    case .better: 2
    case .worse: 1
    case .noDifference, .notEnough, .diverged: 7
    }
  }

  private var interactions: Page.Section? {
    let figures = result.pairs.prefix(Self.mostPlots).map { pair in
      let names = result.factors.names
      let (along, other) = (result.factors[pair[0]], result.factors[pair[1]])
      let lines = other.levels.indices.map { level in
        LineChart.Line(
          name: "\(names[pair[1]]) \(other.levels[level])",
          points: along.levels.indices.compactMap { place in
            result.mean(of: [pair[0]: place, pair[1]: level]).map { (Double(place), $0) }
          })
      }
      let scale = Scale(
        low: -0.15, high: Double(along.levels.count) - 0.85,
        ticks: along.levels.enumerated().map {
          .init(value: Double($0.offset), label: shortened($0.element, to: 16))
        })
      var chart = LineChart(xName: names[pair[0]], yName: result.metric, lines: lines)
      chart.x = scale
      let words = result.effects.filter { $0.moves.map(\.factor) == pair }
        .map { result.verdict($0) }
      return figure(
        "\(names[pair[0]]) × \(names[pair[1]])",
        chart.drawing("\(result.metric) by \(names[pair[0]]) for each \(names[pair[1]])"),
        "Parallel lines are no interaction. Verdict: \(words.joined(separator: ", ")).")
    }
    guard !figures.isEmpty else { return nil }
    return Page.Section(id: "interactions", title: "Interactions", content: grid(Array(figures)))
  }

  private var cells: Page.Section {
    let leads = Dictionary(
      uniqueKeysWithValues: (result.best?.others ?? []).map { ($0.cell, $0) })
    let rows = result.rankedCells.prefix(Self.mostRows).map { place in
      let cell = result.cells[place]
      let behind = leads[place].map { differenceText($0.difference, $0.halfWidth) }
      let mean = cell.mean.map(numberWords) ?? (cell.divergedRuns > 0 ? "diverged" : "–")
      let isBest = place == result.best?.cell
      let name = result.factors.words(cell.places) + (cell.isBase ? " (as it is)" : "")
      return (
        name: isBest ? Markup("strong", [:], name) : Markup(name),
        cells: [
          DataTable.Cell(mean), .init(isBest ? "best" : behind ?? "–"),
          .init(leads[place].map { $0.isTied ? "cannot be told apart" : "surely behind" } ?? ""),
        ]
      )
    }
    let table = DataTable(
      caption: "Means over \(counted(result.seeds, "seed")); by how much the best is ahead, in "
        + "intervals that hold for all cells together. The best of many looks a little better "
        + "than it is.",
      head: ["cell", result.metric, "best is ahead by", ""], rows: Array(rows))
    return Page.Section(id: "cells", title: "Cells", content: table.markup)
  }

  private var basis: Page.Section {
    let lines = result.head.map { Markup("li", [:], prose($0)) }
    return Page.Section(
      id: "basis", title: "What that rests on", content: Markup("ul", [:], lines.joined))
  }
}

extension String {
  /// Where the first of some words begins.
  fileprivate func range(of words: String...) -> Index? {
    words.compactMap { word in
      indices.first { self[$0...].hasPrefix(word) }
    }.min()
  }
}
