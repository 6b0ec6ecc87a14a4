internal import Training

/// A response surface that is being measured: points spread over the ranges, each trained in the
/// same blocks.
struct SurfaceSession {
  let axes: [SurfaceAxis]
  let points: [SurfacePoint]
  let settings: ExperimentSettings
  private(set) var runs: ExperimentRuns

  init(
    _ axes: [SurfaceAxis], _ points: [SurfacePoint], _ trainer: ExperimentTrainer,
    _ settings: ExperimentSettings, _ limits: ProbeLimits
  ) {
    (self.axes, self.points, self.settings) = (axes, points, settings)
    runs = ExperimentRuns(trainer, limits)
  }

  var model: QuadraticModel { QuadraticModel(dimensions: axes.count) }
  var isInterrupted: Bool { runs.limits.shouldStop() }

  /// With one block nothing tells noise from what the surface misses.
  static let leastSeeds = 2

  /// Trains until the smallest interaction that matters could be told, or time is over.
  mutating func run() throws(TrainingError) {
    try runs.measureNoise()
    let judge = ExperimentJudge(runs, settings)
    var wanted = settings.seeds ?? Self.leastSeeds
    if settings.seeds == nil, let noise = judge.noise, let margin = judge.margin.value {
      let fit = SurfaceFit(
        model, points: points.map(\.places), values: points.map { _ in 0 })
      let needed = fit.flatMap { seeds(deviation: noise, $0, effect: margin) }
      runs.announce(seeds: min(needed ?? .max, limit), cells: points.count)
    }
    while true {
      let points = points
      try runs.train(points.indices.map { [$0] }, upTo: wanted) { points[$0[0]].words }
      guard settings.seeds == nil, runs.blocks.count == wanted, !runs.limits.isOver() else {
        return
      }
      let needed = min(SurfaceAnalysis(self).neededSeeds ?? .max, limit)
      guard needed > wanted else { return }
      // In a few steps, as the noise is known better with every block.
      wanted = min(needed, 2 * wanted)
    }
  }

  var limit: Int { runs.trainer.overlap > 0 ? NeededSeeds.mostShared : NeededSeeds.most }

  /// The fewest seeds with which an interaction whose difference of differences over the ranges is
  /// `effect` would be told four times in five; nil where none are enough.
  func seeds(deviation: Double, _ fit: SurfaceFit, effect: Double) -> Int? {
    let pairs = model.pairs.indices.map { fit.spread(of: model.pair($0)) }
    let (widest, overlap) = (4 * (pairs.max() ?? 0) * deviation, runs.trainer.overlap)
    let (degrees, risk) = (
      Double(fit.degrees), FactorialSession.risk / Double(max(1, pairs.count))
    )
    let t =
      studentQuantile(normalQuantile(beyond: risk / 2), degrees)
      + studentQuantile(normalQuantile(beyond: 1 - NeededSeeds.power), degrees)
    guard widest > 0 else { return Self.leastSeeds }
    let ratio = effect / (widest * t)
    let share = ratio * ratio - overlap
    guard share > 1 / Double(NeededSeeds.most) else { return nil }
    return max(Self.leastSeeds, Int((1 / share).rounded(.up)))
  }
}

/// A point of a surface.
public struct SurfacePoint: Sendable, Hashable {
  /// Along each axis, from −1 to 1, of the value as it is written.
  public var places: [Double]
  /// As a spec writes them.
  public var levels: [String]
  var names: [String]

  /// "rate 0.01, batch_size 64".
  public var words: String {
    zip(names, levels).map { "\($0) \($1)" }.joined(separator: ", ")
  }

  /// As many points as a quadratic surface needs at the least, evenly over the ranges.
  public static func spread(over axes: [SurfaceAxis]) -> [SurfacePoint] {
    let spread = SpreadPoints(dimensions: axes.count)
    let names = axes.names
    return (0..<QuadraticModel(dimensions: axes.count).leastRuns).map { number in
      let levels = zip(axes, spread[number]).map { $0.text(at: $1) }
      // A rounded value lies where it lies.
      let places = zip(axes, levels).map { $0.place(of: Double($1) ?? $0.low) }
      return SurfacePoint(places: places, levels: levels, names: names)
    }
  }
}
