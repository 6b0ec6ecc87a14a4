/// A finding that is not reported, and what keeps it back.
public struct SuppressedFinding: Sendable {
  /// What keeps a finding back, by SARIF's names.
  public enum Kind: String, Sendable {
    /// A comment in the spec.
    case inSource
    /// A baseline.
    case external
  }

  public var diagnostic: Diagnostic
  public var kind: Kind
  /// Why, in the author's words; empty where none were given.
  public var reason: String

  public init(_ diagnostic: Diagnostic, _ kind: Kind, reason: String = "") {
    self.diagnostic = diagnostic
    self.kind = kind
    self.reason = reason
  }
}
