#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The curves of both losses as a few lines of characters, with the range on the left.
struct LossPlot {
  let training: LossCurve
  let validation: LossCurve

  private typealias Series = (name: String, ink: TerminalLook.Ink, values: [Double])

  /// Above this ratio of the greatest loss to the least the scale is logarithmic, which is said.
  private static let greatestLinearRatio = 20.0
  private static let widestCells = 48

  /// The plot in so many rows and at most so many columns; empty where it would show nothing.
  func lines(columns: Int, rows: Int, look: TerminalLook) -> [String] {
    guard max(training.values.count, validation.values.count) > 1, rows >= 2 else { return [] }
    let all = training.values + validation.values
    guard let least = all.min(), let greatest = all.max(), greatest > least else { return [] }
    let isLogarithmic = least > 0 && greatest / least > Self.greatestLinearRatio
    var labels = [String](repeating: "", count: rows)
    labels[0] = steadyFigure(greatest)
    labels[rows - 1] = steadyFigure(least)
    if isLogarithmic, rows > 2 { labels[rows / 2] = "log" }
    let labelWidth = labels.map(\.count).max() ?? 0
    let names = ["training", "validation"]
    let room = columns - labelWidth - 4 - (names.map(\.count).max() ?? 0)
    guard room >= 8 else { return [] }
    let cells = min(room, Self.widestCells)
    let dots = look.characters == .unicode ? (across: 2, down: 4) : (across: 1, down: 1)
    func height(_ value: Double) -> Double {
      isLogarithmic
        ? (log(value) - log(least)) / (log(greatest) - log(least))
        : (value - least) / (greatest - least)
    }
    var canvas = DotCanvas(cells: cells, rows: rows, dots: dots, look: look)
    var ends: [Int: (name: String, ink: TerminalLook.Ink)] = [:]
    let series: [Series] = [
      (names[0], .training, training.sampled(at: cells * dots.across)),
      (names[1], .validation, validation.sampled(at: cells * dots.across)),
    ]
    for (name, ink, values) in series where values.count > 1 {
      canvas.draw(values.map(height), ink)
      var row = canvas.row(of: height(values[values.count - 1]))
      // Both may end in one row; the second name then moves to the nearest free one.
      if ends[row] != nil { row += row + 1 < rows ? 1 : -1 }
      ends[row] = (name, ink)
    }
    return (0..<rows).map { row in
      let label = String(repeating: " ", count: labelWidth - labels[row].count) + labels[row]
      let end = ends[row].map { "  " + look.paint($0.name, $0.ink) } ?? ""
      return look.paint(label, .secondary) + "  " + canvas.line(row) + end
    }
  }
}

/// Dots of which several make one character.
private struct DotCanvas {
  let cells: Int
  let rows: Int
  let dots: (across: Int, down: Int)
  let look: TerminalLook
  /// For every cell the dots that are set, bit by bit, and whose they are.
  private var masks: [UInt8]
  private var inks: [TerminalLook.Ink]

  init(cells: Int, rows: Int, dots: (across: Int, down: Int), look: TerminalLook) {
    (self.cells, self.rows, self.dots, self.look) = (cells, rows, dots, look)
    masks = Array(repeating: 0, count: cells * rows)
    inks = Array(repeating: .plain, count: cells * rows)
  }

  /// The row of characters in which a height from 0 to 1 lies.
  func row(of height: Double) -> Int { dot(of: height) / dots.down }

  private func dot(of height: Double) -> Int {
    let last = Double(rows * dots.down - 1)
    return Int(((1 - min(max(height, 0), 1)) * last).rounded())
  }

  /// Draws a line through heights from 0 to 1, one for each column of dots.
  mutating func draw(_ heights: [Double], _ ink: TerminalLook.Ink) {
    var previous: Int?
    for (column, height) in heights.enumerated() {
      let dot = dot(of: height)
      // What lies between is filled, so that a steep curve stays a line.
      let from = previous.map { $0 < dot ? $0 + 1 : $0 > dot ? $0 - 1 : dot } ?? dot
      for y in min(from, dot)...max(from, dot) {
        let cell = y / dots.down * cells + column / dots.across
        masks[cell] |= bit(x: column % dots.across, y: y % dots.down)
        inks[cell] = ink
      }
      previous = dot
    }
  }

  /// The bit of a dot, as the braille characters of Unicode number them.
  private func bit(x: Int, y: Int) -> UInt8 {
    y < 3 ? 1 << UInt8(3 * x + y) : 1 << UInt8(6 + x)
  }

  /// A row of characters, coloured in runs.
  func line(_ row: Int) -> String {
    var line = ""
    var (run, ink) = ("", TerminalLook.Ink.plain)
    for cell in (row * cells)..<((row + 1) * cells) {
      if inks[cell] != ink {
        line += look.paint(run, ink)
        (run, ink) = ("", inks[cell])
      }
      run.unicodeScalars.append(character(masks[cell], inks[cell]))
    }
    return line + look.paint(run, ink)
  }

  private func character(_ mask: UInt8, _ ink: TerminalLook.Ink) -> Unicode.Scalar {
    guard mask != 0 else { return " " }
    switch look.characters {
    case .unicode: return Unicode.Scalar(0x2800 + UInt32(mask)) ?? " "
    case .ascii: return ink == .training ? "." : "*"
    }
  }
}
