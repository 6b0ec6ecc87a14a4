/// Many curves, of which a few are pointed out.
struct ThreadChart {
  struct Curve {
    var name: String
    var points: [(x: Double, y: Double)]
  }

  /// Drawn faintly.
  var curves: [Curve]
  /// Drawn on top, with their names; at most ten.
  var marked: [Curve]
  var xName: String
  var yName: String

  /// The chart; `words` says what it shows.
  func drawing(_ words: String) -> Markup {
    let all = (curves + marked).flatMap(\.points)
    let rows = (marked.count + 2) / 3
    let y = Scale.fitting(all.map(\.y))
    let frame = ChartFrame(
      x: Scale(all.map(\.x), isTight: true), y: y, xName: xName,
      yName: y.isLogarithmic ? "\(yName), logarithmic" : yName, height: 260 + 18 * Double(rows),
      legendLines: rows)
    var parts = curves.map { curve in
      Markup.empty("path", ["class": "thread", "d": path(placed(curve, frame))])
    }
    for (index, curve) in marked.enumerated() {
      parts.append(
        .empty("path", ["class": "line s\(index % 10)", "d": path(placed(curve, frame))]))
      let left = frame.left + Double(index % 3) * (frame.right - frame.left) / 3
      let top = 12 + 18 * Double(index / 3)
      parts.append(
        .empty(
          "path",
          ["class": "line s\(index % 10)", "d": path([(left, top - 4), (left + 18, top - 4)])]))
      parts.append(
        Markup(
          "text", ["x": coordinate(left + 23), "y": coordinate(top)],
          shortened(curve.name, to: 12)))
    }
    return frame.drawing(words, parts)
  }

  private func placed(_ curve: Curve, _ frame: ChartFrame) -> [(x: Double, y: Double)] {
    LineChart.thinned(curve.points).map { (frame.placeX($0.x), frame.placeY($0.y)) }
  }
}
