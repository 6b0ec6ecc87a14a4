public import SpecSyntax

/// Why an operation cannot take the shapes it is given.
public struct ShapeError: Error, Sendable {
  /// What is wrong, in the words of a finding: lower case, no full stop.
  public var message: String
  /// The field to blame, or `SourceRange.none` for the operation as a whole.
  public var range: SourceRange
  /// What would make it fit, if that is known.
  public var help: String?

  public init(_ message: String, at range: SourceRange = .none, help: String? = nil) {
    self.message = message
    self.range = range
    self.help = help
  }
}
