/// The trials that TPE learns from, parted into few good ones and the rest, each in the order of
/// their numbers, as places in the history.
///
/// Trials that still run are bad ones: that keeps others away from them (the constant liar). So are
/// those that failed, however few there are, since a network that diverged tells where not to go.
struct TrialSplit {
  private(set) var good: [Int] = []
  private(set) var bad: [Int] = []

  /// How many are good of so many that are complete or pruned.
  static func goodCount(of ended: Int, objectives: Int) -> Int {
    let tenth = (ended + 9) / 10
    return objectives > 1 ? tenth : min(tenth, 25)
  }

  /// - Parameter wanted: how many are good; nil for `goodCount`.
  init(_ history: [Trial], objectives: Int, wanted: Int? = nil) {
    var usable: [Standing] = []
    var ended = 0
    usable.reserveCapacity(history.count)
    // By index: a trial is four arrays, and copying a thousand of them takes its time.
    for place in history.indices {
      ended += history[place].state == .complete || history[place].state == .pruned ? 1 : 0
      if let standing = Standing(history[place]), standing.group != .failed {
        usable.append(standing)
      }
    }
    let wanted = wanted ?? TrialSplit.goodCount(of: ended, objectives: objectives)
    let chosen =
      objectives > 1
      ? TrialSplit.best(wanted, of: usable, history) : usable.best(wanted).map(\.number)
    var next = chosen.sorted()[...]
    for place in history.indices {
      if history[place].number == next.first {
        good.append(place)
        next.removeFirst()
      } else {
        bad.append(place)
      }
    }
  }

  /// The best few of several objectives: by fronts, the last of them cut by hypervolume.
  private static func best(_ wanted: Int, of standings: [Standing], _ history: [Trial]) -> [Int] {
    let complete = standings.filter { $0.group == .complete }
    guard wanted < complete.count, let first = history.first else {
      return standings.best(wanted).map(\.number)
    }
    let values = complete.map { history[$0.number - first.number].values }
    let fronts = nonDominatedFronts(of: values, wanted: wanted)
    var chosen: [Int] = []
    for front in 0...(fronts.max() ?? 0) where chosen.count < wanted {
      let members = fronts.indices.filter { fronts[$0] == front }
      let subset = hypervolumeSubset(
        of: members.map { values[$0] }, count: wanted - chosen.count)
      chosen += subset.map { complete[members[$0]].number }
    }
    return chosen
  }
}
