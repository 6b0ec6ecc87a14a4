/// Lines of progress that are redrawn in place.
///
/// While the block is open the cursor rests at its upper left corner and what lies below it is the
/// block. So a frame is drawn over the last one whatever became of its lines when the terminal was
/// made narrower, and the cursor never has to be hidden, nor brought back.
struct ProgressBlock {
  /// How many lines of the block are on the terminal.
  private var openLines = 0
  private var lastSize: TerminalSize?

  /// Draws the lines for the size that the terminal has.
  mutating func draw(_ frame: (TerminalSize) -> [String]) {
    let size = Console.terminalSize
    let lines = frame(size)
    // Lines that a terminal broke when it became narrower would be joined again otherwise.
    var text = size == lastSize ? "\r" : "\r\u{1B}[J"
    lastSize = size
    text += lines.joined(separator: "\u{1B}[K\n\r") + "\u{1B}[K\u{1B}[J\r"
    if lines.count > 1 { text += "\u{1B}[\(lines.count - 1)A" }
    if openLines == 0 { Interruption.noteBlock(isOpen: true) }
    openLines = lines.count
    Console.progress(text)
  }

  /// Leaves the block where it is and goes on below it.
  mutating func leave() {
    guard openLines > 0 else { return }
    Console.progress(String(repeating: "\n", count: openLines) + "\r")
    close()
  }

  /// Takes the block away.
  mutating func clear() {
    guard openLines > 0 else { return }
    Console.progress("\r\u{1B}[J")
    close()
  }

  private mutating func close() {
    openLines = 0
    Interruption.noteBlock(isOpen: false)
  }
}
