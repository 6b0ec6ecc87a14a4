public import SpecSyntax

/// Every kind of finding, rules and others, by its code and by its name.
public enum FindingNames {
  /// All kinds in the order of their codes.
  public static let all: [DiagnosticCode] =
    (diagnosticCodes + Rules.all.map(\.diagnosticCode)).sorted { $0.code < $1.code }

  private static let byName: [String: DiagnosticCode] = Dictionary(
    all.flatMap { [($0.code.lowercased(), $0), ($0.name, $0)] },
    uniquingKeysWith: { first, _ in first })

  /// The kind with a code, in any case, or a name; nil where there is none.
  public static func code(of name: String) -> DiagnosticCode? { byName[name.lowercased()] }

  /// The codes and names that may have been meant, best first.
  public static func similar(to name: String) -> [String] {
    nearest(to: name, among: all.flatMap { [$0.code, $0.name] })
  }
}

extension DiagnosticCode {
  /// Whether it says that the text could not be read as YAML: never suppressed, never baselined.
  public var isSyntaxError: Bool { isSyntax && level == .error }

  /// Whether it is about comments that suppress others, which no comment suppresses.
  var isAboutSuppressions: Bool { code.hasPrefix("P90") }
}
