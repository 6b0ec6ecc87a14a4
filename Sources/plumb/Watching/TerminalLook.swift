/// What a terminal can show: which characters, and whether in colour.
struct TerminalLook: Hashable, Sendable {
  /// The characters that may be used.
  enum Characters: Sendable {
    /// Nothing beyond ASCII.
    case ascii
    /// Lines and braille, where the locale is UTF-8.
    case unicode
  }

  /// What a piece of text is, which decides its colour.
  enum Ink: Sendable {
    case plain, done, secondary, training, validation
  }

  var characters: Characters
  var isColoured: Bool

  /// What the environment tells of a terminal.
  ///
  /// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that says anything names the characters; the
  /// console of Linux itself has no braille.
  init(isColoured: Bool, environment: (String) -> String?) {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let locale = names.compactMap(environment).first { !$0.isEmpty } ?? ""
    let letters = locale.lowercased().filter { $0 != "-" }
    let hasUnicode = letters.hasSuffix("utf8") || letters.contains("utf8@")
    characters = hasUnicode && environment("TERM") != "linux" ? .unicode : .ascii
    self.isColoured = isColoured
  }

  init(_ characters: Characters, isColoured: Bool = false) {
    (self.characters, self.isColoured) = (characters, isColoured)
  }

  /// `text` in the colour of its ink.
  func paint(_ text: String, _ ink: Ink) -> String {
    guard isColoured, !text.isEmpty else { return text }
    let code: String
    switch ink {
    case .plain: return text
    case .done: code = "32"
    case .secondary: code = "2"
    case .training: code = "36"
    case .validation: code = "33"
    }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

/// The size of a terminal in characters.
struct TerminalSize: Hashable, Sendable {
  var columns: Int
  var rows: Int

  /// The cursor rests in it while a frame is shown.
  private static let margin = "  "

  /// How wide the lines of a frame may be.
  var frameWidth: Int { max(1, columns - 1 - Self.margin.count) }

  /// The lines of a frame as they are drawn: as many as there is room for.
  func framed(_ lines: [String]) -> [String] {
    lines.prefix(max(1, rows - 1)).map { (columns > 8 ? Self.margin : "") + $0 }
  }
}
