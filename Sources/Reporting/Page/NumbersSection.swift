import Training

/// How far predicted numbers are from the true ones.
struct NumbersSection {
  let run: ReportedRun

  /// Nil for a run that predicts classes.
  init?(_ run: ReportedRun) {
    guard run.manifest.classes == nil else { return nil }
    self.run = run
  }

  /// More targets would make the page too large.
  private static let mostTargets = 4

  /// Nil where there is nothing to show.
  var section: Page.Section? {
    var parts: [Markup] = []
    if let coverage = run.outcome.breakdown?.coverage { parts.append(quantiles(coverage).markup) }
    if case .numbers(let predictions)? = run.examination?.predictions,
      case .numbers(let truth)? = run.examination?.truth
    {
      let count = predictions.targets.count
      for (index, name) in predictions.targets.enumerated().prefix(Self.mostTargets) {
        let places = stride(from: index, to: truth.count, by: count)
        if count > 1 { parts.append(Markup("h3", [:], name)) }
        parts.append(
          grid(
            charts(name, places.map { predictions.values[$0] }, places.map { truth[$0] })))
      }
      if count > Self.mostTargets {
        parts.append(paragraph("And \(count - Self.mostTargets) more targets.", "note"))
      }
    }
    guard !parts.isEmpty else { return nil }
    return Page.Section(id: "errors", title: "Errors", content: parts.joined)
  }

  private func quantiles(_ coverage: [Breakdown.Coverage]) -> DataTable {
    DataTable(
      caption:
        "How many of the rows lie below each predicted quantile: as many as it says, at best.",
      head: ["quantile", "rows below"],
      rows: coverage.map { (Markup(numberWords($0.level)), [.init(percent($0.share))]) })
  }

  private func charts(_ name: String, _ predictions: [Double], _ truth: [Double]) -> [Markup] {
    let errors = zip(predictions, truth).map { $0 - $1 }
    let scatter = ScatterChart(
      points: zip(truth, predictions).map { ($0, $1) }, xName: "true \(name)",
      yName: "predicted \(name)", reference: .diagonal)
    let residuals = ScatterChart(
      points: zip(predictions, errors).map { ($0, $1) }, xName: "predicted \(name)",
      yName: "predicted less true", reference: .zero)
    let binned =
      scatter.isBinned ? " All \(truth.count) rows, counted in squares: darker is more." : ""
    let part = run.examination?.part ?? "test"
    return [
      figure(
        "Predicted and true", scatter.drawing("Predicted \(name) over true \(name)"),
        "Each of the \(truth.count) \(part) rows; on the dashed line it would be right.\(binned)"),
      figure(
        "Residuals", residuals.drawing("Prediction less truth over prediction"),
        """
        Above the line too much is predicted. A bend or a funnel says that something is \
        left to learn, or that errors grow with the number.\(binned)
        """),
      histogram(errors), deciles(name, predictions, truth),
    ]
  }

  private func histogram(_ errors: [Double]) -> Markup {
    let sorted = errors.sorted()
    let (low, high) = (
      sorted[sorted.count / 200], sorted[sorted.count - 1 - sorted.count / 200]
    )
    let count = min(30, max(5, Int(Double(errors.count).squareRoot())))
    let width = high > low ? (high - low) / Double(count) : 1
    var rows = Array(repeating: 0, count: count)
    for error in errors {
      rows[min(count - 1, max(0, Int(((error - low) / width).rounded(.down))))] += 1
    }
    let chart = ColumnChart(
      columns: rows.enumerated().map { index, found in
        let start = low + Double(index) * width
        return .init(
          range: start...(start + width), value: Double(found),
          words: "\(numberWords(start)) to \(numberWords(start + width)): \(found) rows")
      }, xName: "predicted less true", yName: "rows")
    let ends = errors.count >= 200 ? " The outermost columns hold what lies further out." : ""
    let middle = sorted[sorted.count / 2]
    return figure(
      "Distribution of the errors", chart.drawing("How often errors of each size occur"),
      "The middle error is \(numberWords(middle)).\(ends)")
  }

  private func deciles(_ name: String, _ predictions: [Double], _ truth: [Double]) -> Markup {
    let parts = ErrorDeciles(predictions: predictions, truth: truth).parts
    let chart = ColumnChart(
      columns: parts.map { part in
        .init(
          range: part.range, value: part.meanAbsoluteError, dot: part.bias,
          words: """
            \(numberWords(part.range.lowerBound)) to \(numberWords(part.range.upperBound)): \
            mean error \(numberWords(part.meanAbsoluteError)), bias \(numberWords(part.bias)), \
            \(part.rows) rows
            """)
      }, xName: "tenth of the rows by true \(name)", yName: "mean absolute error",
      isNumbered: true)
    let (first, last) = (parts[0].range, parts[parts.count - 1].range)
    return figure(
      "Error by decile", chart.drawing("Mean absolute error in ten equal parts of the rows"),
      """
      Part 1 holds true values from \(numberWords(first.lowerBound)) to \
      \(numberWords(first.upperBound)), the last from \(numberWords(last.lowerBound)) to \
      \(numberWords(last.upperBound)). Dots: prediction less truth on average.
      """)
  }
}
