/// How much a finding matters.
public enum Level: String, Sendable, CaseIterable, Comparable {
  /// A better choice probably exists.
  case advice
  /// Probably harmful.
  case warning
  /// Cannot work, or cannot mean what was intended.
  case error

  public static func < (a: Level, b: Level) -> Bool { a.rank < b.rank }
  private var rank: Int { Level.allCases.firstIndex(of: self) ?? 0 }
}

/// A kind of finding: its stable code, its readable name and its explanation.
public struct DiagnosticCode: Hashable, Sendable {
  /// A letter for the group and three digits, never reused: `K101`.
  public let code: String
  /// Kebab case, says the offence, reads well after "allow": `unknown-key`.
  public let name: String
  public let level: Level
  /// One line that says what it is about.
  public let title: String
  /// Why it matters and what to do, in whole sentences, for `plumb explain`.
  public let explanation: String
  /// Whether it is reported only where a project asks for it.
  public let isOff: Bool

  public init(
    _ code: String, _ name: String, _ level: Level = .error, title: String, explanation: String,
    isOff: Bool = false
  ) {
    self.code = code
    self.name = name
    self.level = level
    self.title = title
    self.explanation = explanation
    self.isOff = isOff
  }
}
