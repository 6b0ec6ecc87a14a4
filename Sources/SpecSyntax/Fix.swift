/// The replacement of a range of the author's text.
public struct Edit: Hashable, Sendable {
  public var range: SourceRange
  public var replacement: String

  public init(_ range: SourceRange, _ replacement: String) {
    self.range = range
    self.replacement = replacement
  }
}

/// A change that answers a finding.
public struct Fix: Hashable, Sendable {
  public enum Applicability: String, Sendable {
    /// Certainly what was meant; the trained model does not change.
    case safe
    /// Valid, but the trained model may change.
    case unsafe
    /// A person has to complete it.
    case display
  }

  /// What it does, as an order: "use `learning_rate`".
  public var title: String
  public var edits: [Edit]
  public var applicability: Applicability

  public init(_ title: String, _ edits: [Edit], _ applicability: Applicability) {
    self.title = title
    self.edits = edits
    self.applicability = applicability
  }
}
