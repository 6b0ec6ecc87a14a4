import SpecSyntax

/// Pieces of HTML and SVG, each well formed by construction: text and attributes are escaped here
/// and nowhere else.
struct Markup: Sendable {
  private(set) var text = ""

  /// Nothing.
  init() {}

  /// Words that are shown as they are.
  init(_ words: String) { text = Self.escaped(words) }

  /// Text that is markup already: a style sheet of ours.
  init(raw: String) { text = raw }

  /// An element with its attributes, in order, and what stands in it.
  init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: Markup) {
    text = "<\(name)\(Self.written(attributes))>\(content.text)</\(name)>"
  }

  /// An element with words in it.
  init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ words: String) {
    self.init(name, attributes, Markup(words))
  }

  /// An element without content.
  static func empty(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) -> Markup {
    Markup(raw: "<\(name)\(written(attributes))/>")
  }

  static func + (first: Markup, second: Markup) -> Markup {
    Markup(raw: first.text + second.text)
  }

  static func += (first: inout Markup, second: Markup) { first.text += second.text }

  private static func written(_ attributes: KeyValuePairs<String, String>) -> String {
    attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined()
  }

  /// Words without what markup would take for itself, and without control characters.
  private static func escaped(_ words: String) -> String {
    var result = ""
    for character in escapedForTerminal(words).unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}

extension [Markup] {
  /// All pieces one after the other, each on a line of its own.
  var joined: Markup { Markup(raw: map(\.text).joined(separator: "\n")) }
}

/// A coordinate with at most one digit after the point, so that files stay small and the same.
func coordinate(_ value: Double) -> String {
  guard value.isFinite else { return "0" }
  let tenths = Int((min(max(value, -1e7), 1e7) * 10).rounded())
  let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
  return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
}
