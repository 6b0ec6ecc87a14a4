/// Lines over a common axis, such as losses over epochs.
struct LineChart {
  struct Line {
    var name: String
    /// Gaps are left out.
    var points: [(x: Double, y: Double)]
  }

  var xName: String
  var yName: String
  var lines: [Line]
  /// A place to point out, such as the best epoch.
  var mark: (x: Double, name: String)?
  /// Nil for the scale that fits.
  var x: Scale?
  var y: Scale?
  /// A line to compare with, from corner to corner.
  var hasDiagonal = false
  /// Whether a line alone is named too.
  var namesLines = false

  /// Longer lines are drawn with their least and greatest value in each of so many pieces.
  static let mostPieces = 160
  /// How many names stand side by side: long ones would run into each other.
  private var namesPerRow: Int { lines.contains { $0.name.count > 14 } ? 1 : 2 }

  /// The chart; `words` says what it shows.
  func drawing(_ words: String) -> Markup {
    let ys = lines.flatMap { $0.points.map(\.y) }
    let hasLegend = lines.count > 1 || namesLines
    let rows = hasLegend ? (lines.count + namesPerRow - 1) / namesPerRow : 0
    let yScale = y ?? Scale.fitting(ys)
    let frame = ChartFrame(
      x: x ?? Scale(lines.flatMap { $0.points.map(\.x) }, isTight: true), y: yScale, xName: xName,
      yName: yScale.isLogarithmic ? "\(yName), logarithmic" : yName,
      height: 260 + 18 * Double(rows), legendLines: rows)
    var parts: [Markup] = []
    if hasDiagonal {
      let ends = [(frame.left, frame.bottom), (frame.right, frame.top)]
      parts.append(.empty("path", ["class": "reference", "d": path(ends.map { ($0.0, $0.1) })]))
    }
    if let mark { parts.append(drawn(mark, in: frame)) }
    for (index, line) in lines.enumerated() {
      let points = Self.thinned(line.points).map { (frame.placeX($0.x), frame.placeY($0.y)) }
      parts.append(
        points.count == 1
          ? .empty(
            "circle",
            [
              "class": "dot s\(index % 10)", "cx": coordinate(points[0].0),
              "cy": coordinate(points[0].1), "r": "3",
            ])
          : .empty(
            "path", ["class": "line s\(index % 10)", "d": path(points.map { ($0.0, $0.1) })]))
      if hasLegend { parts.append(legend(line.name, index, frame)) }
    }
    return frame.drawing(words, parts)
  }

  private func drawn(_ mark: (x: Double, name: String), in frame: ChartFrame) -> Markup {
    let place = frame.placeX(mark.x)
    let isRight = place > (frame.left + frame.right) / 2
    return Markup.empty(
      "line",
      [
        "class": "mark", "x1": coordinate(place), "x2": coordinate(place),
        "y1": coordinate(frame.top), "y2": coordinate(frame.bottom),
      ])
      + Markup(
        "text",
        [
          "class": "mark", "x": coordinate(place + (isRight ? -5 : 5)),
          "y": coordinate(frame.top + 11), "text-anchor": isRight ? "end" : "start",
        ], mark.name)
  }

  private func legend(_ name: String, _ index: Int, _ frame: ChartFrame) -> Markup {
    let column = Double(index % namesPerRow)
    let left = frame.left + column * (frame.right - frame.left) / Double(namesPerRow)
    let y = 12 + 18 * Double(index / namesPerRow)
    let shown = shortened(name, to: namesPerRow == 1 ? 44 : 14)
    return Markup.empty(
      "path",
      ["class": "line s\(index % 10)", "d": path([(left, y - 4), (left + 24, y - 4)])])
      + Markup("text", ["x": coordinate(left + 30), "y": coordinate(y)], shown)
  }

  /// The points, or where there are many, the first, least, greatest and last of each piece.
  static func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    let points = points.filter { $0.x.isFinite && $0.y.isFinite }
    guard points.count > 4 * mostPieces else { return points }
    return (0..<mostPieces).flatMap { piece in
      let range =
        (piece * points.count / mostPieces)..<((piece + 1) * points.count / mostPieces)
      let least = range.min { points[$0].y < points[$1].y } ?? range.lowerBound
      let greatest = range.max { points[$0].y < points[$1].y } ?? range.lowerBound
      return Set([range.lowerBound, least, greatest, range.upperBound - 1]).sorted()
        .map { points[$0] }
    }
  }
}
