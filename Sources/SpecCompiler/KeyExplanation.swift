public import SpecSyntax

/// A key of the language with what it means, wherever it stands.
public struct KeyExplanation: Sendable {
  public var path: SpecPath
  public var field: FieldDescription

  /// Every key of the language, sections before what they hold.
  public static var all: [KeyExplanation] {
    below(.root, FieldReader.describe(Spec.self))
  }

  /// The keys called `name`, or the one at that path, outermost first.
  public static func named(_ name: String) -> [KeyExplanation] {
    all.filter { $0.path.description == name || $0.field.name == name }
      .sorted { $0.path.steps.count < $1.path.steps.count }
  }

  private static func below(_ path: SpecPath, _ fields: [FieldDescription]) -> [KeyExplanation] {
    fields.filter { !$0.name.isEmpty }.flatMap { field in
      let own = path.key(field.name)
      return [KeyExplanation(path: own, field: field)] + below(own, field.type.fields)
    }
  }

  /// What the key means, what it takes, its default, and the rules that speak about it.
  public var text: String {
    var lines = ["\(path)", "", wrapped(field.doc, width: 80)]
    lines += ["", "takes     \(wrapped(field.type.words, width: 70, indent: 10))"]
    lines.append("default   \(defaultWords)")
    if !field.members.isEmpty {
      lines.append("only for  \(field.members.map { "`\($0)`" }.joined(separator: ", "))")
    }
    if case .choice(let choices) = field.type {
      lines.append("")
      let width = choices.map(\.name.count).max() ?? 0
      lines += choices.map { choice in
        let gap = String(repeating: " ", count: width - choice.name.count + 2)
        return "  \(choice.name)\(gap)\(choice.doc)"
      }
    }
    let variants = field.type.variants
    if !variants.isEmpty {
      lines.append("")
      lines += variants.flatMap(variantLines)
    }
    let rules = Rules.all.filter { $0.speaks(of: path) }
    if !rules.isEmpty {
      lines += ["", "rules about it"]
      lines += rules.map { "  \($0.code)  \($0.title)" }
    }
    return lines.joined(separator: "\n")
  }

  private var defaultWords: String {
    switch field.defaultText {
    case nil: "none; the key is required"
    case "auto": "decided by a rule; `plumb resolve` shows which"
    case "{}": "its keys have their own"
    case .some(let text): text
    }
  }

  private func variantLines(_ variant: TypeDescription.VariantDescription) -> [String] {
    ["  \(variant.name): \(variant.summary)"]
      + variant.fields.map {
        "      \($0.name): \($0.type.words); default \($0.defaultText ?? "–")"
      }
  }
}

extension TypeDescription {
  /// The named forms a value of this type can have.
  public var variants: [VariantDescription] {
    switch self {
    case .variant(_, let variants): variants
    case .auto(let type), .optional(let type), .list(let type): type.variants
    default: []
    }
  }
}

extension Rule {
  /// Whether the rule decides the value at `path` or marks it in one of its examples.
  func speaks(of path: SpecPath) -> Bool {
    if decides == path { return true }
    guard case .key(let key)? = path.steps.last else { return false }
    return examples.contains { example in
      example.text.split(separator: "\n").contains { $0.contains("#!") && names($0, key) }
    }
  }

  /// Whether a line of a spec has the key as a whole word.
  private func names(_ line: Substring, _ key: String) -> Bool {
    line.split { !$0.isLetter && $0 != "_" && $0 != ":" }.contains { $0 == "\(key):" }
  }
}
