/// What charts have in common: a box with two axes, and places within it.
struct ChartFrame {
  static let width = 360.0
  let height: Double
  let x: Scale
  let y: Scale
  let xName: String
  let yName: String
  /// The places of the box.
  let left: Double
  let right = ChartFrame.width - 22
  let top: Double
  var bottom: Double { height - 40 }

  /// - Parameter legendLines: rows of room above the box.
  init(
    x: Scale, y: Scale, xName: String, yName: String, height: Double = 260, legendLines: Int = 0
  ) {
    (self.x, self.y, self.xName, self.yName, self.height) = (x, y, xName, yName, height)
    let longest = y.ticks.map(\.label.count).max() ?? 0
    left = 30 + 6.6 * Double(max(2, longest))
    top = 10 + 18 * Double(legendLines)
  }

  func placeX(_ value: Double) -> Double { left + x.place(value) * (right - left) }
  func placeY(_ value: Double) -> Double { bottom - y.place(value) * (bottom - top) }

  /// The axes with their grid, under what is drawn.
  var axes: Markup {
    var parts: [Markup] = []
    for tick in y.ticks {
      let place = coordinate(placeY(tick.value))
      parts.append(
        .empty(
          "line",
          [
            "class": "grid", "x1": coordinate(left), "x2": coordinate(right), "y1": place,
            "y2": place,
          ]))
      parts.append(
        Markup(
          "text",
          [
            "x": coordinate(left - 6), "y": coordinate(placeY(tick.value) + 4),
            "text-anchor": "end",
          ], tick.label))
    }
    for tick in thinned(x.ticks) {
      let place = coordinate(placeX(tick.value))
      parts.append(
        .empty(
          "line",
          [
            "class": "tick", "x1": place, "x2": place, "y1": coordinate(bottom),
            "y2": coordinate(bottom + 4),
          ]))
      parts.append(
        Markup(
          "text",
          ["x": place, "y": coordinate(bottom + 17), "text-anchor": "middle"], tick.label))
    }
    parts.append(
      .empty(
        "line",
        [
          "class": "axis", "x1": coordinate(left), "x2": coordinate(right),
          "y1": coordinate(bottom), "y2": coordinate(bottom),
        ]))
    parts.append(names)
    return parts.joined
  }

  private var names: Markup {
    let middle = coordinate((top + bottom) / 2)
    return Markup(
      "text",
      [
        "class": "name", "x": coordinate((left + right) / 2), "y": coordinate(height - 6),
        "text-anchor": "middle",
      ], shortened(xName, to: 44))
      + Markup(
        "text",
        [
          "class": "name", "x": "12", "y": middle, "text-anchor": "middle",
          "transform": "rotate(-90 12 \(middle))",
        ], shortened(yName, to: 32))
  }

  /// As many marks as there is room for.
  private func thinned(_ ticks: [Scale.Tick]) -> [Scale.Tick] {
    let longest = Double(ticks.map(\.label.count).max() ?? 1) * 6.6 + 12
    let most = max(2, Int((right - left) / longest))
    let step = max(1, (ticks.count + most - 1) / most)
    return ticks.enumerated().filter { $0.offset % step == 0 }.map(\.element)
  }

  /// The whole drawing: what `words` says to those who do not see it.
  func drawing(_ words: String, _ content: [Markup]) -> Markup {
    chartDrawing(width: Self.width, height: height, words, [axes] + content)
  }
}

/// A drawing of a page.
func chartDrawing(
  width: Double, height: Double, _ words: String, _ content: [Markup]
) -> Markup {
  Markup(
    "svg",
    [
      "class": "chart", "viewBox": "0 0 \(coordinate(width)) \(coordinate(height))",
      "role": "img", "aria-label": words,
    ], content.joined)
}

/// Words that fit a place, cut with a sign that they are.
func shortened(_ words: String, to length: Int) -> String {
  words.count > length ? words.prefix(length - 1) + "…" : words
}

/// Points as the path of a line.
func path(_ points: [(x: Double, y: Double)]) -> String {
  points.enumerated().map { index, point in
    "\(index == 0 ? "M" : "L")\(coordinate(point.x)) \(coordinate(point.y))"
  }.joined()
}
