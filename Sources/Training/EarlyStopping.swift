/// Watches a measure from epoch to epoch: which epoch is best, and when waiting for a better one
/// has taken too long.
///
/// The best epoch is the one with the best value, by however little. For patience, only a value
/// that beats the last one that counted by more than `minDelta` counts.
struct EarlyStopping: Sendable {
  let patience: Int
  let minDelta: Double
  let direction: Metric.Direction
  private(set) var best: Double?
  /// From 1; 0 before any epoch had a value.
  private(set) var bestEpoch = 0
  private var reference: Double?
  private var waited = 0

  init(patience: Int, minDelta: Double, direction: Metric.Direction = .lowerIsBetter) {
    self.patience = patience
    self.minDelta = minDelta
    self.direction = direction
  }

  /// Whether there was no progress for `patience` epochs.
  var isExhausted: Bool { waited >= patience }

  /// Takes the value of an epoch, nil where there is none; tells whether it is the best so far.
  mutating func observe(_ value: Double?, epoch: Int) -> Bool {
    waited += 1
    guard let value, value.isFinite else { return false }
    if reference.map({ isBetter(value, than: $0, by: minDelta) }) ?? true {
      reference = value
      waited = 0
    }
    guard best.map({ isBetter(value, than: $0, by: 0) }) ?? true else { return false }
    best = value
    bestEpoch = epoch
    return true
  }

  private func isBetter(_ value: Double, than other: Double, by delta: Double) -> Bool {
    switch direction {
    case .lowerIsBetter: value < other - delta
    case .higherIsBetter: value > other + delta
    }
  }
}
