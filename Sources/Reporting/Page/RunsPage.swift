import NetworkGraph
import SpecCompiler
import Training

/// Several runs side by side: what they reached, how they went, and what differs between them.
public struct RunsPage: Sendable {
  private let runs: [ReportedRun]

  public init(_ runs: [ReportedRun]) { self.runs = runs }

  /// The whole document.
  public var html: String {
    let names = runs.map(\.label)
    return Page(
      title: "\(runs.count) runs side by side", subtitle: names.joined(separator: " · "),
      sections: [
        verdicts, metrics, curves, RankingsSection(runs, labels: labels)?.section, differences,
      ].compactMap { $0 }, footer: pageFooter(runs)
    ).html
  }

  /// Names of the runs that are told apart by them.
  private var labels: [String] {
    let labels = runs.map(\.label)
    return Set(labels).count == labels.count ? labels : runs.map(\.run.folder)
  }

  private var verdicts: Page.Section {
    let banners = zip(labels, runs).map { label, run in
      Markup(
        "div", [:],
        Markup("h3", [:], label)
          + (run.outcome.verdict.map(VerdictSection.banner) ?? paragraph("No rows judged it.")))
    }
    var content = grid(banners)
    if Set(runs.map(\.manifest.data)).count > 1 || Set(runs.map(\.manifest.rows)).count > 1 {
      content += paragraph(
        "The runs were not judged by the same rows: their figures are no comparison.", "note")
    }
    return Page.Section(id: "verdict", title: "Verdicts", content: content)
  }

  private var metrics: Page.Section {
    let names = runs.flatMap(\.metricNames)
    let unique = names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }
      .map(\.element)
    let parts = Set(runs.compactMap { $0.judged?.part }).sorted().joined(separator: " and ")
    let table = DataTable(
      caption: "Metrics on the \(parts) rows; the best of each in bold.",
      head: ["metric"] + labels,
      rows: unique.map { name in
        let values = runs.map { $0.judged?.metrics[name] }
        let best = Self.best(values.compactMap { $0 }, name)
        return (
          Markup("code", [:], name),
          values.map { value in
            let words = value.map(numberWords) ?? "–"
            return value != nil && value == best
              ? .init(Markup("strong", [:], words)) : .init(words)
          }
        )
      })
    return Page.Section(
      id: "metrics", title: "Metrics and cost",
      content: grid([table.markup, networks.markup], isWide: true))
  }

  /// The best value of a metric; nil where all are the same or nobody says which way is better.
  private static func best(_ values: [Double], _ name: String) -> Double? {
    guard Set(values).count > 1, let metric = Metrics.named(name) else { return nil }
    return metric.direction == .higherIsBetter ? values.max() : values.min()
  }

  private var curves: Page.Section {
    func chart(
      _ title: String, _ value: @escaping (EpochReport) -> Double?, _ caption: String
    ) -> Markup? {
      let lines = zip(labels, runs).map { label, run in
        LineChart.Line(
          name: label,
          points: run.run.epochs.compactMap { epoch in
            value(epoch).map { (Double(epoch.epoch), $0) }
          })
      }.filter { !$0.points.isEmpty }
      guard !lines.isEmpty else { return nil }
      let drawing = LineChart(xName: "epoch", yName: title.lowercased(), lines: lines)
      return figure(title, drawing.drawing("\(title) of each run by epoch"), caption)
    }
    let ends = zip(labels, runs).map { "\($0) at \($1.outcome.bestEpoch)" }
    let figures = [
      chart(
        "Validation loss", { $0.validationLoss },
        "Best epochs: \(ends.joined(separator: ", ")). Losses of different kinds do not compare."),
      chart("Training loss", { $0.trainingLoss }, "The mean over each epoch's steps."),
      chart("Learning rate", { $0.learningRate }, "Of each epoch's last step."),
    ].compactMap { $0 }
    return Page.Section(id: "training", title: "Training", content: grid(figures))
  }

  /// The values of the resolved specs that are not the same in all.
  private var differences: Page.Section {
    let tables = runs.map { run in
      Dictionary(run.values.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let paths = runs.flatMap { $0.values.map(\.path) }
    let unique = paths.enumerated().reduce(into: (seen: Set<String>(), list: [String]())) {
      if $0.seen.insert($1.element).inserted { $0.list.append($1.element) }
    }.list
    let differing = unique.filter { path in
      path != "name" && Set(tables.map { $0[path]?.value }).count > 1
    }
    guard !differing.isEmpty else {
      return Page.Section(
        id: "differences", title: "What differs",
        content: paragraph("Nothing: the resolved specs have the same values."))
    }
    let table = DataTable(
      caption: "Values of the resolved specs that are not the same in all runs.",
      head: ["key"] + labels,
      rows: differing.prefix(200).map { path in
        (
          Markup("code", [:], path),
          tables.map { .init(Markup("code", [:], $0[path]?.value ?? "–")) }
        )
      }, kind: "words")
    return Page.Section(id: "differences", title: "What differs", content: table.markup)
  }

  private var networks: DataTable {
    let summaries = runs.map(\.run.summary)
    let rows: [(String, (Summary) -> String)] = [
      ("layers", { "\($0.layers.count)" }), ("parameters", { groupedText($0.parameters) }),
      ("FLOPs of a row, forward", { groupedText($0.flops) }),
      ("memory for training", { byteText($0.memoryBytes) }),
    ]
    return DataTable(
      caption: "What the networks are made of and cost.", head: ["measure"] + labels,
      rows: rows.map { name, value in (Markup(name), summaries.map { .init(value($0)) }) })
  }
}
