public import SpecSyntax

/// What trying a rule's advice on real tables showed.
///
/// Regret is the share of what can be reached on a table that a spec misses: 0 is the best of a
/// random search, 1 the constant answer. `plumb-evidence`, in `Benchmarks`, makes the records.
public struct RuleRecord: Sendable, Hashable, Encodable {
  public enum Finding: String, Sendable, Encodable, CaseIterable {
    case helps
    /// Clear gains on some tables, clear losses on others.
    case mixed
    /// The interval lies within ±0.01.
    case noDifference = "no_difference"
    case harms
    case notEnough = "not_enough_evidence"
  }

  /// Regret without the advice less that with it: more than 0 is a gain.
  public struct Effect: Sendable, Hashable, Encodable {
    /// Of the tables.
    public var median: Double
    /// The interval that misses the true median with a probability of 5 %.
    public var low: Double
    public var high: Double

    public init(_ median: Double, _ low: Double, _ high: Double) {
      (self.median, self.low, self.high) = (median, low, high)
    }
  }

  /// The same on specs drawn at random instead of good ones that were spoilt until the rule spoke.
  public struct Natural: Sendable, Hashable, Encodable {
    public var finding: Finding
    /// Of how many specs drawn the rule spoke about so many.
    public var fired: Int
    public var drawn: Int
    public var tables: Int
    public var effect: Effect?

    public init(_ finding: Finding, fired: Int, drawn: Int, tables: Int, _ effect: Effect?) {
      (self.finding, self.fired, self.drawn) = (finding, fired, drawn)
      (self.tables, self.effect) = (tables, effect)
    }
  }

  public var finding: Finding
  public var tables: Int
  public var seeds: Int
  /// Nil where the rule spoke on no table.
  public var effect: Effect?
  /// The median with the same keys at random in place of the advice.
  public var placebo: Double?
  /// Tables with more than 0.01 of gain, with less of either, with more than that of loss.
  public var wins: Int
  public var ties: Int
  public var losses: Int
  /// What the raw figure is, and the median of its change; of an error as a share of it.
  public var measure: String
  public var change: Double?
  /// Of Wilcoxon's signed ranks over the tables, corrected for the rules of the same group.
  public var probability: Double?
  /// The median of training time with the advice over that without.
  public var time: Double?
  /// Tables on which the advice clearly lost.
  public var losers: [String]
  public var natural: Natural?

  public init(
    _ finding: Finding, tables: Int, seeds: Int, _ effect: Effect?, placebo: Double?,
    _ wins: Int, _ ties: Int, _ losses: Int, _ measure: String, change: Double?,
    probability: Double?, time: Double?, losers: [String] = [], natural: Natural? = nil
  ) {
    (self.finding, self.tables, self.seeds, self.effect) = (finding, tables, seeds, effect)
    (self.placebo, self.wins, self.ties, self.losses) = (placebo, wins, ties, losses)
    (self.measure, self.change, self.probability) = (measure, change, probability)
    (self.time, self.losers, self.natural) = (time, losers, natural)
  }
}

extension RuleRecord {
  /// The level that a rule may have, at the most; nil where the record says nothing about that.
  ///
  /// A record only takes away. What helps, or is not known, speaks as loud as its class of evidence
  /// allows; what makes no difference, or harms on some tables, gives advice and no warning; so
  /// does what helps good specs that were spoilt for it, but is seen not to help specs drawn at
  /// random. What makes no difference but for half the time, or less, is left as it is.
  public var greatestLevel: Level? {
    switch finding {
    case .harms, .mixed: .advice
    case .noDifference: savesTime ? nil : .advice
    case .helps: natural.map(\.finding.isRefusal) == true ? .advice : nil
    case .notEnough: nil
    }
  }

  /// Whether training takes at most half the time with the advice.
  public var savesTime: Bool { time.map { $0 <= 0.5 } ?? false }

  /// Whether the rule is reported only where a project asks for it: its advice harms.
  public var isOff: Bool { finding == .harms }
}

extension RuleRecord.Finding {
  /// Whether the advice was seen not to be worth taking.
  var isRefusal: Bool { self == .harms || self == .noDifference }

  /// What it weighs where rules propose different values.
  var weight: Int {
    switch self {
    case .helps: 1
    case .mixed, .notEnough: 0
    case .noDifference, .harms: -1
    }
  }

  /// The finding in words.
  var title: String {
    switch self {
    case .helps: "helps"
    case .mixed: "helps on some tables, harms on others"
    case .noDifference: "no difference within ±0.01"
    case .harms: "harms"
    case .notEnough: "not enough evidence"
    }
  }
}
