import NetworkGraph
import SpecSyntax

extension ReferencePage {
  /// The page of all keys, section by section.
  static var keys: ReferencePage {
    ReferencePage(
      "keys", title: "Keys of the language",
      introduction: """
        A spec is a mapping with these keys. What is decided by a rule may also be written \
        `auto`; `plumb resolve` shows the value, `plumb explain KEY` the rules about it.
        """,
      body: section(.root, FieldReader.describe(Spec.self)))
  }

  /// The table of a section, what its names stand for, and the sections inside it.
  private static func section(_ path: SpecPath, _ fields: [FieldDescription]) -> [String] {
    var fields = fields.filter { !$0.name.isEmpty }
    var parts = path == .root ? [] : ["## \(path)"]
    if path == "training.learning_rate" {
      fields = fields.filter { ["schedule", "start", "warmup"].contains($0.name) }
      parts.append("The other keys depend on the [schedule](schedules.md).")
    }
    parts.append(fieldTable(fields) { takes($0.type, path.key($0.name)) })
    parts += fields.map(choices) + fields.flatMap(members)
    return parts + fields.flatMap { field in
      field.type.keys.isEmpty ? [] : section(path.key(field.name), field.type.keys)
    }
  }

  /// What a key takes in words, with links to what is described elsewhere.
  private static func takes(_ type: TypeDescription, _ path: SpecPath) -> String {
    switch type {
    case .section(let fields):
      guard fields.contains(where: { $0.name.isEmpty }) else {
        return "a mapping: [\(path)](#\(anchor(path)))"
      }
      return "an [operation](operations.md), and beside it [its keys](#\(anchor(path)))"
    case .variant(let kind, _):
      guard let page = pages[kind] else { return type.words }
      return "one of the [\(page)](\(page).md)"
    case .list(let type): return "a list, each item \(takes(type, path))"
    case .map(let type): return "a mapping of names to \(takes(type, path))"
    case .auto(let type): return "`auto` or \(takes(type, path))"
    case .optional(let type): return "`none` or \(takes(type, path))"
    case .either(let first, let second): return "\(takes(first, path)) or \(takes(second, path))"
    case .choice(let choices) where choices.contains { $0.name == ReLU.name }:
      return "`linear` or an activation of the [operations](operations.md)"
    case .choice(let choices):
      let names = choices.filter { $0.name != "\t" }.map { code($0.name) }
      return names.count == 1 ? names[0] : "one of " + names.joined(separator: ", ")
    case .integer, .number, .share, .boolean, .text, .anything: return type.words
    }
  }

  /// The page of each family.
  private static let pages = [
    "operation": "operations", "loss": "losses", "optimizer": "optimizers",
    "initializer": "initializers", "embedding": "embeddings",
  ]

  /// The name of a section's heading in a link.
  private static func anchor(_ path: SpecPath) -> String {
    String(path.description.filter { $0 != "." })
  }

  /// A name as code; a blank in quotes, which a spec needs too.
  private static func code(_ name: String) -> String { name == " " ? "`\" \"`" : "`\(name)`" }

  /// The members of a family that has no page of its own, each with its fields.
  private static func members(_ field: FieldDescription) -> [String] {
    field.type.families.filter { pages[$0.kind] == nil }.flatMap { family in
      family.members.flatMap { member in
        ["`\(field.name): \(member.name)`: \(member.summary)", fieldTable(member.fields)]
      }
    }
  }

  /// What the names that a key takes stand for.
  private static func choices(_ field: FieldDescription) -> String {
    let choices = field.type.choices.filter { $0.name != "\t" }
    guard choices.count > 1, !choices.contains(where: { $0.name == ReLU.name }) else { return "" }
    let items = choices.map { "- \(code($0.name)): \($0.doc)" }
    return (["`\(field.name)` takes", ""] + items).joined(separator: "\n")
  }
}

extension TypeDescription {
  /// The keys that a value of this type, or an item of it, can have; those of a family's
  /// members have a page of their own.
  fileprivate var keys: [FieldDescription] {
    switch self {
    case .section(let fields): fields
    case .auto(let type), .optional(let type), .list(let type), .map(let type): type.keys
    case .either(let first, let second): first.keys + second.keys
    case .integer, .number, .share, .boolean, .text, .choice, .anything, .variant: []
    }
  }

  /// The families that a value of this type can be a member of.
  fileprivate var families: [(kind: String, members: [VariantDescription])] {
    switch self {
    case .variant(let kind, let members): [(kind, members)]
    case .auto(let type), .optional(let type): type.families
    case .integer, .number, .share, .boolean, .text, .choice, .anything, .list, .map, .section,
      .either:
      []
    }
  }

  /// The names that a value of this type can have.
  fileprivate var choices: [Choice] {
    switch self {
    case .choice(let choices): choices
    case .auto(let type), .optional(let type): type.choices
    case .either(let first, let second): first.choices + second.choices
    case .integer, .number, .share, .boolean, .text, .anything, .list, .map, .section, .variant: []
    }
  }
}
