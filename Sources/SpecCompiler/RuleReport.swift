public import SpecSyntax

/// The text and tree of the spec as written, into which fixes are edited.
public struct RuleDocument: Sendable {
  public var source: SourceText
  public var tree: SyntaxTree
  /// What the command line set: no edit of the text would change it.
  var overridden: [SpecPath] = []

  public init(source: SourceText, tree: SyntaxTree) {
    self.source = source
    self.tree = tree
  }

  /// Whether a value, something in it or around it is set by the command line.
  fileprivate func isOverridden(_ path: SpecPath) -> Bool {
    overridden.contains { $0.isWithin(path) || path.isWithin($0) }
  }
}

/// A way out of a finding: words, and the values to write where a program can write them.
struct Remedy {
  var title: String
  var settings: [(path: SpecPath, value: PlainValue)]
  /// An entry or item that goes.
  var removed: SpecPath?

  /// Several values that belong together.
  init(_ title: String, _ settings: [(path: SpecPath, value: PlainValue)]) {
    self.title = title
    self.settings = settings
  }

  /// One value.
  static func set(_ path: SpecPath, _ value: PlainValue, _ title: String) -> Remedy {
    Remedy(title, [(path, value)])
  }

  /// One entry or item that goes.
  static func remove(_ path: SpecPath, _ title: String) -> Remedy {
    var remedy = Remedy(title, [])
    remedy.removed = path
    return remedy
  }

  /// Something only a person can do.
  static func words(_ text: String) -> Remedy { Remedy(text, []) }
}

/// What all rules are asked about; shared, since copying facts for each took as long as many rules.
final class RuleContext: Sendable {
  let facts: Facts
  let document: RuleDocument?

  init(_ facts: Facts, _ document: RuleDocument?) {
    self.facts = facts
    self.document = document
  }
}

/// Collects what one rule finds.
struct RuleReport {
  private(set) var findings: [Diagnostic] = []
  private let rule: Rule
  private let context: RuleContext
  private var facts: Facts { context.facts }

  init(rule: Rule, _ context: RuleContext) {
    self.rule = rule
    self.context = context
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
      notes: notes + (rule.conflict.map { [$0] } ?? []), helps: remedies.map(proposal))
    finding.level = rule.bounded(level ?? rule.declaredLevel)
    findings.append(finding)
  }

  /// The remedy as a way out that names its values.
  private func proposal(_ remedy: Remedy) -> Help {
    var help = help(remedy)
    help.proposed = remedy.settings.map { ProposedValue($0.path, $0.value.text) }
    return help
  }

  /// The remedy with its edits; words alone where the text cannot be edited.
  ///
  /// Every fix of a rule is unsafe: the spec stays valid, but the trained model may change.
  private func help(_ remedy: Remedy) -> Help {
    guard let document = context.document,
      !(remedy.settings.map(\.path) + [remedy.removed].compactMap(\.self))
        .contains(where: document.isOverridden)
    else { return Help(remedy.title) }
    var found = remedy.settings.map {
      settingEdit($0.path, to: $0.value.text, in: document.tree, of: document.source)
    }
    if let path = remedy.removed {
      found.append(removingEdit(path, in: document.tree, of: document.source))
    }
    // A value that stands in a base of this spec is not edited from here.
    let edits = found.compactMap { $0 }.filter { $0.range.source == 0 }
    guard !edits.isEmpty, edits.count == found.count else { return Help(remedy.title) }
    return Help(remedy.title, fix: Fix(remedy.title, edits, .unsafe))
  }
}
