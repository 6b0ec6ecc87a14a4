/// A JSON value whose members keep their order, so that the same report is always the same bytes.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Infinite numbers and NaN, which JSON does not have, are written as texts.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A name with its value.
  public struct Member: Sendable, Hashable {
    public var name: String
    public var value: JSONValue

    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// How the text is laid out.
  public enum Layout: Sendable {
    /// Everything on one line.
    case line
    /// A member or item on each line, indented by two blanks.
    case indented
  }

  /// The value as JSON text, without a line end.
  public func text(_ layout: Layout = .indented) -> String {
    var writer = JSONWriter(layout: layout)
    writer.write(self, depth: 0)
    return writer.text
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral values: JSONValue...) { self = .array(values) }
  /// Members in the order in which they are written.
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { Member($0, $1) })
  }
}

extension JSONValue: Encodable {
  /// Gives the value to an encoder, so that it can be part of a larger result.
  public func encode(to encoder: any Encoder) throws {
    var single = encoder.singleValueContainer()
    switch self {
    case .null: try single.encodeNil()
    case .bool(let value): try single.encode(value)
    case .integer(let value): try single.encode(value)
    case .number(let value): try single.encode(value)
    case .string(let value): try single.encode(value)
    case .array(let values): try single.encode(values)
    case .object(let members):
      try single.encode(
        Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }))
    }
  }
}

/// Writes JSON text.
private struct JSONWriter {
  let layout: JSONValue.Layout
  var text = ""

  mutating func write(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += "\(value)"
    case .number(let value): value.isFinite ? text += "\(value)" : write(string: "\(value)")
    case .string(let value): write(string: value)
    case .array(let values):
      list("[", "]", count: values.count, depth) { $0.write(values[$1], depth: depth + 1) }
    case .object(let members):
      list("{", "}", count: members.count, depth) { writer, index in
        writer.write(string: members[index].name)
        writer.text += writer.layout == .line ? ":" : ": "
        writer.write(members[index].value, depth: depth + 1)
      }
    }
  }

  private mutating func list(
    _ open: String, _ close: String, count: Int, _ depth: Int,
    item: (inout JSONWriter, Int) -> Void
  ) {
    text += open
    for index in 0..<count {
      if index > 0 { text += "," }
      newLine(depth + 1)
      item(&self, index)
    }
    if count > 0 { newLine(depth) }
    text += close
  }

  private mutating func newLine(_ depth: Int) {
    guard layout == .indented else { return }
    text += "\n" + String(repeating: "  ", count: depth)
  }

  private mutating func write(string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F || isUnsafeInLine(scalar):
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// Characters that some programs take for the end of a line or a change of direction.
  private func isUnsafeInLine(_ scalar: Unicode.Scalar) -> Bool {
    (0x80...0x9F).contains(scalar.value) || [0x2028, 0x2029].contains(scalar.value)
      || isBidirectionalControl(scalar)
  }
}
