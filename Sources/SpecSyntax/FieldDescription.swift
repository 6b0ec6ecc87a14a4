/// What a field is, for help, completion, hover, the schema and the reference pages.
public struct FieldDescription: Sendable {
  public var name: String
  public var type: TypeDescription
  /// What the field means, in a sentence or two.
  public var doc: String
  /// What an absent key means, as it would be written; nil for a required field.
  public var defaultText: String?
  /// The members of a family that use the field, where a key beside it names the member and not
  /// all use it.
  public var members: [String] = []

  public var isRequired: Bool { defaultText == nil && members.isEmpty }
}

/// What a field accepts.
public indirect enum TypeDescription: Sendable {
  /// A whole number in a range.
  case integer(NumberRange)
  /// A number in a range.
  case number(NumberRange)
  /// A part of the whole: a number from 0 to below 1, or with `%`.
  case share
  case boolean
  /// Free text; the word says what of: "column name".
  case text(String)
  case choice([Choice])
  /// Whatever can be written.
  case anything
  case list(TypeDescription)
  /// A mapping from names the author chooses.
  case map(TypeDescription)
  case section([FieldDescription])
  /// One of several named forms, each with fields of its own.
  case variant(kind: String, [VariantDescription])
  /// `auto` or the other.
  case auto(TypeDescription)
  /// `none` or the other.
  case optional(TypeDescription)
  /// Either of two.
  case either(TypeDescription, TypeDescription)

  /// A name and what it stands for.
  public struct Choice: Sendable {
    public var name: String
    public var doc: String

    public init(_ name: String, _ doc: String) {
      self.name = name
      self.doc = doc
    }
  }

  /// A named form of a variant.
  public struct VariantDescription: Sendable {
    public var name: String
    public var summary: String
    /// The field that a bare value sets: `dropout: 0.2`.
    public var shorthand: String?
    public var fields: [FieldDescription]
  }

  /// What it is where it is not left out.
  var required: TypeDescription {
    switch self {
    case .auto(let type), .optional(let type): type.required
    default: self
    }
  }

  /// What is wanted, in words: "a whole number, at least 1".
  public var words: String {
    switch self {
    case .integer(let range): "a whole number" + range.clause
    case .number(let range): "a number" + range.clause
    case .share: "a number, at least 0 and below 1, or with %"
    case .boolean: "`true` or `false`"
    case .anything: "any value"
    case .text(let what): withArticle(what)
    case .choice(let choices): "one of " + choices.map { "`\($0.name)`" }.joined(separator: ", ")
    case .list(let type): "a list, each item \(type.words)"
    case .map(let type): "a mapping of names to \(type.words)"
    case .section(let fields): Self.words(of: fields)
    case .variant(let kind, let variants):
      "\(withArticle(kind)): " + variants.map { "`\($0.name)`" }.joined(separator: ", ")
    case .auto(let type): "`auto` or \(type.words)"
    case .optional(let type): "`none` or \(type.words)"
    case .either(let first, let second): "\(first.words) or \(second.words)"
    }
  }

  /// A section in words. A field without a name is the member of a family that one key names.
  private static func words(of fields: [FieldDescription]) -> String {
    let keys = fields.filter { !$0.name.isEmpty }.map { "`\($0.name)`" }.joined(separator: ", ")
    for field in fields where field.name.isEmpty {
      if case .variant(let kind, _) = field.type {
        return "\(withArticle(kind)), and beside it the keys \(keys)"
      }
    }
    return "a mapping with the keys \(keys)"
  }
}

/// A noun with its article: "a loss", "an optimizer".
private func withArticle(_ noun: String) -> String {
  noun.first.map { "aeio".contains($0) } == true ? "an \(noun)" : "a \(noun)"
}

/// The value of a field as a reading left it, whether written or not.
public struct FieldValue: Sendable {
  public enum Origin: Sendable, Equatable {
    /// Written by the author.
    case author
    /// The declared default of an absent key.
    case declaredDefault
    /// Left open: `auto`, or an absent key that a rule decides.
    case open
  }

  /// The path of the section, and the field's name; without a name the value's own path.
  private let base: SpecPath
  private let name: String?
  /// As it would be written in a flow mapping.
  public var text: String { write() }
  public var origin: Origin
  /// Where it was written; for an absent one, where its section stands.
  public var range: SourceRange

  /// Writes the value, which few readings are asked for.
  private let write: @Sendable () -> String

  init(
    _ base: SpecPath, _ name: String?, origin: Origin, at range: SourceRange,
    text: @escaping @Sendable () -> String
  ) {
    self.base = base
    self.name = name
    write = text
    self.origin = origin
    self.range = range
  }

  /// Where the value stands in the document.
  public var path: SpecPath { name.map { base.key($0) } ?? base }

  /// Whether the value stands at `path`.
  public func isAt(_ path: SpecPath) -> Bool {
    guard let name else { return base == path }
    guard base.steps.count + 1 == path.steps.count, path.steps.last == .key(name) else {
      return false
    }
    return path.isWithin(base)
  }

  /// Whether the value stands at `path` or below it.
  public func isWithin(_ path: SpecPath) -> Bool { base.isWithin(path) || isAt(path) }
}
