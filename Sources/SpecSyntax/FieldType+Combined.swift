extension FieldType {
  /// One of an enumeration's cases, each with its documentation.
  public static func choice(_ choices: [(name: String, value: Value, doc: String)]) -> FieldType
  where Value: Equatable {
    precondition(!choices.isEmpty, "a choice needs something to choose from")
    return FieldType(
      placeholder: choices[0].value,
      describe: { .choice(choices.map { .init($0.name, $0.doc) }) },
      read: { node, path, session in
        if let text = node.scalar?.text, let choice = choices.first(where: { $0.name == text }) {
          return choice.value
        }
        _ = session.name(node, path, among: choices.map(\.name), kind: nil)
        return nil
      },
      show: { value in choices.first { $0.value == value }?.name ?? "" })
  }

  /// A list of items; a single item may stand for a list of one.
  ///
  /// Of a list that is longer than `limit` one item more is read, which shows that it is.
  public static func list<Item>(
    of item: FieldType<Item>, limit: Int = Int.max - 1
  ) -> FieldType where Value == [Item] {
    FieldType(
      placeholder: [],
      describe: { .list(item.describe()) },
      read: { node, path, session in
        guard let items = node.sequence else {
          if let scalar = node.scalar, scalar.isNull || isNumberList(scalar, of: item) {
            session.report(.wrongType(node, wanted: .list(item.describe()), path: path))
            return nil
          }
          return item.read(node, path, session).map { [$0] }
        }
        var isWhole = true
        var values: [Item] = []
        for (index, child) in items.prefix(limit + 1).enumerated() {
          guard !session.log.isFull else { return nil }
          if let value = item.read(child, path.index(index), session) {
            values.append(value)
          } else {
            isWhole = false
          }
        }
        return isWhole ? values : nil
      },
      show: { "[" + $0.map(item.show).joined(separator: ", ") + "]" })
  }

  /// Whether a text is several numbers, as in `(64, 32)`, where numbers are wanted.
  private static func isNumberList<Item>(_ scalar: Scalar, of item: FieldType<Item>) -> Bool {
    guard TypeDescription.list(scalar.text) != nil else { return false }
    switch item.describe() {
    case .integer, .number, .share, .either: return true
    default: return false
    }
  }

  /// A mapping from names the author chooses, in the order written.
  public static func map<Item>(of item: FieldType<Item>) -> FieldType
  where Value == [NamedValue<Item>] {
    FieldType(
      placeholder: [],
      describe: { .map(item.describe()) },
      read: { node, path, session in
        guard let mapping = node.mapping else {
          session.report(.wrongType(node, wanted: .map(item.describe()), path: path))
          return nil
        }
        return mapping.entries.compactMap { entry in
          guard !session.log.isFull else { return nil }
          return session.read(entry.value, as: item, path: path.key(entry.name)).map {
            NamedValue(name: entry.name, nameRange: entry.key.range, value: $0)
          }
        }
      },
      show: { values in
        "{" + values.map { "\(scalarText($0.name)): \(item.show($0.value))" }
          .joined(separator: ", ") + "}"
      })
  }

  /// A list of names, each standing for `bare`, or a mapping from names to items.
  public static func namedList<Item>(
    of item: FieldType<Item>, bare: Item, _ what: String
  ) -> FieldType where Value == [NamedValue<Item>] {
    let map = FieldType.map(of: item)
    let names = FieldType<[String]>.list(of: .text(what))
    return FieldType(
      placeholder: [],
      describe: { .either(names.describe(), map.describe()) },
      read: { node, path, session in
        guard node.mapping == nil, let items = node.sequence else {
          return map.read(node, path, session)
        }
        guard let values = names.read(node, path, session) else { return nil }
        return zip(items, values).map {
          NamedValue(name: $1, nameRange: $0.range, value: bare)
        }
      },
      show: map.show)
  }

  /// The first type for scalars, the second for mappings and lists.
  public static func scalarOr<First, Second>(
    _ first: FieldType<First>, _ second: FieldType<Second>,
    first makeFirst: @escaping @Sendable (First) -> Value,
    second makeSecond: @escaping @Sendable (Second) -> Value,
    show: @escaping @Sendable (Value) -> String
  ) -> FieldType {
    FieldType(
      placeholder: makeFirst(first.placeholder),
      describe: { .either(first.describe(), second.describe()) },
      read: { node, path, session in
        if node.scalar != nil { return first.read(node, path, session).map(makeFirst) }
        return second.read(node, path, session).map(makeSecond)
      },
      show: show)
  }

  /// This type, or `auto`.
  public var orAuto: FieldType<Setting<Value>> {
    FieldType<Setting<Value>>(
      placeholder: .auto,
      describe: { .auto(describe()) },
      read: { node, path, session in
        if node.isAuto { return .auto }
        return read(node, path, session).map { .value($0) }
      },
      show: { $0.value.map(show) ?? "auto" })
  }

  /// This type, each value with its place.
  public var located: FieldType<Located<Value>> {
    FieldType<Located<Value>>(
      placeholder: Located(wrappedValue: placeholder),
      describe: describe,
      read: { node, path, session in
        read(node, path, session).map {
          Located(wrappedValue: $0, at: node.range, isWritten: !node.isDecided)
        }
      },
      show: { show($0.wrappedValue) })
  }

  /// This type, or `none` or an empty value.
  public var orNone: FieldType<Value?> {
    FieldType<Value?>(
      placeholder: nil,
      describe: { .optional(describe()) },
      read: { node, path, session in
        if node.isNone { return .some(.none) }
        return read(node, path, session).map { .some($0) }
      },
      show: { $0.map(show) ?? "none" })
  }
}

