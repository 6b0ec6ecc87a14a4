/// Columns side by side over ranges, such as a histogram, with a line over them if asked.
struct ColumnChart {
  struct Column {
    var range: ClosedRange<Double>
    var value: Double
    /// Another figure of the same rows, drawn as a dot; nil for none.
    var dot: Double?
    var words: String
  }

  var columns: [Column]
  var xName: String
  var yName: String
  /// Equal columns with a number each, in place of ranges drawn to scale.
  var isNumbered = false

  /// The chart; `words` says what it shows.
  func drawing(_ words: String) -> Markup {
    var values: [Double] = columns.map(\.value)
    values += columns.compactMap(\.dot)
    let edges: [Double] = columns.flatMap { [$0.range.lowerBound, $0.range.upperBound] }
    let x = isNumbered ? Scale(numbered: columns.count) : Scale(edges)
    let frame = ChartFrame(
      x: x, y: Scale(values, includesZero: true), xName: xName, yName: yName)
    let zero = frame.placeY(0)
    var parts: [Markup] = []
    for (index, column) in columns.enumerated() {
      let (low, high) = ends(of: column, at: index)
      let (left, right) = (frame.placeX(low), frame.placeX(high))
      let top = frame.placeY(column.value)
      parts.append(
        Markup(
          "g", [:],
          Markup("title", [:], column.words)
            + .empty(
              "rect",
              [
                "class": "bar s0", "x": coordinate(left + 0.5), "y": coordinate(min(top, zero)),
                "width": coordinate(max(0.5, right - left - 1)),
                "height": coordinate(abs(zero - top)),
              ])))
      if let dot = column.dot {
        parts.append(
          .empty(
            "circle",
            [
              "class": "dot s1", "cx": coordinate((left + right) / 2),
              "cy": coordinate(frame.placeY(dot)), "r": "3.5",
            ]))
      }
    }
    return frame.drawing(words, parts)
  }

  /// Where a column begins and ends.
  private func ends(of column: Column, at index: Int) -> (Double, Double) {
    guard isNumbered else { return (column.range.lowerBound, column.range.upperBound) }
    return (Double(index) + 0.6, Double(index) + 1.4)
  }
}

extension Scale {
  /// An axis of places from 1 on, each with its number.
  init(numbered count: Int) {
    self.init(
      low: 0.4, high: Double(count) + 0.6,
      ticks: (1...max(1, count)).map { Tick(value: Double($0), label: "\($0)") })
  }
}
