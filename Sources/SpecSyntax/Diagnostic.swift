/// One finding about a spec: what is wrong or unwise, where, why, and what to do.
public struct Diagnostic: Sendable {
  public var code: DiagnosticCode
  public var level: Level
  /// Stands alone: lower case, no full stop, names in backticks, the problem and not the repair.
  public var message: String
  /// Where in the spec's structure.
  public var path: SpecPath
  /// The smallest text that shows the problem.
  public var primary: Label
  /// The facts that made it wrong, possibly in another file.
  public var secondary: [Label]
  /// Context: what follows from it, which limit applies.
  public var notes: [String]
  /// Ways out, best first.
  public var helps: [Help]

  public init(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange, label: String = "",
    path: SpecPath = .root, secondary: [Label] = [], notes: [String] = [], helps: [Help] = []
  ) {
    self.code = code
    self.level = code.level
    self.message = message
    self.path = path
    self.primary = Label(range, label)
    self.secondary = secondary
    self.notes = notes
    self.helps = helps
  }
}

/// A marked range with a few words.
public struct Label: Hashable, Sendable {
  public var range: SourceRange
  public var text: String

  public init(_ range: SourceRange, _ text: String) {
    self.range = range
    self.text = text
  }
}

/// A way out in words, with the edit where one can be given.
public struct Help: Hashable, Sendable {
  public var text: String
  public var fix: Fix?
  /// The values it proposes, also where no edit can write them.
  public var proposed: [ProposedValue] = []

  public init(_ text: String, fix: Fix? = nil) {
    self.text = text
    self.fix = fix
  }
}

/// A value that a finding would have at a place of the spec.
public struct ProposedValue: Hashable, Sendable {
  public var path: SpecPath
  /// As it can stand after a colon.
  public var text: String

  public init(_ path: SpecPath, _ text: String) {
    self.path = path
    self.text = text
  }
}
