import SpecCompiler
import Synchronization
import TestSupport
import Testing

@testable import Training

@Suite("measured advice on a real table")
struct MeasuringTests {
  private static func spec(_ training: String, data: String = "") -> String {
    """
    plumb: 1
    data: {source: iris.csv, target: species\(data)}
    model: {hidden_layers: [8]}
    training: {epochs: 6, metrics: [log_loss], \(training)}
    """
  }

  private static let calm = spec("learning_rate: 0.01")

  /// An hour is more than any of these needs, so that nothing depends on the clock.
  private func measured(
    _ advised: [String], of base: String = calm, margin: Double? = nil, threads: Int? = nil,
    seconds: Double = 3600, shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> AdviceMeasurement {
    try measure(
      compiled(base),
      advised.enumerated().map { index, text in
        AdviceTrial(code: "T\(index)", edit: "it", compilation: compiled(text))
      }, margin: margin, seconds: seconds, threads: threads, shouldStop: shouldStop)
  }

  private func findings(_ measurement: AdviceMeasurement) -> [MeasuredVerdict.Finding] {
    measurement.items.map(\.verdict.finding)
  }

  @Test("a clear effect is told in its direction, and a change of nothing is none")
  func effects() throws {
    let slow = Self.spec("learning_rate: 1e-6")
    let harm = try measured([slow, Self.calm])
    #expect(findings(harm) == [.harms, .noDifference])
    #expect(harm.metric == "log_loss" && harm.direction == .lowerIsBetter)
    #expect(harm.folds == 10 && harm.rows == 135 && harm.heldOutRows == 15)
    let verdict = harm.items[0].verdict
    #expect(verdict.pairs == 10 && (verdict.difference ?? 0) > 0)
    #expect(harm.items[1].verdict.difference == 0 && harm.items[1].verdict.halfWidth == 0)
    #expect(findings(try measured([Self.calm], of: slow)) == [.helps])
  }

  @Test("what was told early is trained for anew, and the same whatever else is measured")
  func fresh() throws {
    let slow = Self.spec("learning_rate: 1e-6")
    let verdicts = try measured([slow, Self.calm]).items.map(\.verdict)
    let fresh = try #require(verdicts[0].fresh)
    #expect(fresh.pairs == 20 && fresh.difference > fresh.halfWidth)
    #expect(fresh.difference != verdicts[0].difference)
    #expect(verdicts[1].fresh == nil)
    #expect(try measured([slow], threads: 1).items[0].verdict.fresh == fresh)
    #expect(verdicts[0].words.hasSuffix("over 20 fresh pairs"))
  }

  @Test("the figures do not depend on the number of threads or on what else is measured")
  func independence() throws {
    let wide = Self.calm.replacing("[8]", with: "[9]")
    let one = try measured([wide, Self.calm], threads: 1)
    let three = try measured([wide, Self.calm], threads: 3)
    #expect(one == three)
    let alone = try measured([wide], threads: 2)
    #expect(alone.items[0].verdict.difference == one.items[0].verdict.difference)
    #expect(alone.items[0].verdict.pairs == 50)
    #expect(alone.items[0].verdict.finding == .notEnough)
    #expect(try #require(alone.items[0].verdict.reason).contains("on this table"))
  }

  @Test("a large margin holds small differences")
  func margin() throws {
    let wide = Self.calm.replacing("[8]", with: "[9]")
    let found = try measured([wide], margin: 5)
    #expect(findings(found) == [.noDifference] && found.items[0].verdict.margin == 5)
    #expect(found.marginOrigin == "--margin")
  }

  @Test("numbers that run off with or without the edit are a verdict")
  func divergence() throws {
    let wild = Self.spec("learning_rate: 1e30, optimizer: sgd")
    let harm = try measured([wild])
    #expect(findings(harm) == [.harms])
    #expect(harm.items[0].verdict.reason == "the loss was no number with it, in pair 1")
    #expect(findings(try measured([Self.calm], of: wild)) == [.helps])
    #expect(findings(try measured([wild], of: wild)) == [.notEnough])
  }

  @Test("an edit of what judges is not measured, and the others are")
  func incomparable() throws {
    let other = Self.spec("learning_rate: 0.01", data: ", split: {test: 20%}")
    let found = try measured([other, Self.spec("learning_rate: 1e-6")])
    #expect(findings(found) == [.notEnough, .harms])
    #expect(try #require(found.items[0].verdict.reason).contains("which rows judge"))
    let validation = Self.spec("learning_rate: 0.01", data: ", split: {validation: 30%}")
    #expect(try measured([validation]).items[0].verdict.pairs > 0)
  }

  @Test("without time there are no pairs; a stop keeps those that are whole")
  func stopped() throws {
    let none = try measured([Self.calm], seconds: 0)
    #expect(findings(none) == [.notEnough] && none.items[0].verdict.pairs == 0)
    #expect(try #require(none.items[0].verdict.reason).contains("a longer --budget"))
    let asked = Mutex(0)
    let stopped = try measured(
      [Self.spec("learning_rate: 1e-6")], threads: 1,
      shouldStop: {
        asked.withLock { count in
          count += 1
          return count > 400
        }
      })
    let verdict = stopped.items[0].verdict
    #expect(stopped.isInterrupted && (1..<10).contains(verdict.pairs), "\(verdict)")
    #expect(verdict.finding == .notEnough && verdict.reason == "it was interrupted")
    #expect(verdict.difference != nil)
  }

  @Test("a metric that a fold does not define gives way to one that it does")
  func undefinedMetric() throws {
    // Ten folds of ten rows judge by one row each, whose variance is none.
    let text = """
      plumb: 1
      data: {source: diabetes.csv, target: progression, split: {validation: 2, test: 432}}
      model: {hidden_layers: []}
      training: {epochs: 2, learning_rate: 0.01, metrics: [r2]}
      """
    let found = try measured([text.replacing("0.01", with: "0.02")], of: text)
    #expect(found.metric == "rmse" && found.choice.contains("`r2` is not defined"))
  }
}
