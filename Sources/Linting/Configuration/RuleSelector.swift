public import SpecCompiler
public import SpecSyntax

/// What a key under `rules` is about: one kind of finding, or a group of them.
///
/// A group reaches only kinds whose level may be changed, so that `K: off` leaves the errors of
/// the language alone.
public enum RuleSelector: Hashable, Sendable {
  /// Every kind, those that are off by default included.
  case all
  /// The first letter of the codes.
  case letter(Character)
  /// The rules that rest on evidence of a class.
  case evidence(Evidence)
  case code(String)

  /// The key's meaning; nil where there is no such rule or group.
  init?(_ name: String) {
    if name == "all" {
      self = .all
    } else if name.count == 1, let letter = name.first, Self.letters.contains(letter) {
      self = .letter(letter)
    } else if let evidence = Evidence(rawValue: name) {
      self = .evidence(evidence)
    } else if let code = FindingNames.code(of: name) {
      self = .code(code.code)
    } else {
      return nil
    }
  }

  /// The names of the groups, from the widest.
  static let groups: [String] =
    ["all"] + letters.map { String($0) } + Evidence.allCases.map(\.rawValue)

  private static let letters: [Character] =
    Set(FindingNames.all.filter(\.isAdjustable).compactMap(\.code.first)).sorted()

  private static let evidence: [String: Evidence] = Dictionary(
    Rules.all.map { ($0.code, $0.evidence) }, uniquingKeysWith: { first, _ in first })

  /// Of two keys that reach a kind the one of higher rank decides, wherever it stands.
  var rank: Int {
    switch self {
    case .all: 0
    case .letter: 1
    case .evidence: 2
    case .code: 3
    }
  }

  func covers(_ code: DiagnosticCode) -> Bool {
    switch self {
    case .all: code.isAdjustable
    case .letter(let letter): code.isAdjustable && code.code.first == letter
    case .evidence(let evidence): code.isAdjustable && Self.evidence[code.code] == evidence
    case .code(let own): code.code == own
    }
  }
}

/// A level as a configuration gives it.
public enum LevelSetting: String, Sendable, CaseIterable {
  case off, advice, warning, error
  /// As the program has it.
  case standard = "default"

  /// The level of findings of a kind; nil for none at all.
  func level(of code: DiagnosticCode) -> Level? {
    switch self {
    case .off: nil
    case .advice: .advice
    case .warning: .warning
    case .error: .error
    case .standard: code.isOff ? nil : code.level
    }
  }
}

extension DiagnosticCode {
  /// Whether a project may change its level: whatever is no error to begin with.
  public var isAdjustable: Bool { level != .error }
}
