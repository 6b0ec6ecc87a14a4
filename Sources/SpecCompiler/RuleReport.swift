public import SpecSyntax

/// The text and tree of the spec as written, into which fixes are edited.
public struct RuleDocument: Sendable {
  public var source: SourceText
  public var tree: SyntaxTree

  public init(source: SourceText, tree: SyntaxTree) {
    self.source = source
    self.tree = tree
  }
}

/// A way out of a finding: words, and the values to write where a program can write them.
struct Remedy {
  var title: String
  var settings: [(path: SpecPath, value: PlainValue)]

  /// Several values that belong together.
  init(_ title: String, _ settings: [(path: SpecPath, value: PlainValue)]) {
    self.title = title
    self.settings = settings
  }

  /// One value.
  static func set(_ path: SpecPath, _ value: PlainValue, _ title: String) -> Remedy {
    Remedy(title, [(path, value)])
  }

  /// Something only a person can do.
  static func words(_ text: String) -> Remedy { Remedy(text, []) }
}

/// Collects what one rule finds.
struct RuleReport {
  private(set) var findings: [Diagnostic] = []
  private let rule: Rule
  private let facts: Facts
  private let document: RuleDocument?

  init(rule: Rule, facts: Facts, document: RuleDocument?) {
    self.rule = rule
    self.facts = facts
    self.document = document
  }

  /// The value of an option: the project's, or its default.
  func option(_ name: String) -> Double {
    guard let option = rule.options.first(where: { $0.name == name }) else {
      preconditionFailure("a rule asks for an option that it does not declare")
    }
    return facts.settings.options[rule.code]?[name] ?? option.defaultValue
  }

  /// The value of an option that is a whole number.
  func count(_ name: String) -> Int { Int(option(name)) }

  /// Reports the value at `path`; where nothing stands there, the section it is missing from.
  mutating func at(
    _ path: SpecPath, _ message: String, label: String = "", level: Level? = nil,
    because others: [(path: SpecPath, label: String)] = [], notes: [String] = [],
    remedies: [Remedy] = []
  ) {
    var finding = Diagnostic(
      rule.diagnosticCode, message, at: facts.place(of: path), label: label, path: path,
      secondary: others.filter { facts.isWritten($0.path) }
        .map { Label(facts.place(of: $0.path), $0.label) },
      notes: notes + (rule.conflict.map { [$0] } ?? []), helps: remedies.map(help))
    finding.level = level ?? rule.level
    findings.append(finding)
  }

  /// The remedy with its edits; words alone where the text cannot be edited.
  ///
  /// Every fix of a rule is unsafe: the spec stays valid, but the trained model may change.
  private func help(_ remedy: Remedy) -> Help {
    guard let document, !remedy.settings.isEmpty else { return Help(remedy.title) }
    var edits: [Edit] = []
    for (path, value) in remedy.settings {
      // A value that stands in a base of this spec is not edited from here.
      guard
        let edit = settingEdit(path, to: value.text, in: document.tree, of: document.source),
        edit.range.source == 0
      else { return Help(remedy.title) }
      edits.append(edit)
    }
    return Help(remedy.title, fix: Fix(remedy.title, edits, .unsafe))
  }
}
