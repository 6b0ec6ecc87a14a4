/// A value for each pair of two scales' stretches, as shades.
struct HeatMap {
  var xName: String
  var yName: String
  /// Names of the columns and, from the bottom up, of the rows.
  var columns: [String]
  var rows: [String]
  /// Row by row from the bottom; nil where nothing is known.
  var values: [Double?]
  /// Dark where a value is small.
  var isSmallDark: Bool

  /// The chart; `words` says what it shows.
  func drawing(_ words: String) -> Markup {
    let left = 34 + 6.4 * Double(rows.map { shortened($0, to: 10).count }.max() ?? 1)
    let (top, bottom, right) = (8.0, 220.0, ChartFrame.width - 12)
    let (cellWidth, cellHeight) = (
      (right - left) / Double(max(1, columns.count)), (bottom - top) / Double(max(1, rows.count))
    )
    let known = values.compactMap { $0 }
    let (low, high) = (known.min() ?? 0, known.max() ?? 1)
    var parts: [Markup] = []
    for (index, value) in values.enumerated() {
      let (row, column) = (index / columns.count, index % columns.count)
      let place: KeyValuePairs<String, String>
      let (x, y) = (
        left + Double(column) * cellWidth, bottom - Double(row + 1) * cellHeight
      )
      guard let value else {
        place = [
          "class": "hole", "x": coordinate(x), "y": coordinate(y),
          "width": coordinate(cellWidth - 1), "height": coordinate(cellHeight - 1),
        ]
        parts.append(Markup("rect", place, Markup("title", [:], "no trials")))
        continue
      }
      let share = high > low ? (value - low) / (high - low) : 0.5
      let shade = 0.06 + 0.9 * (isSmallDark ? 1 - share : share)
      place = [
        "class": "square", "x": coordinate(x), "y": coordinate(y),
        "width": coordinate(cellWidth - 1), "height": coordinate(cellHeight - 1),
        "opacity": "\((shade * 100).rounded() / 100)",
      ]
      let said = "\(xName) \(columns[column]), \(yName) \(rows[row]): \(numberWords(value))"
      parts.append(Markup("rect", place, Markup("title", [:], said)))
    }
    parts += labels(left: left, right: right, top: top, bottom: bottom, cellWidth, cellHeight)
    return chartDrawing(width: ChartFrame.width, height: 262, words, parts)
  }

  private func labels(
    left: Double, right: Double, top: Double, bottom: Double, _ cellWidth: Double,
    _ cellHeight: Double
  ) -> [Markup] {
    let longest = columns.map { shortened($0, to: 10).count }.max() ?? 1
    let every = max(1, Int((Double(longest) * 6.6 + 8) / cellWidth) + 1)
    let below = columns.enumerated().filter { $0.offset % every == 0 }.map { index, name in
      Markup(
        "text",
        [
          "x": coordinate(left + (Double(index) + 0.5) * cellWidth),
          "y": coordinate(bottom + 15), "text-anchor": "middle",
        ], shortened(name, to: 10))
    }
    let beside = rows.enumerated().map { index, name in
      Markup(
        "text",
        [
          "x": coordinate(left - 6),
          "y": coordinate(bottom - (Double(index) + 0.5) * cellHeight + 4), "text-anchor": "end",
        ], shortened(name, to: 10))
    }
    let middle = coordinate((top + bottom) / 2)
    return below + beside + [
      Markup(
        "text",
        [
          "class": "name", "x": coordinate((left + right) / 2), "y": "256",
          "text-anchor": "middle",
        ], shortened(xName, to: 44)),
      Markup(
        "text",
        [
          "class": "name", "x": "12", "y": middle, "text-anchor": "middle",
          "transform": "rotate(-90 12 \(middle))",
        ], shortened(yName, to: 32)),
    ]
  }
}