extension FieldType where Value: FieldReadable {
  /// A mapping with declared fields. Where `scalarIsKey`, a bare word stands for a mapping
  /// with that key alone; a list stands for one with the key `listKey` alone.
  public static func section(
    scalarIsKey: Bool = false, listKey: String? = nil, show: @escaping @Sendable (Value) -> String
  ) -> FieldType {
    FieldType(
      placeholder: Value.atDefaults,
      describe: {
        let fields = FieldReader.describe(Value.self)
        guard let item = fields.first(where: { $0.name == listKey }) else {
          return .section(fields)
        }
        return .either(item.type.required, .section(fields))
      },
      read: { node, path, session in
        var node = node
        if scalarIsKey, node.scalar != nil { node = node.asKeyAlone }
        if let listKey, node.sequence != nil { node = node.standing(for: listKey) }
        guard node.mapping != nil else {
          session.report(
            .wrongType(node, wanted: .section(FieldReader.describe(Value.self)), path: path))
          return nil
        }
        var reader = FieldReader(node: node, at: node.range, path: path, session: session)
        let value = Value(reading: &reader)
        reader.finish { _ = Value(reading: &$0) }
        return value
      },
      show: show)
  }
}

extension FieldReadable {
  /// A section with every field at its default.
  fileprivate static var atDefaults: Self {
    var reader = FieldReader.describing()
    return Self(reading: &reader)
  }
}

/// An entry of a mapping whose keys the author chooses.
public struct NamedValue<Value: Sendable>: Sendable {
  public var name: String
  public var nameRange: SourceRange
  public var value: Value

  public init(name: String, nameRange: SourceRange = .none, value: Value) {
    self.name = name
    self.nameRange = nameRange
    self.value = value
  }
}

extension NamedValue: Equatable where Value: Equatable {}

extension Node {
  /// Whether this is the word `auto`.
  var isAuto: Bool { scalar?.text == "auto" }

  /// Whether this is the word `none` or an empty value.
  var isNone: Bool { scalar.map { $0.isNull || $0.text == "none" } ?? false }

  /// The mapping `{key: value}` for this value.
  func standing(for key: String) -> Node {
    let entry = Mapping.Entry(key: Node(.scalar(Scalar(key)), range: range), value: self)
    return Node(.mapping(Mapping([entry])), range: range)
  }

  /// The mapping `{text: }` for a scalar node `text`.
  var asKeyAlone: Node {
    let end = SourceRange(source: range.source, lower: range.upper, upper: range.upper)
    let empty = Node(.scalar(Scalar("")), range: end)
    return Node(.mapping(Mapping([.init(key: resolved, value: empty)])), range: range)
  }
}
