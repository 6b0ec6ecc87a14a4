/// A member of a family that a spec chooses by name: an operation, a loss, an optimiser.
public struct Variant<Value: Sendable>: Sendable {
  public let name: String
  /// One sentence on what it does.
  public let summary: String
  /// The field that a bare value sets: `dropout: 0.2` sets `rate`.
  public let shorthand: String?
  let read: @Sendable (inout FieldReader) -> Value

  public init(
    _ name: String, summary: String, shorthand: String? = nil,
    read: @escaping @Sendable (inout FieldReader) -> Value
  ) {
    self.name = name
    self.summary = summary
    self.shorthand = shorthand
    self.read = read
  }

  /// Name, summary and fields, for help.
  public var description: TypeDescription.VariantDescription {
    var reader = FieldReader.describing()
    _ = read(&reader)
    return .init(
      name: name, summary: summary, shorthand: shorthand, fields: reader.descriptions)
  }

  /// The member with every field at its default.
  public var atDefaults: Value {
    var reader = FieldReader.describing()
    return read(&reader)
  }

  /// Reads the fields of this member from the value that stands after its name, which is at
  /// `range`, and says whether there are any.
  func value(
    of node: Node, at range: SourceRange, path: SpecPath, session: ReadingSession
  ) -> (value: Value, hasFields: Bool) {
    var fieldsNode: Node? = node
    if node.scalar?.isNull == true {
      fieldsNode = nil
    } else if node.mapping == nil, let shorthand {
      fieldsNode = node.standing(for: shorthand)
    } else if node.mapping == nil {
      session.report(
        .wrongType(node, wanted: .section(description.fields), path: path))
      fieldsNode = nil
    }
    var reader = FieldReader(node: fieldsNode, at: range, path: path, session: session)
    let value = read(&reader)
    reader.finish { _ = read(&$0) }
    return (value, reader.claims.askedCount > 0)
  }
}

extension FieldType {
  /// One of a family: its bare name, or a mapping `{name: fields}`.
  public static func variant(
    _ kind: String, _ variants: [Variant<Value>], show: @escaping @Sendable (Value) -> String
  ) -> FieldType {
    precondition(!variants.isEmpty, "a family needs a member")
    return FieldType(
      placeholder: variants[0].atDefaults,
      describe: { .variant(kind: kind, variants.map(\.description)) },
      read: { node, path, session in
        if node.scalar != nil {
          let names = variants.map(\.name)
          guard
            let name = session.name(node, path, among: names, kind: kind),
            let variant = variants.first(where: { $0.name == name })
          else { return nil }
          session.record(path, at: node.range, text: name)
          let end = node.range.upper
          let empty = Node(
            .scalar(Scalar("")),
            range: SourceRange(source: node.range.source, lower: end, upper: end))
          return variant.value(
            of: empty, at: node.range, path: path.key(name), session: session
          ).value
        }
        guard node.mapping != nil else {
          session.report(
            .wrongType(
              node, wanted: .variant(kind: kind, variants.map(\.description)), path: path))
          return nil
        }
        var reader = FieldReader(node: node, at: node.range, path: path, session: session)
        let value = reader.variantKey(kind, variants, isAlone: true)
        reader.finish { _ = $0.variantKey(kind, variants, isAlone: true) }
        return value
      },
      show: show)
  }
}
