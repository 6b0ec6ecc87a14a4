/// A value as YAML text or as nodes, for what the program itself writes into a spec.
public indirect enum PlainValue: Sendable, Hashable {
  case scalar(String)
  case list([PlainValue])
  case map([Entry])

  public struct Entry: Sendable, Hashable {
    public var key: String
    public var value: PlainValue

    public init(_ key: String, _ value: PlainValue) {
      self.key = key
      self.value = value
    }
  }

  public static func number(_ value: Double) -> PlainValue { .scalar(numberText(value)) }
  public static func integer(_ value: Int) -> PlainValue { .scalar(String(value)) }
  public static func name(_ text: String) -> PlainValue { .scalar(text) }

  /// The value in flow style, as it can stand after a colon.
  public var text: String {
    switch self {
    case .scalar(let text): scalarText(text)
    case .list(let items): "[" + items.map(\.text).joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { "\(scalarText($0.key)): \($0.value.text)" }.joined(separator: ", ") + "}"
    }
  }

  /// The value as a tree whose nodes all stand at `range`.
  public func node(at range: SourceRange) -> Node { node(at: range, isDecided: false) }

  /// The same tree as something that the program decided, and nobody wrote.
  public func decidedNode(at range: SourceRange) -> Node { node(at: range, isDecided: true) }

  private func node(at range: SourceRange, isDecided: Bool) -> Node {
    let content: Node.Content
    switch self {
    case .scalar(let text): content = .scalar(Scalar(text))
    case .list(let items):
      content = .sequence(items.map { $0.node(at: range, isDecided: isDecided) })
    case .map(let entries):
      content = .mapping(
        Mapping(
          entries.map { entry in
            Mapping.Entry(
              key: Node(.scalar(Scalar(entry.key)), range: range),
              value: entry.value.node(at: range, isDecided: isDecided))
          }))
    }
    return Node(content, range: range, isDecided: isDecided)
  }
}

/// A number as a spec shows it: the shortest text that reads back to the same value.
public func numberText(_ value: Double) -> String {
  if value.isNaN { return ".nan" }
  if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A scalar as YAML text: plain where every reader takes it for the same text, else quoted.
public func scalarText(_ text: String) -> String {
  let isNumberLike = text.utf8.first.map { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2B } ?? false
  let isPlain = text.utf8.enumerated().allSatisfy { index, byte in
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x5F, 0x30...0x39, 0x2F: true
    case 0x2D, 0x2E: true
    case 0x20, 0x28, 0x29, 0x2B, 0x25: index > 0
    case 0x80...: true
    default: false
    }
  }
  let isNumber = CoreScalar.number(text) != nil
  let isReserved = reservedScalars.contains(text.lowercased())
  let mayStandPlain = isPlain && !text.hasSuffix(" ") && !isReserved
  if mayStandPlain, isNumber || !isNumberLike || text.hasSuffix("%") { return text }
  return quotedText(text)
}

/// Plain texts that some reader takes for something else.
private let reservedScalars: Set<String> = [
  "", "~", "null", "yes", "no", "on", "off", "y", "n", "=", "<<", "-",
]

/// A scalar in double quotes with the escapes of YAML, which here are those of JSON.
public func quotedText(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
      let digits = String(scalar.value, radix: 16)
      result += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
