#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Points by two figures, such as predictions over what is true; many points become squares whose
/// shade tells how many lie there.
struct ScatterChart {
  var points: [(x: Double, y: Double)]
  var xName: String
  var yName: String
  /// What a perfect result would be.
  var reference: Reference

  enum Reference { case diagonal, zero }

  /// More points are counted in squares.
  static let mostPoints = 1_000
  private static let squares = 40

  /// Whether points are counted in squares.
  var isBinned: Bool { points.count > Self.mostPoints }

  /// The chart; `words` says what it shows.
  func drawing(_ words: String) -> Markup {
    let (xs, ys) = (points.map(\.x), points.map(\.y))
    let both = reference == .diagonal ? xs + ys : []
    let frame = ChartFrame(
      x: Scale(reference == .diagonal ? both : xs),
      y: Scale(reference == .diagonal ? both : ys, includesZero: reference == .zero),
      xName: xName, yName: yName, height: reference == .diagonal ? 340 : 260)
    let ends: [(x: Double, y: Double)] =
      switch reference {
      case .diagonal: [(frame.left, frame.bottom), (frame.right, frame.top)]
      case .zero: [(frame.left, frame.placeY(0)), (frame.right, frame.placeY(0))]
      }
    let line = Markup.empty("path", ["class": "reference", "d": path(ends)])
    return frame.drawing(words, (isBinned ? binned(frame) : dots(frame)) + [line])
  }

  private func dots(_ frame: ChartFrame) -> [Markup] {
    points.map {
      .empty(
        "circle",
        [
          "class": "point", "cx": coordinate(frame.placeX($0.x)),
          "cy": coordinate(frame.placeY($0.y)), "r": "2.4",
        ])
    }
  }

  private func binned(_ frame: ChartFrame) -> [Markup] {
    let count = Self.squares
    var rows = Array(repeating: 0, count: count * count)
    for point in points {
      let column = min(count - 1, Int(frame.x.place(point.x) * Double(count)))
      let row = min(count - 1, Int(frame.y.place(point.y) * Double(count)))
      rows[row * count + column] += 1
    }
    let most = log(Double(rows.max() ?? 1) + 1)
    let width = (frame.right - frame.left) / Double(count)
    let height = (frame.bottom - frame.top) / Double(count)
    return rows.enumerated().filter { $0.element > 0 }.map { index, found in
      let shade = (log(Double(found) + 1) / most * 20).rounded() / 20
      return .empty(
        "rect",
        [
          "class": "square", "x": coordinate(frame.left + Double(index % count) * width),
          "y": coordinate(frame.bottom - Double(index / count + 1) * height),
          "width": coordinate(width + 0.3), "height": coordinate(height + 0.3),
          "opacity": "\(max(0.1, shade))",
        ])
    }
  }
}
