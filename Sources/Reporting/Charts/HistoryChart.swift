/// What came of each try, in the order of the tries, and the best so far.
struct HistoryChart {
  struct Point {
    var number: Int
    var value: Double
    /// Whether it came to its end.
    var isComplete: Bool
  }

  var points: [Point]
  var valueName: String
  var isMaximized: Bool

  /// The chart; `words` says what it shows.
  func drawing(_ words: String) -> Markup {
    let points = points.filter(\.value.isFinite)
    let y = Scale.fitting(points.map(\.value))
    let frame = ChartFrame(
      x: Scale([0, Double(max(1, points.last?.number ?? 1))], isTight: true), y: y,
      xName: "trial", yName: y.isLogarithmic ? "\(valueName), logarithmic" : valueName,
      height: 278, legendLines: 1)
    var parts = points.map { point in
      Markup.empty(
        "circle",
        [
          "class": point.isComplete ? "point" : "point early",
          "cx": coordinate(frame.placeX(Double(point.number))),
          "cy": coordinate(frame.placeY(point.value)), "r": "2.6",
        ])
    }
    parts.append(.empty("path", ["class": "line s1", "d": path(steps(points, frame))]))
    parts.append(legend(frame, hasEarly: points.contains { !$0.isComplete }))
    return frame.drawing(words, parts)
  }

  /// The best so far, as stairs.
  private func steps(_ points: [Point], _ frame: ChartFrame) -> [(x: Double, y: Double)] {
    var (result, best): ([(x: Double, y: Double)], Double?) = ([], nil)
    for point in points where point.isComplete {
      let isBetter = best.map { isMaximized ? point.value > $0 : point.value < $0 } ?? true
      guard isBetter else { continue }
      let x = frame.placeX(Double(point.number))
      if let best { result.append((x, frame.placeY(best))) }
      result.append((x, frame.placeY(point.value)))
      best = point.value
    }
    if let best { result.append((frame.right, frame.placeY(best))) }
    return result
  }

  private func legend(_ frame: ChartFrame, hasEarly: Bool) -> Markup {
    var entries: [(mark: (Double) -> Markup, name: String)] = [
      ({ .empty("circle", ["class": "point", "cx": coordinate($0 + 6), "cy": "8", "r": "3"]) },
        "trial"),
      ({ .empty("path", ["class": "line s1", "d": path([($0, 8), ($0 + 14, 8)])]) },
        "best so far"),
    ]
    if hasEarly {
      entries.append(
        ({
          .empty("circle", ["class": "point early", "cx": coordinate($0 + 6), "cy": "8", "r": "3"])
        }, "ended early"))
    }
    return entries.enumerated().map { index, entry in
      let left = frame.left + 95 * Double(index)
      return entry.mark(left)
        + Markup("text", ["x": coordinate(left + 19), "y": "12"], entry.name)
    }.joined
  }
}
