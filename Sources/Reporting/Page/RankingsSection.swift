import Training

/// The curves of several runs that a threshold runs along, in one chart each.
struct RankingsSection {
  private struct Curves {
    var label: String
    var roc: [Ranking.Point]
    var precisionRecall: [Ranking.Point]
    var area: Double
    var averagePrecision: Double
    /// The class that the curves are of; nil for the mean of several.
    var ofClass: String?
  }

  private let curves: [Curves]
  /// Runs of classes whose rows are not at hand.
  private let absent: [String]

  /// Nil where no run predicts classes.
  init?(_ runs: [ReportedRun], labels: [String]) {
    let classified = zip(labels, runs).filter { $1.outcome.breakdown?.confusion != nil }
    guard !classified.isEmpty else { return nil }
    curves = classified.compactMap { label, run in Self.curves(label, run) }
    let drawn = Set(curves.map(\.label))
    absent = classified.map(\.0).filter { !drawn.contains($0) }
  }

  var section: Page.Section {
    var parts: [Markup] = []
    if !curves.isEmpty { parts.append(grid([roc, precisionRecall])) }
    if !absent.isEmpty {
      let names = absent.joined(separator: ", ")
      parts.append(
        paragraph(
          """
          Not drawn: \(names). Their tables are not where training found them or not the same, or \
          some class has no row to judge; a page of the run alone says more.
          """, "note"))
    }
    return Page.Section(id: "thresholds", title: "Classes", content: parts.joined)
  }

  /// The curves of a run: of the second of two classes, or the mean over several.
  private static func curves(_ label: String, _ run: ReportedRun) -> Curves? {
    guard case .classes(let predictions)? = run.examination?.predictions,
      case .classes(let truth)? = run.examination?.truth
    else { return nil }
    let isOne = predictions.classes.count == 2
    let all = isOne ? [1] : Array(predictions.classes.indices)
    // A class without rows has no curve, and no part in the mean.
    let rankings = all.map { Ranking(of: $0, predictions, truth) }.filter { $0.rocArea != nil }
    let areas = rankings.compactMap(\.rocArea)
    let precisions = rankings.compactMap(\.averagePrecision)
    guard !rankings.isEmpty, areas.count == precisions.count else { return nil }
    let count = Double(rankings.count)
    return Curves(
      label: label, roc: isOne ? rankings[0].roc : Ranking.meanROC(rankings),
      precisionRecall: isOne
        ? rankings[0].precisionRecall : Ranking.meanPrecisionRecall(rankings),
      area: areas.reduce(0, +) / count, averagePrecision: precisions.reduce(0, +) / count,
      ofClass: isOne ? predictions.classes[1] : nil)
  }

  private var roc: Markup {
    chart(
      "ROC", ("false positive rate", "true positive rate"), hasDiagonal: true, \.roc, \.area,
      "Area under the curve of each run\(of). On the dashed line chance alone decides.")
  }

  private var precisionRecall: Markup {
    chart(
      "Precision and recall", ("recall", "precision"), hasDiagonal: false, \.precisionRecall,
      \.averagePrecision, "Average precision of each run\(of).")
  }

  /// What the curves are of, where that is the same in all.
  private var of: String {
    let classes = Set(curves.map(\.ofClass))
    guard classes.count == 1, let only = classes.first else {
      return ", of the second of two classes, or the mean of several, each against the rest"
    }
    return only.map { ", of \($0)" } ?? ", the mean of the classes, each against the rest"
  }

  private func chart(
    _ title: String, _ names: (String, String), hasDiagonal: Bool,
    _ points: (Curves) -> [Ranking.Point], _ value: (Curves) -> Double, _ caption: String
  ) -> Markup {
    let lines = curves.map { run in
      LineChart.Line(
        name: "\(numberWords(value(run))) \(run.label)", points: points(run).map { ($0.x, $0.y) })
    }
    let drawing = LineChart(
      xName: names.0, yName: names.1, lines: lines, x: .shares, y: .shares,
      hasDiagonal: hasDiagonal, namesLines: true)
    let words = lines.map(\.name).joined(separator: ", ")
    return figure(title, drawing.drawing("\(title) curve of each run: \(words)"), caption)
  }
}
