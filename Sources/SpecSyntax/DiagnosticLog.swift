/// Findings as they are made.
public struct DiagnosticLog: Sendable {
  public private(set) var diagnostics: [Diagnostic] = []
  private var seen: Set<Key> = []

  private struct Key: Hashable {
    var code: String
    var range: SourceRange
    var step: SpecPath.Step?
  }

  /// The most findings that are kept; one more says that there are others.
  public static let limit = SyntaxLimits.findings

  /// Whether there are more findings than are kept, so that looking for others is in vain.
  public var isFull: Bool { diagnostics.count > Self.limit }

  public init() {}

  /// Adds a finding, unless the same one was made at the same place: a node that is used twice
  /// through an alias is reported once.
  public mutating func report(_ diagnostic: Diagnostic) {
    guard !isFull else { return }
    let key = Key(
      code: diagnostic.code.code, range: diagnostic.primary.range,
      step: diagnostic.path.steps.last)
    guard seen.insert(key).inserted else { return }
    guard diagnostics.count < Self.limit else {
      diagnostics.append(.tooManyFindings(at: diagnostic.primary.range))
      return
    }
    diagnostics.append(diagnostic)
  }

  public var hasErrors: Bool { diagnostics.contains { $0.level == .error } }

  /// By text and position; at one position the graver first, then by code.
  public var sorted: [Diagnostic] {
    diagnostics.enumerated().sorted { a, b in
      let (x, y) = (a.element.primary.range, b.element.primary.range)
      if x.source != y.source { return x.source < y.source }
      if x.lower != y.lower { return x.lower < y.lower }
      if a.element.level != b.element.level { return a.element.level > b.element.level }
      if a.element.code.code != b.element.code.code {
        return a.element.code.code < b.element.code.code
      }
      return a.offset < b.offset
    }.map(\.element)
  }
}
