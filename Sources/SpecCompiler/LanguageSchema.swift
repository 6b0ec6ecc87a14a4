public import SpecSyntax

/// The spec language as a JSON Schema of draft 7, the draft that editors and validators of YAML
/// agree on, written from what every field says about itself.
///
/// A schema cannot say what depends on the table, on shapes or on two keys together; a spec that
/// it accepts may still have findings. What it refuses, `plumb lint` refuses too.
public struct LanguageSchema {
  /// The whole schema.
  public static var json: JSONValue {
    var schema = LanguageSchema()
    let root = FieldReader.describe(Spec.self)
    let whole = schema.section(root, depth: 0)
    var required = schema.required(root)
    for field in root where field.type.isPlainSection {
      let below = schema.required(field.type.fields)
      guard below != [] else { continue }
      required = required.adding(field.name)
      schema.needed.append(
        JSONValue.Member(field.name, .object([JSONValue.Member("required", below)])))
    }
    return .object(
      [
        .init("$schema", "http://json-schema.org/draft-07/schema#"),
        .init("title", "Plumb model spec"),
        .init("description", "A neural network, its data and its training, language version 1."),
      ] + whole + [
        // A spec that builds on another may leave to it what has to be there.
        .init("if", ["required": ["extends"]]),
        .init(
          "else",
          .object([.init("required", required), .init("properties", .object(schema.needed))])),
        .init("definitions", .object(schema.definitions)),
      ])
  }

  /// Parts that several fields share, by name.
  private var definitions: [JSONValue.Member] = []
  /// What the sections directly below the root require.
  private var needed: [JSONValue.Member] = []

  private init() {}

  /// The members of a mapping's schema. What the first two levels require depends on `extends`
  /// and is said at the root.
  private mutating func section(
    _ fields: [FieldDescription], depth: Int = 2
  ) -> [JSONValue.Member] {
    var properties: [JSONValue.Member] = []
    var alternatives: [JSONValue] = []
    for field in fields {
      if field.name.isEmpty, case .variant(_, let members) = field.type {
        properties += members.map { JSONValue.Member($0.name, member($0)) }
        alternatives = members.map { ["required": [.string($0.name)]] }
      } else {
        properties.append(.init(field.name, property(field, depth: depth)))
      }
    }
    var members: [JSONValue.Member] = [
      .init("type", "object"), .init("additionalProperties", false),
      .init("properties", .object(properties)),
    ]
    let required = required(fields)
    if depth > 1, required != [] { members.append(.init("required", required)) }
    if !alternatives.isEmpty { members.append(.init("oneOf", .array(alternatives))) }
    return members
  }

  private func required(_ fields: [FieldDescription]) -> JSONValue {
    .array(fields.filter { $0.isRequired && !$0.name.isEmpty }.map { .string($0.name) })
  }

  /// A field with its meaning and its default.
  private mutating func property(_ field: FieldDescription, depth: Int) -> JSONValue {
    let users = field.members.map { "`\($0)`" }.joined(separator: ", ")
    let doc = users.isEmpty ? field.doc : "\(field.doc) Only for \(users)."
    var members = [JSONValue.Member("description", .string(doc))]
    if depth == 0, case .section(let fields) = field.type {
      let mapping = JSONValue.object(section(fields, depth: 1)).orNullAsMapping
      return .object(members + mapping.members)
    }
    if let text = field.defaultText, text != "{}", let value = JSONValue(yaml: text) {
      members.append(.init("default", value))
    }
    let isSection = field.type.isPlainSection || field.type.isShorthandSection
    let type = alternatives(field.type, named: field.name)
    // A section may have all its keys commented out.
    return .object(members + Self.any(of: isSection ? type.map(\.orNullAsMapping) : type))
  }

  /// Each schema once.
  private static func distinct(_ schemas: [JSONValue]) -> [JSONValue] {
    schemas.enumerated().filter { !schemas[..<$0.offset].contains($0.element) }.map(\.element)
  }

  /// One schema, or any of several.
  private static func any(of schemas: [JSONValue]) -> [JSONValue.Member] {
    let schemas = distinct(schemas)
    guard schemas.count == 1, case .object(let members) = schemas[0] else {
      return [.init("anyOf", .array(schemas))]
    }
    // Beside a reference, draft 7 reads nothing else.
    return members.first?.name == "$ref" ? [.init("allOf", .array(schemas))] : members
  }

  /// What a field accepts, each alternative by itself.
  private mutating func alternatives(
    _ type: TypeDescription, named name: String
  ) -> [JSONValue] {
    switch type {
    case .integer(let range): [.object([.init("type", "integer")] + range.members)]
    case .number(let range): [.object([.init("type", "number")] + range.members)]
    case .share:
      [
        ["type": "number", "minimum": 0, "exclusiveMaximum": 1],
        ["type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?%$"],
      ]
    case .boolean: [["type": "boolean"]]
    // A name is taken as it is written, whatever else it may look like.
    case .text: [["type": ["string", "number", "boolean"]]]
    case .choice(let choices): [self.choices(choices, named: name)]
    case .anything: [.object([])]
    case .list(.anything): [["type": "array"]]
    case .list(let item):
      // A single item may stand for a list of one.
      [.object([.init("type", "array"), .init("items", one(item, named: name))])]
        + alternatives(item, named: name)
    case .map(let item):
      [["type": "object", "additionalProperties": one(item, named: name)]]
    case .section(let fields): section(of: fields)
    case .variant(let kind, let members): [family(kind, members)]
    case .auto(let type):
      [["const": "auto", "description": "decided by a rule"]] + alternatives(type, named: name)
    case .optional(.text): [["type": ["string", "number", "boolean", "null"]]]
    case .optional(let type):
      [["enum": ["none", .null]]] + alternatives(type, named: name)
    case .either(let first, let second):
      alternatives(first, named: name) + alternatives(second, named: name)
    }
  }

