/// Bars to the right, each with its name and figure, such as the importance of columns.
struct BarChart {
  struct Bar {
    var name: String
    var value: Double
    /// Drawn as a whisker to both sides; nil for none.
    var spread: Double?
    /// Which colour it has.
    var series = 0
    var words: String
  }

  var bars: [Bar]
  var valueName: String

  private static let rowHeight = 24.0
  private static let longestName = 22

  /// The chart; `words` says what it shows.
  func drawing(_ words: String) -> Markup {
    let names = bars.map { shortened($0.name, to: Self.longestName) }
    let left = 12 + 6.8 * Double(names.map(\.count).max() ?? 0)
    let figures = 10 + 6.6 * Double(bars.map(\.words.count).max() ?? 0)
    let right = ChartFrame.width - figures
    let ends = bars.flatMap { [$0.value - ($0.spread ?? 0), $0.value + ($0.spread ?? 0)] }
    let scale = Scale(ends, includesZero: true, isTight: true, marks: 4)
    func place(_ value: Double) -> Double { left + scale.place(value) * (right - left) }
    var parts: [Markup] = []
    let bottom = Double(bars.count) * Self.rowHeight + 4
    for tick in scale.ticks {
      let x = coordinate(place(tick.value))
      parts.append(
        .empty(
          "line",
          [
            "class": tick.value == 0 ? "axis" : "grid", "x1": x, "x2": x, "y1": "0",
            "y2": coordinate(bottom),
          ]))
      parts.append(
        Markup(
          "text", ["x": x, "y": coordinate(bottom + 15), "text-anchor": "middle"], tick.label))
    }
    for (index, bar) in bars.enumerated() {
      let y = Double(index) * Self.rowHeight + 4
      parts.append(drawn(bar, names[index], y: y, left: left, place: place))
    }
    parts.append(
      Markup(
        "text",
        [
          "class": "name", "x": coordinate((left + right) / 2), "y": coordinate(bottom + 33),
          "text-anchor": "middle",
        ], valueName))
    return chartDrawing(width: ChartFrame.width, height: bottom + 40, words, parts)
  }

  private func drawn(
    _ bar: Bar, _ name: String, y: Double, left: Double, place: (Double) -> Double
  ) -> Markup {
    let (zero, end) = (place(0), place(bar.value))
    var parts = [
      Markup("title", [:], "\(bar.name): \(bar.words)"),
      Markup(
        "text",
        ["x": coordinate(left - 8), "y": coordinate(y + 13), "text-anchor": "end"], name),
      .empty(
        "rect",
        [
          "class": "bar s\(bar.series)", "x": coordinate(min(zero, end)), "y": coordinate(y),
          "width": coordinate(max(1, abs(end - zero))), "height": "17", "rx": "2",
        ]),
    ]
    var last = max(zero, end)
    if let spread = bar.spread, spread > 0 {
      let (low, high) = (place(bar.value - spread), place(bar.value + spread))
      last = max(last, high)
      let middle = y + 8.5
      parts.append(
        .empty(
          "path",
          [
            "class": "whisker",
            "d": path([(low, middle), (high, middle)])
              + path([(low, middle - 4), (low, middle + 4)])
              + path([(high, middle - 4), (high, middle + 4)]),
          ]))
    }
    parts.append(
      Markup(
        "text", ["class": "figure", "x": coordinate(last + 6), "y": coordinate(y + 13)],
        bar.words))
    return Markup("g", [:], parts.joined)
  }
}
