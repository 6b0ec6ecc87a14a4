import SpecCompiler
import Tensors
import Testing

@testable import Training

/// Differences with a true mean whose pairs share a part of their noise, as folds do.
///
/// With `overlap` judging rows for each learning row, any two pairs correlate by
/// `overlap / (1 + overlap)`, which is what the corrected interval takes them to do.
struct SyntheticPairs {
  let mean: Double
  let overlap: Double
  var source: RandomSource

  init(mean: Double, overlap: Double, seed: UInt64) {
    (self.mean, self.overlap) = (mean, overlap)
    source = RandomSource(seed: seed)
  }

  /// So many differences with deviation 1.
  mutating func next(_ count: Int) -> [Double] {
    let correlation = overlap / (1 + overlap)
    let shared = correlation.squareRoot() * Double(source.normal())
    let own = (1 - correlation).squareRoot()
    return (0..<count).map { _ in mean + shared + own * Double(source.normal()) }
  }
}

@Suite("Student's t")
struct StudentTTests {
  @Test("quantiles are those of printed tables", arguments: [
    (1, 0.05, 12.7062), (2, 0.05, 4.30265), (4, 0.05, 2.77645), (9, 0.05, 2.26216),
    (9, 0.01, 3.24984), (19, 0.05, 2.09302), (49, 0.05, 2.00958), (10_000, 0.05, 1.96020),
  ])
  func quantiles(_ degrees: Int, _ probability: Double, _ expected: Double) {
    let t = StudentT(degrees: degrees)
    #expect(abs(t.quantile(beyond: probability) - expected) < 1e-4)
    #expect(abs(t.probability(beyond: expected) - probability) < 1e-5)
  }
}

@Suite("the corrected difference")
struct CorrectedDifferenceTests {
  /// How often the interval of so many pairs holds the true mean, which is 0.3.
  private func coverage(_ pairs: Int, overlap: Double, taken: Double, missing: Double) -> Double {
    var synthetic = SyntheticPairs(mean: 0.3, overlap: overlap, seed: 11)
    let count = 10_000
    let hits = (0..<count).count { _ in
      let difference = CorrectedDifference(synthetic.next(pairs), overlap: taken)
      return abs(difference.mean - 0.3) <= difference.halfWidth(missing: missing)!
    }
    return Double(hits) / Double(count)
  }

  @Test("covers the true mean at the stated rate", arguments: [10, 20, 50])
  func covers(_ pairs: Int) {
    for missing in [0.05, 0.1] {
      let own = coverage(pairs, overlap: 1.0 / 9, taken: 1.0 / 9, missing: missing)
      #expect(abs(own - (1 - missing)) < 0.012, "\(own)")
      let independent = coverage(pairs, overlap: 0, taken: 0, missing: missing)
      #expect(abs(independent - (1 - missing)) < 0.012, "\(independent)")
    }
  }

  @Test("would cover far less without the correction")
  func uncorrected() {
    #expect(coverage(50, overlap: 1.0 / 9, taken: 0, missing: 0.05) < 0.65)
  }

  /// The table of paired 2×2 designs: pairs, effect in deviations of the noise, power.
  static let powers: [(pairs: Int, effect: Double, power: Double)] = [
    (3, 1, 0.09), (3, 2, 0.17), (3, 3, 0.33), (5, 1, 0.14), (5, 2, 0.41), (5, 3, 0.71),
    (10, 1, 0.28), (10, 2, 0.79), (10, 3, 0.99), (20, 1, 0.57), (20, 2, 0.99), (20, 3, 1),
  ]

  @Test("has the power of the paired t test, by simulation", arguments: powers)
  func power(_ item: (pairs: Int, effect: Double, power: Double)) {
    // A difference of differences has twice the deviation of one run.
    var synthetic = SyntheticPairs(mean: item.effect / 2, overlap: 0, seed: 1)
    let count = 10_000
    let told = (0..<count).count { _ in
      let difference = CorrectedDifference(synthetic.next(item.pairs), overlap: 0)
      return abs(difference.mean) > difference.halfWidth(missing: 0.05)!
    }
    #expect(abs(Double(told) / Double(count) - item.power) < 0.025, "\(told)")
  }

  @Test("equal differences have no interval, and no pair has no width")
  func constant() {
    let equal = CorrectedDifference([0.1, 0.1, 0.1], overlap: 0.1)
    #expect(equal.mean == 0.1 && equal.halfWidth(missing: 0.05) == 0)
    #expect(CorrectedDifference([0.1], overlap: 0.1).halfWidth(missing: 0.05) == nil)
    let none = CorrectedDifference(Array(repeating: 0, count: 10), overlap: 0.1)
    let finding = none.finding(
      risk: 0.05, equivalenceRisk: 0.05, margin: 0.01, .higherIsBetter)
    #expect(finding == .noDifference)
  }
}

