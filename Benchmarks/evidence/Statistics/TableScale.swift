import Training

/// What can be reached on a table, and what the constant answer reaches: the scale of regret.
struct TableScale: Sendable {
  /// Test scores by seed, more of it better.
  let tuned: [Int: Double]
  /// How much better the best of the search is than the constant answer, as a mean over the seeds.
  let span: Double
  /// That in standard errors.
  let standardErrors: Double
  /// The linear model's regret, as a mean over the seeds; nil where it has no score.
  let linearRegret: Double?

  /// A table tells nothing where its span is under so many standard errors.
  static let leastStandardErrors = 3.0

  /// - Parameters:
  ///   - tuned: by seed.
  ///   - constant: by seed; seeds that one of the two lacks are left out.
  init?(tuned: [Int: Double], constant: [Int: Double], linear: [Int: Double] = [:]) {
    let seeds = tuned.keys.filter { constant[$0] != nil }.sorted()
    guard !seeds.isEmpty else { return nil }
    let spans = seeds.compactMap { seed in
      tuned[seed].flatMap { own in constant[seed].map { own - $0 } }
    }
    let difference = CorrectedDifference(spans, overlap: DataSet.overlap)
    self.tuned = tuned.filter { constant[$0.key] != nil }
    span = difference.mean
    let error = difference.standardError
    standardErrors = error > 0 ? difference.mean / error : .infinity
    let regrets = linear.compactMap { seed, score in
      tuned[seed].map { ($0 - score) / difference.mean }
    }
    linearRegret = regrets.isEmpty ? nil : HierarchicalBootstrap.mean(regrets)
  }

  var isUsable: Bool { span > 0 && standardErrors >= Self.leastStandardErrors }

  /// The share of the span that a run of a seed misses, from −0.2 to 1.5; 1.5 of one that failed.
  func regret(_ score: Double?, seed: Int) -> Double? {
    guard let best = tuned[seed] else { return nil }
    guard let score, score.isFinite else { return Self.failed }
    return min(Self.failed, max(-0.2, (best - score) / span))
  }

  static let failed = 1.5
}
