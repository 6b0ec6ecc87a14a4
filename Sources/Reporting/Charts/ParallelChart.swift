/// Tries as threads over an axis for each searched value and one for what came of them.
struct ParallelChart {
  struct Axis {
    var name: String
    var scale: Scale
  }

  /// A try: its number on each axis; nil where it has none.
  struct Thread {
    var values: [Double?]
    /// 0 for the best, 1 for the worst.
    var rank: Double
  }

  var axes: [Axis]
  var threads: [Thread]

  private static let axisGap = 96.0
  private static let (top, bottom) = (44.0, 276.0)

  var width: Double { 150 + Self.axisGap * Double(max(1, axes.count - 1)) }

  /// The chart; `words` says what it shows. The best lie on top.
  func drawing(_ words: String) -> Markup {
    var parts: [Markup] = []
    for thread in threads.sorted(by: { $0.rank > $1.rank }) { parts.append(drawn(thread)) }
    for (index, axis) in axes.enumerated() { parts.append(drawn(axis, x(index), index)) }
    return Markup(
      "svg",
      [
        "class": "chart threads", "viewBox": "0 0 \(coordinate(width)) 300", "role": "img",
        "aria-label": words,
        "style": "min-width:\(coordinate(width * 0.8))px;max-width:\(coordinate(width * 1.3))px",
      ], parts.joined)
  }

  private func x(_ index: Int) -> Double { 75 + Self.axisGap * Double(index) }

  private func y(_ value: Double, _ scale: Scale) -> Double {
    Self.bottom - scale.place(value) * (Self.bottom - Self.top)
  }

  private func drawn(_ thread: Thread) -> Markup {
    // A value that is not there leaves a gap.
    var (pieces, piece): ([[(x: Double, y: Double)]], [(x: Double, y: Double)]) = ([], [])
    for (index, value) in thread.values.enumerated() {
      if let value {
        piece.append((x(index), y(value, axes[index].scale)))
      } else {
        pieces.append(piece)
        piece = []
      }
    }
    pieces.append(piece)
    let kind = thread.rank <= 0.1 ? "thread best" : thread.rank <= 0.4 ? "thread good" : "thread"
    return .empty(
      "path", ["class": kind, "d": pieces.filter { $0.count > 1 }.map(path).joined()])
  }

  private func drawn(_ axis: Axis, _ x: Double, _ index: Int) -> Markup {
    let place = coordinate(x)
    var parts = [
      Markup.empty(
        "line",
        [
          "class": "axis", "x1": place, "x2": place, "y1": coordinate(Self.top),
          "y2": coordinate(Self.bottom),
        ]),
      Markup(
        "text",
        ["class": "name", "x": place, "y": index % 2 == 0 ? "12" : "28", "text-anchor": "middle"],
        Markup("title", [:], axis.name) + Markup(shortened(axis.name, to: 24))),
    ]
    for tick in axis.scale.ticks {
      parts.append(
        Markup(
          "text",
          ["class": "halo", "x": coordinate(x + 4), "y": coordinate(y(tick.value, axis.scale) + 4)],
          tick.label))
    }
    return parts.joined
  }
}
