public import SpecSyntax

/// What the findings about a spec say together: what comes first, which of several speaks about
/// a value, and what waits.
///
/// Errors come first, and what depends on their values is held back. One value has one proposal:
/// a verdict of trainings with and without it beats a measurement, that beats a heuristic; then the
/// rule speaks whose advice helped when it was tried on other tables, and then that of the stronger
/// evidence. Rules of interaction come late, since accepted changes are what makes them speak, and
/// what was measured not to help stands last.
public struct AdviceOrder: Sendable {
  /// The part of a page that a finding belongs to, in order.
  public enum Group: String, Sendable, CaseIterable, Encodable {
    case errors, warnings, advice, interactions
    /// Measured to harm, or to make no difference.
    case refuted
  }

  /// A finding that speaks, and what others propose for the same values.
  public struct Entry: Sendable {
    public var finding: Diagnostic
    /// Those that propose the same.
    public var agreeing: [Diagnostic] = []
    /// Those that propose something else, or a heuristic where this one measured.
    public var disagreeing: [Diagnostic] = []
    /// What trainings with and without it showed.
    public var verdict: MeasuredVerdict?

    /// Where it stands on a page.
    public var group: Group {
      switch finding.level {
      case .error: .errors
      case _ where verdict?.isRefusal ?? false: .refuted
      case _ where finding.isInteraction: .interactions
      case .warning: .warnings
      case .advice: .advice
      }
    }
  }

  /// What speaks, in the order of doing.
  public private(set) var entries: [Entry] = []
  /// What depends on a value that has an error.
  public private(set) var heldBack: [Diagnostic] = []

  /// Brings findings into order; the result depends on what they are and not on how they come.
  ///
  /// - Parameter verdicts: what was measured, by code.
  public init(_ findings: [Diagnostic], verdicts: [String: MeasuredVerdict] = [:]) {
    let broken = findings.filter { $0.level == .error }.flatMap(\.touched)
    let sorted = findings.sorted { first, second in
      first.speaksBefore(second, verdicts[first.code.code], verdicts[second.code.code])
    }
    for finding in sorted {
      if finding.level != .error, finding.rule != nil, finding.touches(broken) {
        heldBack.append(finding)
      } else {
        add(finding, verdicts[finding.code.code])
      }
    }
    entries = Group.allCases.flatMap { group in entries.filter { $0.group == group } }
  }

  private mutating func add(_ finding: Diagnostic, _ verdict: MeasuredVerdict?) {
    guard let index = entries.firstIndex(where: { $0.finding.settles(finding) }) else {
      entries.append(Entry(finding: finding, verdict: verdict))
      return
    }
    if entries[index].finding.agrees(with: finding) {
      entries[index].agreeing.append(finding)
    } else {
      entries[index].disagreeing.append(finding)
    }
  }
}

extension Diagnostic {
  /// The rule that found it; nil for what the compiler found.
  public var rule: Rule? { Rules.byCode[code.code] }

  /// The values its first way out with values would write.
  public var proposed: [ProposedValue] {
    helps.first { !$0.proposed.isEmpty }?.proposed ?? []
  }

  /// Whether it rests on a training run.
  var isMeasured: Bool { rule?.needs.contains(.probe) ?? false }

  /// Whether it is about settings that move together.
  var isInteraction: Bool { code.code.hasPrefix("X") }

  /// What a finding weighs where several propose a value: the first number that differs decides.
  private func strength(_ verdict: MeasuredVerdict?) -> [Int] {
    let evidence = rule?.evidence ?? .mechanical
    return [
      level == .error ? 1 : 0, verdict?.weight ?? 0, isInteraction ? 0 : 1, isMeasured ? 1 : 0,
      rule?.record?.finding.weight ?? 0, Evidence.allCases.firstIndex(of: evidence) ?? 0,
      Level.allCases.firstIndex(of: level) ?? 0,
    ]
  }

  fileprivate func speaksBefore(
    _ other: Diagnostic, _ own: MeasuredVerdict?, _ others: MeasuredVerdict?
  ) -> Bool {
    let (a, b) = (strength(own), other.strength(others))
    if a != b { return b.lexicographicallyPrecedes(a) }
    let (x, y) = (primary.range, other.primary.range)
    if x.source != y.source { return x.source < y.source }
    return x.lower != y.lower ? x.lower < y.lower : code.code < other.code.code
  }

  /// The values it is about; a whole section is none.
  fileprivate var touched: [SpecPath] {
    (proposed.map(\.path) + [path]).filter { $0.steps.count > 1 }
  }

  fileprivate func touches(_ paths: [SpecPath]) -> Bool {
    touched.contains { own in paths.contains { own.overlaps($0) } }
  }

  /// Whether this finding leaves nothing for a weaker one to propose.
  fileprivate func settles(_ weaker: Diagnostic) -> Bool {
    guard rule != nil, weaker.rule != nil, !weaker.proposed.isEmpty else { return false }
    let own = isMeasured && !weaker.isMeasured ? touched : proposed.map(\.path)
    return weaker.proposed.contains { value in own.contains { value.path.overlaps($0) } }
  }

  /// Whether both propose the same for every value that both are about.
  fileprivate func agrees(with other: Diagnostic) -> Bool {
    let shared = other.proposed.filter { value in
      proposed.contains { $0.path.overlaps(value.path) }
    }
    return !shared.isEmpty && shared.allSatisfy { proposed.contains($0) }
  }
}

extension MeasuredVerdict {
  /// What helps speaks before everything that was not measured, what does not after it.
  fileprivate var weight: Int {
    switch finding {
    case .helps: 1
    case .notEnough: 0
    case .harms, .noDifference: -1
    }
  }
}

extension SpecPath {
  /// Whether one of two places holds the other.
  public func overlaps(_ other: SpecPath) -> Bool { isWithin(other) || other.isWithin(self) }
}
