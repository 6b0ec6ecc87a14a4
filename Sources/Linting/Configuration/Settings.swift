public import SpecCompiler
public import SpecSyntax

/// What a configuration says about the findings of one spec.
///
/// Every command that shows findings asks here and nowhere else.
public struct Settings: Sendable {
  /// Statements in layers, of which a later one wins; within one the key of highest rank wins.
  private let layers: [[RuleStatement]]
  /// What the compiler has to know.
  public let rules: RuleSettings

  init(layers: [[RuleStatement]], sizing: SizingChoice) {
    let layers = layers.filter { !$0.isEmpty }
    var rules = RuleSettings(sizing: sizing)
    for statement in layers.joined() {
      guard case .code(let code) = statement.selector else { continue }
      for option in statement.options {
        rules.options[code, default: [:]][option.name] = option.value.value
      }
    }
    if !layers.isEmpty {
      let codes = Rules.all.map(\.diagnosticCode)
      rules.off = Set(codes.filter { Self.level(of: $0, in: layers).value == nil }.map(\.code))
    }
    self.layers = layers
    self.rules = rules
  }

  /// Every rule as it stands.
  public static let standard = Settings(layers: [], sizing: .measured)

  /// The level of findings of a kind, nil for off, and where it was set.
  public func level(of code: DiagnosticCode) -> Sourced<Level?> {
    Self.level(of: code, in: layers)
  }

  private static func level(
    of code: DiagnosticCode, in layers: [[RuleStatement]]
  ) -> Sourced<Level?> {
    guard let statement = statement(on: code, in: layers), let level = statement.level else {
      return Sourced(code.isOff ? nil : code.level)
    }
    return Sourced(level.level(of: code), statement.place)
  }

  /// The statement that decides the level of a kind; nil where it stands at its default.
  private static func statement(
    on code: DiagnosticCode, in layers: [[RuleStatement]]
  ) -> RuleStatement? {
    for layer in layers.reversed() {
      let found = layer.filter { $0.level != nil && $0.selector.covers(code) }
        .max { $0.selector.rank < $1.selector.rank }
      if let found { return found }
    }
    return nil
  }

  /// The value of a rule's option and where it was set.
  public func value(of option: RuleOption, of rule: Rule) -> Sourced<Double> {
    for statement in layers.reversed().joined() where statement.selector == .code(rule.code) {
      if let found = statement.options.first(where: { $0.name == option.name }) {
        return found.value
      }
    }
    return Sourced(option.defaultValue)
  }

  /// A compilation with its findings as the project wants them.
  ///
  /// Comments that suppress findings count unless they are not obeyed. Levels change and rules
  /// that are off fall silent, but a finding that says that the spec cannot work stays an error.
  public func judge(
    _ compilation: Compilation, obeysComments: Bool = true, judgesUnused: Bool = true
  ) -> Compilation {
    var result =
      obeysComments ? compilation.applyingSuppressions(judgesUnused: judgesUnused) : compilation
    result.diagnostics = result.diagnostics.compactMap(judged)
    result.suppressed = result.suppressed.compactMap { suppressed in
      judged(suppressed.diagnostic).map {
        SuppressedFinding($0, suppressed.kind, reason: suppressed.reason)
      }
    }
    return result
  }

  /// A finding at the level that the project gives it; nil for none.
  public func judged(_ finding: Diagnostic) -> Diagnostic? {
    guard finding.level != .error else { return finding }
    let setting = Self.statement(on: finding.code, in: layers)?.level ?? .standard
    // A rule may judge one case milder than another; `default` leaves that to it.
    guard setting != .standard else { return finding.code.isOff ? nil : finding }
    guard let level = setting.level(of: finding.code) else { return nil }
    var finding = finding
    finding.level = level
    return finding
  }
}
