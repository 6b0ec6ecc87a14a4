/// Dots of which several make one character.
struct DotCanvas {
  let cells: Int
  let rows: Int
  let dots: (across: Int, down: Int)
  let look: TerminalLook
  /// For every cell the dots that are set, bit by bit, and whose they are.
  private var masks: [UInt8]
  private var inks: [TerminalLook.Ink]

  init(cells: Int, rows: Int, look: TerminalLook) {
    dots = look.characters == .unicode ? (across: 2, down: 4) : (across: 1, down: 1)
    (self.cells, self.rows, self.look) = (cells, rows, look)
    masks = Array(repeating: 0, count: cells * rows)
    inks = Array(repeating: .plain, count: cells * rows)
  }

  /// The row of characters in which a height from 0 to 1 lies.
  func row(of height: Double) -> Int { dot(of: height) / dots.down }

  private func dot(of height: Double) -> Int {
    let last = Double(rows * dots.down - 1)
    return Int(((1 - min(max(height, 0), 1)) * last).rounded())
  }

  /// How many columns of dots there are.
  var columns: Int { cells * dots.across }

  /// Draws a line through heights from 0 to 1, one for each column of dots; nil leaves a gap.
  mutating func draw(_ heights: [Double?], _ ink: TerminalLook.Ink) {
    var previous: Int?
    for (column, height) in heights.enumerated() {
      guard let height else {
        previous = nil
        continue
      }
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
    case .ascii:
      switch ink {
      case .training: return "."
      case .validation: return "*"
      case .done: return "+"
      case .plain, .secondary: return "o"
      }
    }
  }
}
