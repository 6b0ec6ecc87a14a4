/// How good an ended trial is beside others of its study: less is better.
///
/// Complete ones by their value, then pruned ones by how far they came and their value there, then
/// those that break a constraint by how much in all, then those without a usable result.
struct Standing: Comparable {
  enum Group: Int { case complete, pruned, infeasible, failed }

  let group: Group
  /// Within the group: the first decides, then the second, then the trial's number.
  let first, second: Double
  let number: Int

  /// Nil of a trial that goes on.
  init?(_ trial: Trial) {
    guard trial.isFinished else { return nil }
    number = trial.number
    var violation = 0.0
    for one in trial.violations where one > 0 { violation += one }
    if violation > 0, trial.state != .failed {
      (group, first, second) = (.infeasible, violation, 0)
    } else if trial.state == .complete, !trial.values.isEmpty,
      trial.values.allSatisfy({ $0.isFinite })
    {
      (group, first, second) = (.complete, trial.values[0], 0)
    } else if trial.state == .pruned {
      let last = trial.curve.last
      let value = last?.value ?? 0
      (group, first) = (.pruned, last.map { -Double($0.step) } ?? 1)
      second = value.isNaN ? .infinity : value
    } else {
      (group, first, second) = (.failed, 0, 0)
    }
  }

  static func < (a: Standing, b: Standing) -> Bool {
    if a.group != b.group { return a.group.rawValue < b.group.rawValue }
    if a.first != b.first { return a.first < b.first }
    return a.second != b.second ? a.second < b.second : a.number < b.number
  }
}

extension Sequence<Standing> {
  /// The best few in order, at less cost than sorting all.
  func best(_ count: Int) -> [Standing] {
    var best: [Standing] = []
    guard count > 0 else { return best }
    for standing in self {
      if best.count == count {
        guard let last = best.last, standing < last else { continue }
        best.removeLast()
      }
      var place = best.count
      while place > 0, standing < best[place - 1] { place -= 1 }
      best.insert(standing, at: place)
    }
    return best
  }
}
