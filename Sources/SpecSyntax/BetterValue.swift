extension TypeDescription {
  /// What the author of a value of the wrong kind must have meant, where that is plain to see, and
  /// whether nothing else can be meant.
  func better(than scalar: Scalar) -> (text: String, isCertain: Bool)? {
    let text = scalar.text
    switch self {
    case .boolean: return Self.boolean(text).map { ($0, true) }
    case .integer: return Self.integer(text)
    case .number: return Self.number(text)
    case .list: return Self.list(text).map { ($0, false) }
    case .auto(let type), .optional(let type): return type.better(than: scalar)
    case .either(let first, let second):
      return first.better(than: scalar) ?? second.better(than: scalar)
    case .share, .text, .choice, .anything, .map, .section, .variant: return nil
    }
  }

  private static func boolean(_ text: String) -> String? {
    switch text.lowercased() {
    case "yes", "on", "y", "1", "true": "true"
    case "no", "off", "n", "0", "false": "false"
    default: nil
    }
  }

  private static func integer(_ text: String) -> (text: String, isCertain: Bool)? {
    if let value = CoreScalar.number(text), value == value.rounded(), abs(value) < 1e15 {
      return (String(Int(value)), true)
    }
    return old(text).flatMap { CoreScalar.integer($0.text) == nil ? nil : $0 }
  }

  private static func number(_ text: String) -> (text: String, isCertain: Bool)? {
    let percent = text.hasSuffix("%") ? CoreScalar.number(String(text.dropLast())) : nil
    if let percent { return (numberText((percent * 1e10).rounded() / 1e12), false) }
    return old(text)
  }

  /// `1_000` and `0b101`, which YAML 1.2 does not know; not `1:30`, which nobody means as 90.
  private static func old(_ text: String) -> (text: String, isCertain: Bool)? {
    guard !text.contains(":"), case .number(let value) = OldScalar(text) else { return nil }
    return (numberText(value), true)
  }

  /// `(64, 32)`, `64, 32` and `"[64, 32]"` as a list of numbers.
  static func list(_ text: String) -> String? {
    let inner = text.drop { $0 == "(" || $0 == "[" }
    let bare = inner.prefix { $0 != ")" && $0 != "]" }
    let isClosed = inner.dropFirst(bare.count).allSatisfy { $0 == ")" || $0 == "]" }
    let parts = bare.split(separator: ",").map { $0.filter { $0 != " " } }
    let isList = bare.count < text.count || (parts.count > 1 && bare.contains(", "))
    guard isList, isClosed, !parts.isEmpty, parts.allSatisfy({ CoreScalar.number($0) != nil })
    else { return nil }
    return "[" + parts.joined(separator: ", ") + "]"
  }
}
