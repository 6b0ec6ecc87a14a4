internal import SpecCompiler
internal import Training

/// What the blocks of a response surface show.
///
/// Every point is trained in every block, so that blocks fall out of its mean; the surface is
/// fitted to those means, and what they scatter around it is the error of every coefficient.
struct SurfaceAnalysis {
  private let session: SurfaceSession
  private let judge: ExperimentJudge
  /// Places of the points that have a score in every block.
  private let usable: [Int]
  /// Of those points, by block.
  private let scores: [[Double]]
  private let fit: SurfaceFit?

  private static let resamples = 2000

  init(_ session: SurfaceSession) {
    let judge = ExperimentJudge(session.runs, session.settings)
    let values = session.runs.blocks.map { $0.map { judge.measure.value(of: $0) } }
    let usable = session.points.indices.filter { place in values.allSatisfy { $0[place] != nil } }
    let scores = values.map { row in usable.compactMap { row[$0] } }
    let means = usable.indices.map { place in mean(scores.map { $0[place] }) ?? 0 }
    fit =
      scores.isEmpty
      ? nil
      : SurfaceFit(
        session.model, points: usable.map { session.points[$0].places }, values: means)
    (self.session, self.judge, self.usable, self.scores) = (session, judge, usable, scores)
  }

  private var model: QuadraticModel { session.model }
  private var isHigherBetter: Bool { judge.measure.metric.direction == .higherIsBetter }
  private var runCount: Int { usable.count * scores.count }

  /// The variance of one run that neither its block nor its point explains; nil of one block.
  private var pureVariance: Double? {
    guard scores.count > 1, usable.count > 1 else { return nil }
    let blocks = scores.map { mean($0) ?? 0 }
    let all = mean(blocks) ?? 0
    var sum = 0.0
    for place in usable.indices {
      let own = mean(scores.map { $0[place] }) ?? 0
      for block in scores.indices {
        let rest = scores[block][place] - own - blocks[block] + all
        sum += rest * rest
      }
    }
    return sum / Double((usable.count - 1) * (scores.count - 1))
  }

  /// How many seeds the smallest interaction that matters takes; nil where none are enough.
  var neededSeeds: Int? {
    guard let fit, let margin = judge.margin.value, let variance = pureVariance else { return nil }
    return session.seeds(deviation: variance.squareRoot(), fit, effect: margin)
  }

  /// Everything that was found.
  func result(_ place: ExperimentPlace) -> SurfaceResult {
    SurfaceResult(
      axes: session.axes, metric: judge.measure.metric.name, choice: judge.measure.choice,
      direction: judge.measure.metric.direction, margin: judge.margin.value,
      marginOrigin: judge.margin.origin, rows: place.rows, heldOutRows: place.heldOutRows,
      folds: place.folds,
      noise: .init(
        repeats: judge.repeats.count, mean: mean(judge.repeats), deviation: judge.noise),
      seeds: session.runs.blocks.count, neededSeeds: neededSeeds, firstSeed: place.seed,
      points: points, leastRuns: model.leastRuns, coefficients: fit?.coefficients ?? [],
      slopes: session.axes.indices.compactMap { figure(model.slope($0), times: 2) },
      curvatures: session.axes.indices.compactMap { figure(model.curvature($0), times: -1) },
      pairs: pairs, lackOfFit: lackOfFit, best: best, movesAlong: place.movesAlong,
      isInterrupted: session.isInterrupted)
  }

  private var points: [SurfaceResult.Point] {
    session.points.enumerated().map { index, point in
      let own = session.runs.blocks.map { $0[index] }
      let values = own.map { judge.measure.value(of: $0) }
      return SurfaceResult.Point(
        levels: point.levels, places: point.places,
        mean: usable.contains(index) ? mean(values.compactMap(\.self)) : nil, scores: values,
        divergedRuns: own.count { if case .diverged = $0 { true } else { false } })
    }
  }

  private func figure(_ term: Int, times factor: Double) -> SurfaceResult.Figure? {
    guard let fit else { return nil }
    let t = StudentT(degrees: fit.degrees).quantile(beyond: FactorialSession.risk)
    return SurfaceResult.Figure(
      estimate: factor * fit.coefficients[term],
      halfWidth: t * abs(factor) * fit.standardError(of: term))
  }

  private var pairs: [SurfaceResult.Pair] {
    guard let fit else { return [] }
    let t = StudentT(degrees: fit.degrees)
    let probabilities = model.pairs.indices.map { index -> Double? in
      let error = fit.standardError(of: model.pair(index))
      let own = fit.coefficients[model.pair(index)]
      return error > 0 ? t.probability(beyond: own / error) : own == 0 ? 1 : 0
    }
    let adjusted = holmAdjusted(probabilities)
    let samples = fit.resampled(Self.resamples, seed: 1)
    return model.pairs.indices.map { index in
      let axes = model.pairs[index]
      let estimate = 4 * fit.coefficients[model.pair(index)]
      let error = 4 * fit.standardError(of: model.pair(index))
      let inner = t.quantile(beyond: 2 * FactorialSession.risk) * error
      return SurfaceResult.Pair(
        axes: axes, estimate: estimate,
        halfWidth: t.quantile(beyond: FactorialSession.risk) * error,
        bound: abs(estimate) + inner, probability: probabilities[index] ?? 1,
        adjustedProbability: adjusted[index] ?? 1,
        finding: finding(
          estimate, error, t, bound: abs(estimate) + inner, adjusted[index] ?? 1),
        movements: [(axes[0], axes[1]), (axes[1], axes[0])].map {
          movement($0, of: $1, model.pair(index), fit, samples)
        })
    }
  }

