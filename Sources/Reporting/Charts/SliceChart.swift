/// Points over an axis of its own kind, some of them pointed out.
struct SliceChart {
  struct Point {
    var x: Double
    var y: Double
    var isMarked = false
  }

  var points: [Point]
  var x: Scale
  var xName: String
  var yName: String
  /// Corners of stairs through the points that are pointed out, from left to right.
  var stairs: [(x: Double, y: Double)] = []

  /// The chart; `words` says what it shows.
  func drawing(_ words: String) -> Markup {
    let y = Scale.fitting(points.map(\.y))
    let frame = ChartFrame(
      x: x, y: y, xName: xName, yName: y.isLogarithmic ? "\(yName), logarithmic" : yName)
    var parts = points.map { point in
      Markup.empty(
        "circle",
        [
          "class": point.isMarked ? "dot s1" : "point", "cx": coordinate(frame.placeX(point.x)),
          "cy": coordinate(frame.placeY(point.y)), "r": point.isMarked ? "4" : "2.6",
        ])
    }
    let corners = stairs.indices.flatMap { index -> [(x: Double, y: Double)] in
      let (x, y) = (frame.placeX(stairs[index].x), frame.placeY(stairs[index].y))
      return index == 0 ? [(x, y)] : [(x, frame.placeY(stairs[index - 1].y)), (x, y)]
    }
    if corners.count > 1 { parts.append(.empty("path", ["class": "line s1", "d": path(corners)])) }
    return frame.drawing(words, parts)
  }
}
