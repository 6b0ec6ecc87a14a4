extension FieldType where Value == Node {
  /// Any value as it was written, which something else reads in another place.
  public static var anything: FieldType {
    FieldType(
      placeholder: Node(.scalar(Scalar("")), range: .none), describe: { .anything },
      read: { node, _, _ in node }, show: { JSONValue($0).yamlText })
  }
}

extension FieldType where Value == [Node] {
  /// A list of any values; nothing else stands for one of a single value.
  public static var values: FieldType {
    FieldType(
      placeholder: [], describe: { .list(.anything) },
      read: { node, path, session in
        if let items = node.sequence { return items }
        session.report(.wrongType(node, wanted: .list(.anything), path: path))
        return nil
      },
      show: { "[" + $0.map { JSONValue($0).yamlText }.joined(separator: ", ") + "]" })
  }
}

extension FieldType {
  /// A list of exactly two.
  public static func pair<Item>(of item: FieldType<Item>) -> FieldType
  where Value == [Located<Item>] {
    let list = FieldType<[Located<Item>]>.list(of: item.located)
    return FieldType(
      placeholder: [item.placeholder, item.placeholder].map { Located(wrappedValue: $0) },
      describe: list.describe,
      read: { node, path, session in
        guard let items = node.sequence else {
          session.report(.wrongType(node, wanted: list.describe(), path: path))
          return nil
        }
        guard items.count == 2 else {
          session.report(
            .outOfRange(
              node, value: "a list of \(items.count)", wanted: "a list of 2", path: path))
          return nil
        }
        return list.read(node, path, session)
      },
      show: list.show)
  }
}

extension JSONValue {
  /// The value that a node of YAML has in the core schema.
  public init(_ node: Node) {
    if let items = node.sequence {
      self = .array(items.map { JSONValue($0) })
    } else if let mapping = node.mapping {
      self = .object(mapping.entries.map { Member($0.name, JSONValue($0.value)) })
    } else {
      self.init(node.scalar ?? Scalar(""))
    }
  }

  private init(_ scalar: Scalar) {
    guard scalar.style == .plain else {
      self = .string(scalar.text)
      return
    }
    if let value = CoreScalar.boolean(scalar.text) {
      self = .bool(value)
    } else if let value = CoreScalar.number(scalar.text) {
      self.init(number: value)
    } else {
      self = scalar.isNull ? .null : .string(scalar.text)
    }
  }

  /// A number, without a fraction where it is whole.
  public init(number: Double) {
    self = Int(exactly: number).map { .integer($0) } ?? .number(number)
  }

  /// The value in flow style, as a spec can have it after a colon.
  public var yamlText: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): numberText(value)
    case .string(let text): JSONValue(Scalar(text)) == self ? scalarText(text) : quotedText(text)
    case .array(let items): "[" + items.map(\.yamlText).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { "\(scalarText($0.name)): \($0.value.yamlText)" }
        .joined(separator: ", ") + "}"
    }
  }
}