@Suite("the sequential test")
struct SequentialTestTests {
  /// The findings of many measurements of pieces of advice with these true means.
  private func findings(
    _ means: [Double], margin: Double, direction: Metric.Direction = .higherIsBetter,
    count: Int = 2000
  ) -> [[MeasuredVerdict.Finding?]] {
    (0..<count).map { round in
      let pairs = means.enumerated().map { index, mean in
        var pairs = SyntheticPairs(
          mean: mean, overlap: 1.0 / 9, seed: UInt64(round * means.count + index))
        return pairs.next(SequentialTest.mostPairs)
      }
      var test = SequentialTest(count: means.count)
      for look in SequentialTest.looks {
        test.look(
          at: pairs.map { Array($0.prefix(look.pairs)) }, overlap: 1.0 / 9, margin: margin,
          direction, risk: look.risk)
      }
      return test.states.map(\.finding)
    }
  }

  private func rate(
    _ findings: [[MeasuredVerdict.Finding?]], _ holds: ([MeasuredVerdict.Finding?]) -> Bool
  ) -> Double {
    Double(findings.count(where: holds)) / Double(findings.count)
  }

  @Test("the looks spend what is allowed, together")
  func spending() {
    let sum = SequentialTest.looks.map(\.risk).reduce(0, +)
    #expect(abs(sum - SequentialTest.risk) < 1e-12)
    #expect(SequentialTest.looks.map(\.pairs) == SequentialTest.looks.map(\.pairs).sorted())
  }

  @Test("tells a difference that is not there at most in 5 of 100 measurements", arguments: [1, 5])
  func falseAlarms(_ advice: Int) {
    let found = findings(Array(repeating: 0, count: advice), margin: 0.01)
    let alarms = rate(found) { $0.contains { $0 == .helps || $0 == .harms } }
    #expect(alarms > 0.01 && alarms <= 0.055, "\(alarms)")
  }

  @Test("finds a difference of the margin to be none in at most 5 of 100 measurements")
  func falseEquivalence() {
    let found = findings([1.5], margin: 1.5)
    let none = rate(found) { $0 == [.noDifference] }
    #expect(none > 0.01 && none <= 0.055, "\(none)")
  }

  @Test("tells large differences, in the right direction, and what lies within the margin")
  func power() {
    let large = findings([2, -2], margin: 0.01, count: 500)
    #expect(rate(large) { $0 == [.helps, .harms] } > 0.98)
    let errors = findings([2, -2], margin: 0.01, direction: .lowerIsBetter, count: 500)
    #expect(rate(errors) { $0 == [.harms, .helps] } > 0.98)
    let none = findings([0], margin: 2, count: 500)
    #expect(rate(none) { $0 == [.noDifference] } > 0.98)
    #expect(rate(findings([0.3], margin: 0.01, count: 500)) { $0 == [nil] } > 0.8)
  }

  @Test("fewer than ten pairs give no verdict, however clear they look")
  func fewPairs() {
    var test = SequentialTest(count: 1)
    test.look(
      at: [[1, 1.1, 0.9, 1]], overlap: 0.1, margin: 0.01, .higherIsBetter, risk: nil)
    #expect(test.states[0].finding == nil && test.states[0].halfWidth != nil)
  }

  @Test("a risk that a told difference leaves is passed on")
  func passedOn() {
    let clear = (0..<10).map { 10 + 0.01 * Double($0) }
    // Between what half and what all of the risk tells.
    let base = (0..<10).map { Double($0) - 4.5 }
    let spread = CorrectedDifference(base, overlap: 0.1)
    let shift = (spread.halfWidth(missing: 0.025)! + spread.halfWidth(missing: 0.05)!) / 2
    let close = base.map { $0 + shift }
    var alone = SequentialTest(count: 2)
    alone.look(
      at: [base, close], overlap: 0.1, margin: 0.001, .higherIsBetter, risk: nil)
    #expect(alone.states.map(\.finding) == [nil, nil])
    var both = SequentialTest(count: 2)
    both.look(
      at: [close, clear], overlap: 0.1, margin: 0.001, .higherIsBetter, risk: nil)
    #expect(both.states.map(\.finding) == [.helps, .helps])
  }
}
