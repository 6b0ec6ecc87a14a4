import Testing

@testable import Training

@Suite struct EarlyStoppingTests {
  /// Watches a curve and tells the epoch at which it would stop, and the best one.
  private func watch(
    _ curve: [Double?], patience: Int, minDelta: Double = 0,
    direction: Metric.Direction = .lowerIsBetter
  ) -> (stop: Int?, best: Int) {
    var stopping = EarlyStopping(patience: patience, minDelta: minDelta, direction: direction)
    for (index, value) in curve.enumerated() {
      _ = stopping.observe(value, epoch: index + 1)
      if stopping.isExhausted { return (index + 1, stopping.bestEpoch) }
    }
    return (nil, stopping.bestEpoch)
  }

  @Test("the best epoch is that of the least value, and the stop comes `patience` later")
  func plain() {
    let found = watch([5, 4, 3, 3.5, 3.2, 3.1, 2], patience: 3)
    #expect(found.stop == 6 && found.best == 3)
  }

  @Test("a falling curve never stops")
  func falling() {
    let found = watch((0..<50).map { 1 / Double($0 + 1) }, patience: 1)
    #expect(found.stop == nil && found.best == 50)
  }

  @Test("of equal values the first is the best")
  func ties() {
    let found = watch([1, 1, 1], patience: 2)
    #expect(found.stop == 3 && found.best == 1)
  }

  @Test("gains below the least change do not extend patience, but the best is still the best")
  func smallGains() {
    let found = watch([1, 0.999, 0.998, 0.997], patience: 3, minDelta: 0.01)
    #expect(found.stop == 4 && found.best == 4)
  }

  @Test("small gains that add up to the least change count as progress")
  func slowProgress() {
    let found = watch((0..<30).map { 1 - 0.004 * Double($0) }, patience: 4, minDelta: 0.01)
    #expect(found.stop == nil && found.best == 30)
  }

  @Test("a measure that should be high is watched upwards")
  func upwards() {
    let found = watch([0.5, 0.7, 0.6, 0.6], patience: 2, direction: .higherIsBetter)
    #expect(found.stop == 4 && found.best == 2)
  }

  @Test("epochs without a finite value are never the best")
  func undefined() {
    let found = watch([nil, .nan, 2, .infinity, -.infinity, nil], patience: 3)
    #expect(found.stop == 6 && found.best == 3)
    #expect(watch([nil, nil], patience: 2).best == 0)
  }
}
