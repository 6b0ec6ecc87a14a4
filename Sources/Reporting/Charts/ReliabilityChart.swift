import Training

/// How often what was predicted came true, beside how probable it was said to be; below, how many
/// rows that tells.
struct ReliabilityChart {
  let calibration: Calibration

  init(_ calibration: Calibration) { self.calibration = calibration }

  /// The chart; `words` says what it shows.
  func drawing(_ words: String) -> Markup {
    let name = calibration.ofClass == nil ? "probability of the answer" : "predicted probability"
    let frame = ChartFrame(
      x: .shares, y: .shares, xName: name, yName: "share that it was true of", height: 300)
    let ends = [(x: frame.left, y: frame.bottom), (x: frame.right, y: frame.top)]
    var parts = [Markup.empty("path", ["class": "reference", "d": path(ends)])]
    let most = Double(calibration.bins.map(\.rows).max() ?? 1)
    for bin in calibration.bins {
      let (left, right) = (frame.placeX(bin.low), frame.placeX(bin.high))
      let height = 46 * Double(bin.rows) / most
      parts.append(
        .empty(
          "rect",
          [
            "class": "bar faint", "x": coordinate(left + 1),
            "y": coordinate(frame.bottom - height), "width": coordinate(right - left - 2),
            "height": coordinate(height),
          ]))
    }
    let places = calibration.bins.map { (frame.placeX($0.predicted), frame.placeY($0.observed)) }
    parts.append(.empty("path", ["class": "line s0", "d": path(places.map { ($0.0, $0.1) })]))
    for (bin, place) in zip(calibration.bins, places) {
      let words = """
        \(percent(bin.low)) to \(percent(bin.high)): \(bin.rows) rows, \
        \(percent(bin.predicted)) on average, true of \(percent(bin.observed))
        """
      let low = frame.placeY(bin.interval.lowerBound)
      let high = frame.placeY(bin.interval.upperBound)
      parts.append(
        Markup(
          "g", [:],
          Markup("title", [:], words)
            + .empty("path", ["class": "whisker", "d": path([(place.0, low), (place.0, high)])])
            + .empty(
              "circle",
              [
                "class": "dot s0", "cx": coordinate(place.0), "cy": coordinate(place.1),
                "r": "4",
              ])))
    }
    return frame.drawing(words, parts)
  }
}

/// A share as a percentage: "93.1 %".
func percent(_ share: Double) -> String {
  guard share.isFinite else { return "–" }
  let tenths = Int((share * 1000).rounded())
  return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(abs(tenths % 10)) %"
}
