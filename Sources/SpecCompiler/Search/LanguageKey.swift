import SpecSyntax

/// What the language says about the value at a path.
enum LanguageKey {
  /// Every key, described once.
  static let root = TypeDescription.section(FieldReader.describe(Spec.self))

  /// What the value at a path may be; nil where the language has no such key.
  static func type(at path: SpecPath) -> TypeDescription? {
    path.steps.reduce(Optional(root)) { $0?.type(below: $1) }
  }
}

extension TypeDescription {
  /// What stands one step below a value of this type; nil where nothing can.
  func type(below step: SpecPath.Step) -> TypeDescription? {
    switch (self, step) {
    case (.auto(let type), _), (.optional(let type), _): return type.type(below: step)
    case (.either(let first, let second), _):
      return first.type(below: step) ?? second.type(below: step)
    case (.list(let item), .index): return item
    case (.map(let item), .key): return item
    case (.section(let fields), .key(let name)):
      if let field = fields.first(where: { $0.name == name && !name.isEmpty }) { return field.type }
      return fields.first(where: \.name.isEmpty)?.type.type(below: step)
    case (.variant(_, let members), .key(let name)):
      return members.first { $0.name == name }?.type
    default: return nil
    }
  }

  /// The names that can follow in a path.
  var keyNames: [String] {
    switch self {
    case .auto(let type), .optional(let type): type.keyNames
    case .either(let first, let second): first.keyNames + second.keyNames
    case .section(let fields): fields.flatMap { $0.name.isEmpty ? $0.type.keyNames : [$0.name] }
    case .variant(_, let members): members.map(\.name)
    case .integer, .number, .share, .boolean, .text, .choice, .anything, .list, .map: []
    }
  }

  /// The key that a bare value stands for, and whether the value is that of the key, as in
  /// `{start: 0.01}` for `0.01`, or the key itself, as in `{adam: {}}` for `adam`.
  func longForm(of text: String) -> (name: String, standsForItself: Bool)? {
    switch self {
    case .auto(let type), .optional(let type): return type.longForm(of: text)
    case .either(let short, .section(let fields)):
      // The short form is declared by the field that it sets.
      guard let field = fields.first(where: { $0.type.words == short.words }) else { return nil }
      return (field.name, true)
    case .either(let first, let second):
      return first.longForm(of: text) ?? second.longForm(of: text)
    case .variant(_, let members):
      return members.contains { $0.name == text } ? (text, false) : nil
    case .section(let fields):
      return fields.first(where: \.name.isEmpty)?.type.longForm(of: text)
    case .integer, .number, .share, .boolean, .text, .choice, .anything, .list, .map: return nil
    }
  }
}

extension TypeDescription.VariantDescription {
  /// What stands after the member's name.
  fileprivate var type: TypeDescription {
    guard let field = fields.first(where: { $0.name == shorthand }) else { return .section(fields) }
    return .either(field.type, .section(fields))
  }
}
