/// How findings are shown to people.
public struct TextStyle: Hashable, Sendable {
  /// Whether to colour with terminal codes.
  public var color: Bool
  /// Excerpt lines that are wider than this are cut around what they show.
  public var width: Int

  public init(color: Bool = false, width: Int = 140) {
    self.color = color
    self.width = max(width, 40)
  }

  /// Without colour, for files and logs.
  public static let plain = TextStyle()

  /// What a piece of a report is, which decides its colour.
  public enum Role: Sendable {
    case level(Level)
    case strong
    case frame
    case secondary
    case help
    case removed
    case added
  }

  /// `text` in the colour of its role.
  public func paint(_ text: String, _ role: Role) -> String {
    guard color, !text.isEmpty else { return text }
    let code =
      switch role {
      case .level(.error): "1;31"
      case .level(.warning): "1;33"
      case .level(.advice): "1;36"
      case .strong: "1"
      case .frame, .secondary: "1;34"
      case .help: "1;36"
      case .removed: "31"
      case .added: "32"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