  private mutating func one(_ type: TypeDescription, named name: String) -> JSONValue {
    let all = Self.distinct(alternatives(type, named: name))
    return all.count == 1 ? all[0] : ["anyOf": .array(all)]
  }

  /// A mapping; where a family's member is named by a key of it, its bare name may stand alone.
  private mutating func section(of fields: [FieldDescription]) -> [JSONValue] {
    let whole = JSONValue.object(section(fields))
    for field in fields where field.name.isEmpty {
      if case .variant(let kind, let members) = field.type {
        return [shared(kind + "-name") { _ in Self.names(members) }, shared(kind) { _ in whole }]
      }
    }
    return [whole]
  }
}

extension LanguageSchema {
  /// One of some names, each with its meaning; long lists are shared.
  private mutating func choices(
    _ choices: [TypeDescription.Choice], named name: String
  ) -> JSONValue {
    let schema: JSONValue = [
      "oneOf": .array(
        choices.map { ["const": .string($0.name), "description": .string($0.doc)] })
    ]
    guard choices.count > 6 else { return schema }
    return shared(name) { _ in schema }
  }

  /// A member of a family: its bare name, or a mapping of the name to its fields.
  private mutating func family(
    _ kind: String, _ members: [TypeDescription.VariantDescription]
  ) -> JSONValue {
    shared(kind) { schema in
      [
        "anyOf": [
          Self.names(members),
          [
            "type": "object", "additionalProperties": false, "minProperties": 1,
            "maxProperties": 1,
            "properties": .object(members.map { .init($0.name, schema.member($0)) }),
          ],
        ]
      ]
    }
  }

  /// The bare names of members that have no required field.
  private static func names(_ members: [TypeDescription.VariantDescription]) -> JSONValue {
    let bare = members.filter { !$0.fields.contains(where: \.isRequired) }
    return [
      "oneOf": .array(
        bare.map { ["const": .string($0.name), "description": .string($0.summary)] })
    ]
  }

  /// What stands after the name of a member: its fields, the value of its shorthand, or nothing.
  private mutating func member(_ member: TypeDescription.VariantDescription) -> JSONValue {
    var alternatives = [JSONValue.object(section(member.fields))]
    if let field = member.fields.first(where: { $0.name == member.shorthand }) {
      alternatives += self.alternatives(field.type, named: field.name)
    }
    if !member.fields.contains(where: \.isRequired) { alternatives.append(["type": "null"]) }
    return .object(
      [.init("description", .string(member.summary))] + Self.any(of: alternatives))
  }

  /// A reference to a definition, which is made when it is first asked for.
  private mutating func shared(
    _ name: String, make: (inout LanguageSchema) -> JSONValue
  ) -> JSONValue {
    let name = name.split(separator: " ").joined(separator: "-")
    let reference: (String) -> JSONValue = { ["$ref": .string("#/definitions/\($0)")] }
    guard !definitions.contains(where: { $0.name == name }) else { return reference(name) }
    let made = make(&self)
    if let same = definitions.first(where: { $0.value == made }) { return reference(same.name) }
    definitions.append(.init(name, made))
    return reference(name)
  }
}

extension NumberRange {
  /// The bounds as draft 7 names them.
  fileprivate var members: [JSONValue.Member] {
    let low: JSONValue.Member? =
      switch lower {
      case nil: nil
      case .including(let bound): .init("minimum", JSONValue(number: bound))
      case .excluding(let bound): .init("exclusiveMinimum", JSONValue(number: bound))
      }
    let high: JSONValue.Member? =
      switch upper {
      case nil: nil
      case .including(let bound): .init("maximum", JSONValue(number: bound))
      case .excluding(let bound): .init("exclusiveMaximum", JSONValue(number: bound))
      }
    return [low, high].compactMap { $0 }
  }
}

extension JSONValue {
  /// The value that a text of YAML has; nil where it is not a text of YAML.
  fileprivate init?(yaml text: String) {
    var log = DiagnosticLog()
    guard let tree = parse(SourceText(name: "default", text: text), into: &log) else { return nil }
    self.init(tree.root)
  }

  /// The schema of a mapping that may also be empty.
  fileprivate var orNullAsMapping: JSONValue {
    guard case .object(var members) = self, members.first?.value == "object" else { return self }
    members[0].value = ["object", "null"]
    return .object(members)
  }

  /// The members of an object.
  fileprivate var members: [JSONValue.Member] {
    if case .object(let members) = self { members } else { [] }
  }

  /// An array with one more text at its end.
  fileprivate func adding(_ text: String) -> JSONValue {
    guard case .array(let values) = self else { return self }
    return .array(values + [.string(text)])
  }
}

extension TypeDescription {
  fileprivate var isPlainSection: Bool {
    if case .section = self { true } else { false }
  }

  fileprivate var isShorthandSection: Bool {
    if case .either(_, .section) = self { true } else { false }
  }
}
