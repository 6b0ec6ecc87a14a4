/// Asynchronous successive halving: at steps that grow by a factor, only the best part goes on.
///
/// The steps are rungs: `first`, `first · reduction`, `first · reduction²`, …. Who comes to one
/// goes on if the value there is among the best 1/`reduction` of all who came there before, itself
/// counted; as long as there are fewer than `reduction`, if it is the best. Nobody is paused and
/// promoted later. L. Li et al., A System for Massively Parallel Hyperparameter Tuning (2020),
/// arXiv 1810.05934, in Optuna's variant without pausing.
public struct ASHAPruner: Pruner {
  public static let name = "asha"
  public static let summary = "lets the best quarter go on at steps 1, 4, 16, …"

  /// One of so many goes on; 2 or more.
  public var reduction = 4
  /// The step of the first rung, from 1; nil for a hundredth of the longest complete trial, and
  /// then nothing ends before a trial is complete.
  public var first: Int?

  public init() {}

  public init(reduction: Int = 4, first: Int? = nil) {
    precondition(reduction >= 2, "one of at least two goes on")
    (self.reduction, self.first) = (reduction, first)
  }

  public func prunes(_ trial: Trial, after history: [Trial]) -> Bool {
    prunes(trial, after: history, skipping: 0)
  }

  /// - Parameter skipping: so many of the first rungs are left out.
  func prunes(_ trial: Trial, after history: [Trial], skipping: Int) -> Bool {
    guard let last = trial.curve.last else { return false }
    if last.value.isNaN { return true }
    guard let first = first ?? ASHAPruner.first(after: history) else { return false }
    var rung = max(1, first)
    for _ in 0..<skipping { rung = product(rung, reduction) }
    while rung <= last.step {
      // A rung that was reached before has been decided.
      if trial.curve.first(where: { $0.step >= rung })?.step == last.step {
        let others = history.compactMap { $0.value(from: rung) }
        let place = max(0, (others.count + 1) / reduction - 1)
        // Those that are strictly better, which are all before it.
        if others.count(where: { $0 < last.value }) > place { return true }
      }
      rung = product(rung, reduction)
    }
    return false
  }

  private static func first(after history: [Trial]) -> Int? {
    let steps = history.filter { $0.state == .complete }.compactMap { $0.curve.last?.step }
    return steps.max().map { max($0 / 100, 1) }
  }

  private func product(_ a: Int, _ b: Int) -> Int {
    let (product, overflows) = a.multipliedReportingOverflow(by: b)
    return overflows ? .max : product
  }
}

extension Trial {
  /// The first value on the way at a step or later; nil of a trial that did not come there.
  func value(from step: Int) -> Double? {
    guard let value = curve.first(where: { $0.step >= step })?.value, !value.isNaN else {
      return nil
    }
    return value
  }
}
