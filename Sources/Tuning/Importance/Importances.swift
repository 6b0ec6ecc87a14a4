internal import Tensors

/// Which searched values matter for an objective, alone and in pairs, as shares of its variance
/// over the space.
///
/// A random forest is fitted to the complete trials and its mean taken apart: functional ANOVA over
/// the space as the random sampler draws from it. A dimension with a condition has no effect where
/// it is not there, which the pair with its condition then tells. Values more than four times as
/// far from the best as three quarters of the trials are count as that far, so that a few diverged
/// trials do not decide.
/// G. Hooker, Generalized Functional ANOVA Diagnostics (2007); F. Hutter, H. Hoos and K.
/// Leyton-Brown, An Efficient Approach for Assessing Hyperparameter Importance, ICML 2014.
public struct Importances: Sendable, Hashable {
  /// Nothing is claimed with fewer complete trials.
  public static let leastTrials = 50

  /// A share of the variance, with an interval of some two deviations to both sides.
  ///
  /// The deviation is that of halves of the trials, drawn without putting back: they scatter about
  /// as much as studies of all trials would. How the forest smooths is not in it, and of some
  /// hundred trials that is more: strong shares come out too great, weak ones too small, and the
  /// interval often misses the true share (`Benchmarks/tuning/coverage`).
  public struct Share: Sendable, Hashable {
    public var value, low, high: Double
  }

  /// A value of a dimension, or a stretch of them.
  public struct Level: Sendable, Hashable {
    /// The value, or the one in the middle of the stretch.
    public var number: Double
    /// The mean of the objective over all other dimensions; nil where no trial is.
    public var mean: Double?
  }

  /// One dimension by itself.
  public struct Main: Sendable, Hashable {
    /// Its place in the space.
    public var dimension: Int
    public var share: Share
    /// Smallest first.
    public var levels: [Level]
  }

  /// What two dimensions do together beyond what each does by itself.
  public struct Pair: Sendable, Hashable {
    /// Places in the space, the smaller one first.
    public var first, second: Int
    public var share: Share
    /// The mean over all other dimensions for each level of the first (rows) and of the second; nil
    /// where no trial is.
    public var means: [[Double?]]
    /// For each level of the first the number of the second with the least mean; nil where no
    /// trial is.
    public var bestSecond: [Double?]
  }

  /// How many trials it is from.
  public let trialCount: Int
  /// What greater values count as; nil where there are none.
  public let ceiling: Double?
  /// The greatest share first; without dimensions that have one value only.
  public let mains: [Main]
  /// The greatest share first.
  public let pairs: [Pair]

  /// - Parameters:
  ///   - objective: the place of the objective.
  ///   - seed: of the study; the same arguments give the same shares.
  /// - Throws: that there are too few complete trials, and how many it takes.
  public init(
    of trials: [Trial], in space: Space, objective: Int = 0, seed: UInt64
  ) throws(StudyError) {
    try self.init(of: trials, in: space, objective: objective, seed: seed, effort: Effort())
  }

  /// How much is computed.
  struct Effort {
    var trees = 64
    var halves = 20
    var treesOfHalf = 16
  }

  init(
    of trials: [Trial], in space: Space, objective: Int, seed: UInt64, effort: Effort
  ) throws(StudyError) {
    let used = trials.filter { trial in
      trial.state == .complete && objective < trial.values.count
        && trial.values[objective].isFinite
    }
    guard used.count >= Importances.leastTrials else {
      throw StudyError(
        "too few trials: importance needs \(Importances.leastTrials) complete ones, not "
          + "\(used.count)",
        hints: ["let the study go on: more trials are added to those that are there"])
    }
    let columns = space.dimensions.enumerated().compactMap { place, dimension in
      dimension.isSingle ? nil : ForestColumn(dimension, place: place, trials: used)
    }
    let (values, ceiling) = clipped(used.map { $0.values[objective] })
    let source = RandomSource(seed: seed).split("importance")
    let whole = Marginals(
      columns, values, among: Array(values.indices), trees: effort.trees, source)
    let halves = (0..<effort.halves).map { index in
      var source = source.split("halves").split(UInt64(index))
      var order = values.indices.map { Int32($0) }
      source.shuffle(&order)
      return Marginals(
        columns, values, among: order.prefix(values.count / 2).map { Int($0) },
        trees: effort.treesOfHalf, source)
    }
    (trialCount, self.ceiling) = (used.count, ceiling)
    mains = columns.indices.map { index in
      Main(
        dimension: columns[index].place,
        share: Share(whole.mainShares[index], halves.map { $0.mainShares[index] }),
        levels: whole.levels(of: index, columns[index]))
    }.sorted { $0.share.value > $1.share.value }
    pairs = whole.pairs.indices.map { index in
      let (a, b) = whole.pairs[index]
      let share = Share(whole.pairShares[index], halves.map { $0.pairShares[index] })
      let means = whole.means(ofPair: index, columns[a], columns[b])
      return Pair(
        first: columns[a].place, second: columns[b].place, share: share, means: means,
        bestSecond: means.map { row in
          let known = row.indices.filter { row[$0] != nil }
          return known.min { (row[$0] ?? 0) < (row[$1] ?? 0) }.map { columns[b].numbers[$0] }
        })
    }.sorted { $0.share.value > $1.share.value }
  }
}

extension Importances.Share {
  /// The share of all trials, and what halves of them gave.
  init(_ value: Double, _ halves: [Double]) {
    let mean = halves.reduce(0, +) / Double(max(1, halves.count))
    let squares = halves.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(max(1, halves.count - 1))).squareRoot()
    // 1.96 would do if halves were studies of their own and many.
    let half = 2.1 * deviation
    self.init(value: value, low: max(0, value - half), high: min(1, value + half))
  }
}

/// The values, with those far above cut to four times the way from the best to the third quartile.
private func clipped(_ values: [Double]) -> (values: [Double], ceiling: Double?) {
  let sorted = values.sorted()
  let (low, high) = (sorted[0], sorted[sorted.count * 3 / 4])
  let fence = low + 4 * (high - low)
  guard high > low, let last = sorted.last, last > fence else { return (values, nil) }
  return (values.map { min($0, fence) }, fence)
}
