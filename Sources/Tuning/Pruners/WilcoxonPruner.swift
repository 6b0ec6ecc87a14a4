/// Ends a trial of several runs as soon as its runs are worse than the best trial's, pair by pair.
///
/// The points of a curve are runs, of folds or seeds: those of the same step are a pair. The best
/// trial is the complete one of least value that keeps its constraints. The signed rank test is
/// one-sided and exact; a trial whose mean is no worse than the best one's goes on, whatever it
/// says.
public struct WilcoxonPruner: Pruner {
  public static let name = "wilcoxon"
  public static let summary = "ends trials whose folds or seeds are worse than the best one's"

  /// The probability by chance below which a trial ends.
  public var threshold: Double
  /// Runs before which none ends; at least 2.
  public var startup: Int

  public init(threshold: Double = 0.1, startup: Int = 2) {
    (self.threshold, self.startup) = (threshold, startup)
  }

  public init(options: [String: Double]) {
    self.init(threshold: options["p"] ?? 0.1, startup: options.count("startup") ?? 2)
  }

  public func prunes(_ trial: Trial, after history: [Trial]) -> Bool {
    guard let last = trial.curve.last else { return false }
    if last.value.isNaN { return true }
    let best = history.compactMap { trial in
      Standing(trial).map { (standing: $0, trial: trial) }
    }.filter { $0.standing.group == .complete }.min { $0.standing < $1.standing }?.trial
    guard let best, !best.curve.isEmpty,
      (trial.curve + best.curve).allSatisfy({ $0.value.isFinite })
    else { return false }
    let differences = trial.curve.compactMap { point in
      best.value(at: point.step).map { point.value - $0 }
    }
    guard differences.count >= max(2, startup), mean(trial.curve) > mean(best.curve) else {
      return false
    }
    return SignedRanks(differences).probabilityOfMore < threshold
  }

  private func mean(_ curve: [Trial.Point]) -> Double {
    curve.reduce(0) { $0 + $1.value } / Double(curve.count)
  }
}
