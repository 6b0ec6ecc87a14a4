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
        + below(own.key("NAME"), field.type.itemFields)
    }
  }

  /// What the key means, what it takes, its default, its guide, and the rules that speak about it.
  public var text: String {
    let guide = KeyGuides.at(path)
    var lines = ["\(path)", "", wrapped(field.doc, width: 80)]
    lines += ["", "takes     \(wrapped(field.type.words, width: 70, indent: 10))"]
    lines.append("default   \(defaultWords)")
    if !field.members.isEmpty {
      lines.append("only for  \(field.members.map { "`\($0)`" }.joined(separator: ", "))")
    }
    if let guide { lines += guide.lines }
    if case .choice(let choices) = field.type {
      lines.append("")
      let width = choices.map(\.name.count).max() ?? 0
      lines += choices.map { choice in
        let gap = String(repeating: " ", count: width - choice.name.count + 2)
        let words = wrapped(choice.doc, width: 76 - width, indent: width + 4)
        return "  \(choice.name)\(gap)\(words)"
      }
    }
    let variants = field.type.variants
    if !variants.isEmpty {
      lines.append("")
      lines += variants.flatMap(variantLines)
    }
    let rules = Rules.all.filter { $0.speaks(of: path) }
    if !rules.isEmpty {
      lines += ["", "Rules about it", ""]
      lines += rules.map { "  \($0.code)  \(wrapped($0.title, width: 72, indent: 8))" }
    }
    if let guide { lines += ["", "See it on your data", ""] + guide.commands.map { "  \($0)" } }
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
    let lines =
      [(2, "\(variant.name): \(variant.summary)")]
      + variant.fields.map {
        (6, "\($0.name): \($0.type.words); default \($0.defaultText ?? "–")")
      }
    return lines.map { indent, words in
      String(repeating: " ", count: indent)
        + wrapped(words, width: 80 - indent - 2, indent: indent + 2)
    }
  }
}

extension KeyGuide {
  /// The guide in lines of at most 80 columns, without the commands.
  fileprivate var lines: [String] {
    var lines = section("What it is", meaning)
    if let choice { lines += section("How to choose", choice) }
    if let grows { lines += section("When it grows", grows) }
    if let shrinks { lines += section("When it shrinks", shrinks) }
    if let picture {
      lines += [""] + picture.split(separator: "\n", omittingEmptySubsequences: false)
        .map { "  " + $0 }
    }
    if !together.isEmpty {
      lines += ["", "Moves together with", ""]
      lines += together.flatMap { companion in
        ["  \(companion.path)", "    \(wrapped(companion.reason, width: 74, indent: 4))"]
      }
    }
    return lines + section("The default", reason)
  }

  private func section(_ title: String, _ words: String) -> [String] {
    ["", title, "", "  \(wrapped(words, width: 78, indent: 2))"]
  }
}

extension TypeDescription {
  /// The fields of what stands after the names that an author chooses.
  fileprivate var itemFields: [FieldDescription] {
    switch self {
    case .map(let item): item.fields
    case .auto(let type), .optional(let type): type.itemFields
    case .either(let first, let second): first.itemFields + second.itemFields
    default: []
    }
  }

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
