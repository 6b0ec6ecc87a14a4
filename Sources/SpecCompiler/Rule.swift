public import SpecSyntax

/// One piece of advice on a spec: its reason, its condition, its way out and its examples.
///
/// A rule never changes. It sees `Facts`, reports findings, and may decide one open value.
public final class Rule: Sendable {
  /// What a rule must know before it can speak.
  public enum Need: String, Sendable, CaseIterable {
    /// The spec alone.
    case spec
    /// Facts about the table.
    case profile
    /// The compiled network.
    case graph
    /// What a training run showed.
    case probe
    /// An earlier state of the spec, or earlier runs.
    case history
  }

  /// The letter of its group and three digits, never reused: `A203`.
  public let code: String
  /// Kebab case, shows the offence, reads well after "allow".
  public let name: String
  /// How much its findings usually matter, as far as the record allows.
  public let level: Level
  /// The level that it was written with.
  public let declaredLevel: Level
  /// Whether some of its findings are errors, so that the spec does not work as it is.
  public let refuses: Bool
  /// What trying its advice showed; nil of a rule that was not tried.
  public let record: RuleRecord?
  /// One line that says what it is about.
  public let title: String
  public let needs: [Need]
  public let evidence: Evidence
  /// The mechanism, and where its threshold comes from.
  public let rationale: String
  /// Who says so; a source that was cited without its text at hand says "from memory".
  public let source: String
  /// Where the advice is wrong.
  public let failsWhen: String
  /// Both sides, where sources disagree.
  public let conflict: String?
  /// Why the mistake cannot be made here; such a rule never speaks, and its examples show what
  /// refuses or replaces the mistake.
  public let guarantee: String?
  /// What a project may set about it.
  public let options: [RuleOption]
  /// The value it decides when the author leaves it open.
  public var decides: SpecPath? { decider?.path }
  public let examples: [RuleExample]

  private let decider: Decider?
  private let check: @Sendable (Facts, inout RuleReport) -> Void

  init(
    code: String, name: String, level: Level = .advice, refuses: Bool = false, title: String,
    needs: [Need],
    evidence: Evidence, rationale: String, source: String, failsWhen: String,
    conflict: String? = nil, guarantee: String? = nil, options: [RuleOption] = [],
    examples: [RuleExample],
    decides decider: Decider? = nil,
    check: @escaping @Sendable (Facts, inout RuleReport) -> Void = { _, _ in }
  ) {
    self.code = code
    self.name = name
    record = RuleRecords.all[code]
    declaredLevel = level
    self.level = Self.bounded(level, by: record)
    self.refuses = refuses || level == .error
    self.title = title
    self.needs = needs
    self.evidence = evidence
    self.rationale = rationale
    self.source = source
    self.failsWhen = failsWhen
    self.conflict = conflict
    self.guarantee = guarantee
    self.options = options
    self.decider = decider
    self.examples = examples
    self.check = check
  }

  /// What the rule would write for the value it decides; nil while it knows too little.
  public func value(for facts: Facts) -> Decision? {
    guard let decider, let choice = decider.choose(facts) else { return nil }
    return Decision(path: decider.path, value: choice.value, rule: code, reason: choice.reason)
  }

  /// What the rule finds; nothing while its needs are not met.
  public func findings(_ facts: Facts, in document: RuleDocument? = nil) -> [Diagnostic] {
    findings(in: RuleContext(facts, document))
  }

  /// What the rule finds in what all rules are asked about.
  func findings(in context: RuleContext) -> [Diagnostic] {
    guard needs.allSatisfy(context.facts.meets) else { return [] }
    var report = RuleReport(rule: self, context)
    check(context.facts, &report)
    return report.findings
  }

  /// The rule as a kind of finding.
  public var diagnosticCode: DiagnosticCode {
    DiagnosticCode(
      code, name, level, title: title, explanation: rationale, isOff: record?.isOff ?? false)
  }

  /// A level of a finding as the record allows it.
  func bounded(_ level: Level) -> Level { Self.bounded(level, by: record) }

  /// What cannot work stays an error, however well a network does with the rest of the spec.
  private static func bounded(_ level: Level, by record: RuleRecord?) -> Level {
    guard level != .error, let greatest = record?.greatestLevel else { return level }
    return min(level, greatest)
  }
}

extension Facts {
  /// Whether what a rule needs is known.
  func meets(_ need: Rule.Need) -> Bool {
    switch need {
    case .spec: true
    case .profile: profile != nil
    case .graph: graph != nil
    case .probe: probe != nil
    case .history: earlier != nil
    }
  }
}
