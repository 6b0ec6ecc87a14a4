/// Ends a trial whose best value so far is worse than the median of the others at the same step.
///
/// The others are complete trials; of pruned ones it is not known how they would have gone on.
public struct MedianPruner: Pruner {
  public static let name = "median"
  public static let summary = "ends trials that are worse than the median at the same step"

  /// Trials that come to their end before any is ended early.
  public var startup: Int
  /// Steps of each trial in which it is not ended.
  public var warmUp: Int

  public init(startup: Int = 5, warmUp: Int = 0) {
    (self.startup, self.warmUp) = (startup, warmUp)
  }

  public init(options: [String: Double]) {
    self.init(startup: options.count("startup") ?? 5, warmUp: options.count("warmup") ?? 0)
  }

  public func prunes(_ trial: Trial, after history: [Trial]) -> Bool {
    guard let last = trial.curve.last else { return false }
    if last.value.isNaN { return true }
    let complete = history.filter { $0.state == .complete }
    guard !complete.isEmpty, complete.count >= startup, last.step > warmUp else { return false }
    let others = complete.compactMap { $0.value(at: last.step) }.filter { !$0.isNaN }.sorted()
    guard !others.isEmpty else { return false }
    let median = (others[(others.count - 1) / 2] + others[others.count / 2]) / 2
    let best = trial.curve.map(\.value).filter { !$0.isNaN }.min() ?? last.value
    return best > median
  }
}

extension Trial {
  /// The value on the way at a step; nil where there is none.
  func value(at step: Int) -> Double? { curve.first { $0.step == step }?.value }
}
