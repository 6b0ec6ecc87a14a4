import Training

/// What the network takes from each column.
struct ImportanceSection {
  let importance: ColumnImportance

  /// More columns are counted only.
  private static let mostColumns = 25

  /// Nil where it was not measured.
  init?(_ run: ReportedRun) {
    guard let importance = run.examination?.importance, !importance.columns.isEmpty else {
      return nil
    }
    self.importance = importance
  }

  var section: Page.Section {
    let shown = importance.columns.prefix(Self.mostColumns)
    let chart = BarChart(
      bars: shown.map {
        .init(name: $0.name, value: $0.mean, spread: $0.deviation, words: numberWords($0.mean))
      }, valueName: "\(importance.metric) worse by")
    let rest = importance.columns.count - shown.count
    let left = rest > 0 ? " \(rest) less important columns are left out." : ""
    let first = shown.first.map { "\($0.name) by \(numberWords($0.mean))" } ?? ""
    let drawing = figure(
      "Permutation importance", chart.drawing("How much worse without each column: \(first) first"),
      """
      How much worse `\(importance.metric)` (\(numberWords(importance.value)) as it is) becomes \
      when a column's values are shuffled among the \(importance.rows) rows: mean and standard \
      deviation of \(importance.repeats) shuffles.\(left)
      """)
    let words = """
      Importance is that of the column to this network, not to the world. Columns that say the \
      same share it: each can look unimportant while the other is there.
      """
    return Page.Section(
      id: "columns", title: "Columns", content: grid([drawing, paragraph(words, "note")]))
  }
}
