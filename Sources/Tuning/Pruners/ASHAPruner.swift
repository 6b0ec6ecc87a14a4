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
  public var reduction: Int
  /// The step of the first rung, from 1.
  public var first: Int

  public init(reduction: Int = 4, first: Int = 1) {
    precondition(reduction >= 2 && first >= 1, "one of at least two goes on, from a step on")
    (self.reduction, self.first) = (reduction, first)
  }

  public init(options: [String: Double]) {
    self.init(reduction: options.count("reduction") ?? 4, first: options.count("first") ?? 1)
  }

  public func prunes(_ trial: Trial, after history: [Trial]) -> Bool {
    prunes(trial, after: history, skipping: 0)
  }

  /// - Parameter skipping: so many of the first rungs are left out.
  func prunes(_ trial: Trial, after history: [Trial], skipping: Int) -> Bool {
    guard let last = trial.curve.last else { return false }
    if last.value.isNaN { return true }
    var rung = first
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
