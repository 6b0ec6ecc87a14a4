import SpecCompiler
import Training

/// What a rule's advice did on one table.
struct TableEffect: Sendable {
  var table: String
  /// Regret without the advice less that with it, for each seed or natural spec.
  var gains: [Double]
  /// The same with the keys drawn at random; empty where nothing could be drawn.
  var placebo: [Double]
  /// The change of the raw figure, as a mean; nil where an arm failed.
  var change: Double?
  /// Training time with the advice over that without.
  var time: Double?

  var gain: Double { HierarchicalBootstrap.mean(gains) }

  /// Half the width of the interval around the gain; nil of one value.
  var halfWidth: Double? {
    CorrectedDifference(gains, overlap: DataSet.overlap).halfWidth(missing: 0.05)
  }

  /// Whether the gain is of that sign, more than twice the tie band, and not by chance.
  func isClear(_ isWanted: (Double, Double) -> Bool) -> Bool {
    guard let halfWidth, abs(gain) > 2 * RuleEffect.margin else { return false }
    return isWanted(gain, 0) && abs(gain) > halfWidth
  }
}

/// What a rule's advice did over all tables.
struct RuleEffect: Sendable {
  let rule: PlannedRule
  let tables: [TableEffect]
  /// Nil where the rule spoke on no table.
  private let bootstrap: HierarchicalBootstrap?

  init(
    rule: PlannedRule, tables: [TableEffect], resamples: Int = HierarchicalBootstrap.resamples
  ) {
    (self.rule, self.tables) = (rule, tables)
    bootstrap =
      tables.isEmpty
      ? nil : HierarchicalBootstrap(tables.map(\.gains), seed: rule.code, resamples: resamples)
  }

  /// The change of regret that does not matter.
  static let margin = 0.01
  /// No verdict rests on fewer tables.
  static let leastTables = 5

  /// Wilcoxon's probability over the tables; nil where the rule spoke on none.
  var probability: Double? { tables.isEmpty ? nil : Wilcoxon.probability(tables.map(\.gain)) }

  var placebo: Double? {
    let own = tables.filter { !$0.placebo.isEmpty }
    return own.isEmpty
      ? nil : HierarchicalBootstrap.median(own.map { HierarchicalBootstrap.mean($0.placebo) })
  }

  /// The verdict, given the probability as corrected for the other rules of the group.
  ///
  /// What lies within the margin is no difference, whatever its sign, and a median within it is
  /// neither help nor harm. Help must be there in three tables of four, and beat the same keys at
  /// random.
  func finding(probability: Double) -> RuleRecord.Finding {
    guard tables.count >= Self.leastTables, let bootstrap else { return .notEnough }
    let interval = bootstrap.interval(missing: 0.05)
    if interval.low > -Self.margin, interval.high < Self.margin { return .noDifference }
    let gains = tables.count { $0.isClear(>) }
    let losses = tables.count { $0.isClear(<) }
    if gains > 0, losses > 1, 5 * losses > tables.count { return .mixed }
    guard probability < 0.05, abs(bootstrap.median) >= Self.margin else { return .notEnough }
    if interval.high < 0 { return .harms }
    let improved = tables.reduce(0.0) { $0 + ($1.gain > 0 ? 1 : $1.gain == 0 ? 0.5 : 0) }
    let beatsChance = placebo.map { bootstrap.median > $0 } ?? true
    guard interval.low > 0, improved >= 0.75 * Double(tables.count), beatsChance else {
      return .notEnough
    }
    return .helps
  }

  var effect: RuleRecord.Effect? {
    guard let bootstrap else { return nil }
    let interval = bootstrap.interval(missing: 0.05)
    return RuleRecord.Effect(bootstrap.median, interval.low, interval.high)
  }

  /// The record of the rule.
  func record(probability: Double?, natural: RuleRecord.Natural?) -> RuleRecord {
    let gains = tables.map(\.gain)
    let changes = tables.compactMap(\.change)
    let times = tables.compactMap(\.time)
    let isAbsolute = rule.measure == .absolute
    return RuleRecord(
      finding(probability: probability ?? 1), tables: tables.count,
      seeds: tables.map(\.gains.count).min() ?? 0, effect, placebo: placebo,
      gains.count { $0 > Self.margin }, gains.count { abs($0) <= Self.margin },
      gains.count { $0 < -Self.margin },
      isAbsolute ? "mean absolute error" : "accuracy or R²",
      change: changes.isEmpty ? nil : HierarchicalBootstrap.median(changes),
      probability: probability,
      time: times.isEmpty ? nil : HierarchicalBootstrap.median(times),
      losers: tables.filter { $0.isClear(<) }.map(\.table), natural: natural)
  }
}
