/// The sizes above which a text is refused, so that every answer is bounded in time and memory.
public enum SyntaxLimits {
  static let bytes = 1_048_576
  /// Collections inside collections, through aliases too; recursion over a tree is safe with it.
  static let depth = 64
  /// Scalars, collections and aliases as they were written.
  static let nodes = 50_000
  /// The same of a table's profile, which takes some fifty for each column.
  public static let profileNodes = 100_000
  static let scalarBytes = 65_536
  static let keyBytes = 1_024
  /// libyaml compares every `%TAG` line with all others.
  static let directives = 16
  static let anchors = 1_000
  static let aliases = 10_000
  /// Nodes that a walk through all aliases and merges meets.
  static let aliasWork = 1_000_000
  /// The same, per event of the text.
  static let aliasWorkPerEvent = 100
  static let mergeChain = 32
  /// Findings of one text that are kept.
  static let findings = 1_000
}