  /// What may be said, as of an effect of a factorial experiment.
  private func finding(
    _ estimate: Double, _ error: Double, _ t: StudentT, bound: Double, _ adjusted: Double
  ) -> SurfaceResult.Finding {
    guard let margin = judge.margin.value, runCount >= model.leastRuns else { return .notEnough }
    if bound < margin { return .noDifference }
    let share = FactorialSession.risk / Double(model.pairs.count)
    let isClear = abs(estimate) - t.quantile(beyond: share) * error > margin
    let hasEnough = scores.count >= min(neededSeeds ?? .max, session.limit)
    return (isClear || hasEnough) && adjusted < FactorialSession.risk ? .depend : .notEnough
  }

  /// How far the best place along one axis moves with a step of another: `−cᵢⱼ / (2 qⱼ)` times the
  /// step, if the surface surely has a best place along it.
  private func movement(
    _ axis: Int, of other: Int, _ pair: Int, _ fit: SurfaceFit, _ samples: [[Double]]
  ) -> SurfaceResult.Movement {
    var movement = SurfaceResult.Movement(axis: axis, of: other)
    let term = model.curvature(other)
    let q = (isHigherBetter ? -1 : 1) * fit.coefficients[term]
    let t = StudentT(degrees: fit.degrees).quantile(beyond: 2 * FactorialSession.risk)
    guard q - t * fit.standardError(of: term) > 0 else { return movement }
    let step = session.axes[axis].step
    func distance(_ b: [Double]) -> Double { -b[pair] / (2 * b[term]) * step }
    let drawn = samples.map(distance).sorted()
    let (low, high) = (drawn[drawn.count / 40], drawn[drawn.count - 1 - drawn.count / 40])
    let own = session.axes[other]
    movement.change = own.change(of: distance(fit.coefficients))
    (movement.low, movement.high) = (own.change(of: low), own.change(of: high))
    movement.isNothing = low <= 0 && high >= 0
    return movement
  }

  /// What the means scatter around the surface beside what seeds scatter around the means.
  private var lackOfFit: SurfaceResult.LackOfFit? {
    guard let fit, let pure = pureVariance, pure > 0 else { return nil }
    // Rows that blocks share make the means of points differ by as much more.
    let expected = pure * (1 / Double(scores.count) + session.runs.trainer.overlap)
    let ratio = fit.variance / expected
    return SurfaceResult.LackOfFit(
      ratio: ratio,
      probability: probability(
        ofRatioAbove: ratio, fit.degrees, (usable.count - 1) * (scores.count - 1)))
  }

  /// Where the surface is best within the ranges, found by going along one axis after the other
  /// from the best of many points.
  private var best: SurfaceResult.Best? {
    guard let fit else { return nil }
    let sign = isHigherBetter ? -1.0 : 1.0
    let spread = SpreadPoints(dimensions: model.dimensions)
    let starts = (0..<256).map { spread[$0] }
    guard var x = starts.min(by: { sign * fit.value(at: $0) < sign * fit.value(at: $1) }) else {
      return nil
    }
    for _ in 0..<50 {
      for axis in x.indices {
        let candidates = [-1, 1, turningPoint(along: axis, at: x, fit)].compactMap(\.self)
        let values = candidates.map { place -> (place: Double, value: Double) in
          var moved = x
          moved[axis] = min(1, max(-1, place))
          return (moved[axis], sign * fit.value(at: moved))
        }
        x[axis] = values.min { $0.value < $1.value }?.place ?? x[axis]
      }
    }
    let t = StudentT(degrees: fit.degrees).quantile(beyond: FactorialSession.risk)
    return SurfaceResult.Best(
      levels: zip(session.axes, x).map { $0.text(at: $1) }, places: x,
      predicted: .init(estimate: fit.value(at: x), halfWidth: t * fit.standardError(at: x)),
      ends: x.indices.filter { abs(x[$0]) > 0.999 })
  }

  /// Where the slope along an axis is 0; nil where it nowhere is.
  private func turningPoint(along axis: Int, at x: [Double], _ fit: SurfaceFit) -> Double? {
    let b = fit.coefficients
    var slope = b[model.slope(axis)]
    for (index, pair) in model.pairs.enumerated() where pair.contains(axis) {
      slope += b[model.pair(index)] * x[pair[0] == axis ? pair[1] : pair[0]]
    }
    let q = b[model.curvature(axis)]
    return q == 0 ? nil : -slope / (2 * q)
  }
}
