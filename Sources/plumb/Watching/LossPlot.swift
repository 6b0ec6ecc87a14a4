#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One or two curves as a few lines of characters, with the range on the left.
struct LossPlot {
  /// A curve with the name that stands at its end.
  struct Series {
    var name: String
    var ink: TerminalLook.Ink
    var curve: LossCurve
  }

  let series: [Series]

  init(_ series: [Series]) { self.series = series }

  init(training: LossCurve, validation: LossCurve) {
    series = [
      Series(name: "training", ink: .training, curve: training),
      Series(name: "validation", ink: .validation, curve: validation),
    ]
  }

  /// Above this ratio of the greatest loss to the least the scale is logarithmic, which is said.
  private static let greatestLinearRatio = 20.0
  private static let widestCells = 48

  /// The plot in so many rows and at most so many columns; empty where it would show nothing.
  func lines(columns: Int, rows: Int, look: TerminalLook) -> [String] {
    guard series.contains(where: { $0.curve.values.count > 1 }), rows >= 2 else { return [] }
    let all = series.flatMap(\.curve.values)
    guard let least = all.min(), let greatest = all.max(), greatest > least else { return [] }
    let isLogarithmic = least > 0 && greatest / least > Self.greatestLinearRatio
    var labels = [String](repeating: "", count: rows)
    labels[0] = steadyFigure(greatest)
    labels[rows - 1] = steadyFigure(least)
    if isLogarithmic, rows > 2 { labels[rows / 2] = "log" }
    let labelWidth = labels.map(\.count).max() ?? 0
    let room = columns - labelWidth - 4 - (series.map(\.name.count).max() ?? 0)
    guard room >= 8 else { return [] }
    let cells = min(room, Self.widestCells)
    func height(_ value: Double) -> Double {
      isLogarithmic
        ? (log(value) - log(least)) / (log(greatest) - log(least))
        : (value - least) / (greatest - least)
    }
    var canvas = DotCanvas(cells: cells, rows: rows, look: look)
    var ends: [Int: (name: String, ink: TerminalLook.Ink)] = [:]
    for line in series {
      let values = line.curve.sampled(at: canvas.columns)
      guard values.count > 1 else { continue }
      canvas.draw(values.map(height), line.ink)
      var row = canvas.row(of: height(values[values.count - 1]))
      // Both may end in one row; the second name then moves to the nearest free one.
      if ends[row] != nil { row += row + 1 < rows ? 1 : -1 }
      ends[row] = (line.name, line.ink)
    }
    return (0..<rows).map { row in
      let label = String(repeating: " ", count: labelWidth - labels[row].count) + labels[row]
      let end = ends[row].map { "  " + look.paint($0.name, $0.ink) } ?? ""
      return look.paint(label, .secondary) + "  " + canvas.line(row) + end
    }
  }
}
