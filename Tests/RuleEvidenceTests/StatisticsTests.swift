import SpecCompiler
import Testing

@testable import RuleEvidence

/// Tables whose true gains spread around a median, with noise within each.
private struct SyntheticTables {
  var count = 12
  var seeds = 5
  var median = 0.0
  var spread = 0.05
  var noise = 0.03

  /// The gains of each table for each seed.
  func gains(_ number: Int) -> [[Double]] {
    var source = SeededSource("tables", number)
    return (0..<count).map { _ in
      let table = median + spread * source.normal()
      return (0..<seeds).map { _ in table + noise * source.normal() }
    }
  }

  func effect(_ number: Int) -> RuleEffect {
    RuleEffect(
      rule: PlannedRule("A202", []),
      tables: gains(number).enumerated().map { TableEffect(table: "\($0)", gains: $1, placebo: []) },
      resamples: 500)
  }

  /// How many of so many effects are found to be what.
  func findings(of trials: Int) -> [RuleRecord.Finding: Int] {
    var counts: [RuleRecord.Finding: Int] = [:]
    for number in 0..<trials {
      let effect = effect(number)
      counts[effect.finding(probability: effect.probability ?? 1), default: 0] += 1
    }
    return counts
  }
}

extension SeededSource {
  /// Nearly normal: the sum of twelve even draws.
  fileprivate mutating func normal() -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + fraction() }
  }
}

@Suite("the statistics of evidence")
struct StatisticsTests {
  @Test("Wilcoxon's probability is exact, with shared ranks and zeros too")
  func wilcoxon() {
    #expect(Wilcoxon.probability([]) == 1 && Wilcoxon.probability([0, 0]) == 1)
    #expect(Wilcoxon.probability([1, 2, 3, 4, 5]) == 0.0625)
    #expect(Wilcoxon.probability([0, -1, -2, -3, -4, -5, -6]) == 0.03125)
    // Of the 32 signs of ranks 1 to 5, five have a sum of 3 or less; both ends count.
    #expect(Wilcoxon.probability([-1, -2, 3, 4, 5]) == 10.0 / 32)
    // Shared: ranks 1.5, 1.5 and 3; least sum 1.5, of which 0 once and 1.5 twice in eight.
    #expect(Wilcoxon.probability([-1, 1, 2]) == 6.0 / 8)
    #expect(Wilcoxon.probability([1, -1]) == 1)
  }

  @Test("Holm's correction grows with the number of rules, and keeps the order")
  func holm() {
    #expect(Holm.corrected([0.01]) == [0.01])
    #expect(Holm.corrected([0.04, 0.01, 0.03]) == [0.06, 0.03, 0.06])
    #expect(Holm.corrected([0.9, 0.5]) == [1, 1])
  }

  @Test("the interval holds the true median about as often as it says")
  func coverage() {
    for median in [0, 0.2] {
      let tables = SyntheticTables(median: median)
      let hits = (0..<300).count { number in
        let bootstrap = HierarchicalBootstrap(
          tables.gains(number), seed: "\(number)", resamples: 400)
        let interval = bootstrap.interval(missing: 0.05)
        return interval.low <= median && median <= interval.high
      }
      #expect((0.92...1).contains(Double(hits) / 300), "\(hits) of 300 at \(median)")
    }
  }

  @Test("an effect that is not there is seldom told, and one that is there mostly")
  func verdicts() {
    let none = SyntheticTables().findings(of: 60)
    #expect((none[.helps] ?? 0) + (none[.harms] ?? 0) <= 4, "\(none)")
    let good = SyntheticTables(median: 0.1, spread: 0.03).findings(of: 30)
    #expect((good[.helps] ?? 0) >= 28 && good[.harms] == nil, "\(good)")
    let bad = SyntheticTables(median: -0.1, spread: 0.03).findings(of: 30)
    #expect((bad[.harms] ?? 0) >= 28 && bad[.helps] == nil, "\(bad)")
    let same = SyntheticTables(spread: 0.002, noise: 0.002).findings(of: 30)
    #expect(same == [.noDifference: 30])
    let small = SyntheticTables(median: 0.004, spread: 0.001, noise: 0.001).findings(of: 10)
    #expect(small == [.noDifference: 10], "what lies within the margin does not matter")
  }

  @Test("few tables give no verdict, and clear losses beside gains a mixed one")
  func limits() {
    let few = SyntheticTables(count: 4, median: 0.3, spread: 0.01)
    #expect(few.findings(of: 5) == [.notEnough: 5])
    let gains = (0..<8).map { table in
      TableEffect(table: "\(table)", gains: Array(repeating: table < 3 ? -0.1 : 0.1, count: 5), placebo: [])
    }
    let mixed = RuleEffect(rule: PlannedRule("A202", []), tables: gains)
    #expect(mixed.finding(probability: 0.001) == .mixed)
    #expect(mixed.record(probability: 0.001, natural: nil).losers == ["0", "1", "2"])
  }

  @Test("help that the same keys at random give too is not told")
  func placebo() {
    let tables = (0..<10).map { table in
      TableEffect(table: "\(table)", gains: [0.1, 0.11, 0.12], placebo: [0.2, 0.2])
    }
    let effect = RuleEffect(rule: PlannedRule("A202", []), tables: tables)
    #expect(effect.finding(probability: 0.002) == .notEnough)
    #expect(effect.finding(probability: 0.2) == .notEnough)
  }

  @Test("regret is 0 at the best, 1 at the constant answer, 1.5 where a run failed")
  func regret() throws {
    let scale = try #require(
      TableScale(tuned: [1: 0.9, 2: 0.8], constant: [1: 0.4, 2: 0.3], linear: [1: 0.65, 2: 0.55]))
    #expect(abs((scale.regret(0.9, seed: 1) ?? 9)) < 1e-12)
    #expect(abs((scale.regret(0.3, seed: 2) ?? 9) - 1) < 1e-12)
    #expect(scale.regret(nil, seed: 1) == 1.5 && scale.regret(-100, seed: 1) == 1.5)
    #expect(scale.regret(5, seed: 1) == -0.2 && scale.regret(0.9, seed: 3) == nil)
    #expect(abs((scale.linearRegret ?? 9) - 0.5) < 1e-12)
    #expect(scale.isUsable)
  }

  @Test("a table on which tuning is no better than the constant answer is left out")
  func unusable() throws {
    let noisy = try #require(
      TableScale(tuned: [1: 0.5, 2: 0.3, 3: 0.6], constant: [1: 0.4, 2: 0.4, 3: 0.4]))
    #expect(!noisy.isUsable)
    let worse = try #require(TableScale(tuned: [1: 0.1, 2: 0.1], constant: [1: 0.4, 2: 0.4]))
    #expect(!worse.isUsable)
    #expect(TableScale(tuned: [:], constant: [1: 0.4]) == nil)
  }
}
