import SpecCompiler
import Tensors
import Testing

@testable import Training
@testable import Tuning

@Suite("response surfaces")
struct SurfaceTests {
  private static func normal(_ name: String, _ seed: UInt64) -> Double {
    var source = RandomSource(seed: seed).split(name)
    return Double(source.normal())
  }

  @Test("without noise the coefficients are those of the surface")
  func exact() throws {
    let model = QuadraticModel(dimensions: 3)
    let truth = (0..<model.termCount).map { Double($0 * 7 % 11) - 4 }
    let spread = SpreadPoints(dimensions: 3)
    let points = (0..<model.leastRuns).map { spread[$0] }
    let values = points.map { x in zip(model.terms(at: x), truth).reduce(0) { $0 + $1.0 * $1.1 } }
    let fit = try #require(SurfaceFit(model, points: points, values: values))
    for (own, expected) in zip(fit.coefficients, truth) { #expect(abs(own - expected) < 1e-9) }
    #expect(fit.variance < 1e-18 && fit.degrees == 20)
    #expect(SurfaceFit(model, points: Array(points.prefix(10)), values: Array(values.prefix(10))) == nil)
    #expect(SurfaceFit(model, points: points.map { [$0[0], 0, 0] }, values: values) == nil)
  }

  @Test("points fill the cube: no eighth of it has less than a third of its share, or twice")
  func spread() {
    for dimensions in 2...3 {
      let spread = SpreadPoints(dimensions: dimensions)
      let points = (0..<64).map { spread[$0] }
      #expect(points.allSatisfy { $0.allSatisfy { abs($0) <= 1 } })
      let counts = (0..<(1 << dimensions)).map { corner in
        points.count { point in
          point.indices.allSatisfy { (point[$0] > 0) == (corner >> $0 & 1 == 1) }
        }
      }
      let share = 64 >> dimensions
      #expect(counts.allSatisfy { $0 > share / 3 && $0 < share * 2 }, "\(counts)")
    }
  }

  /// Computed by `scipy.stats.f.sf`.
  @Test("the ratio of variances has the probabilities that SciPy gives", arguments: [
    (4.0, 3, 12, 0.034590), (1.0, 5, 5, 0.5), (2.5, 12, 17, 0.041348), (0.5, 4, 30, 0.735887),
    (9.0, 1, 20, 0.007076),
  ])
  func ratios(_ ratio: Double, _ upper: Int, _ lower: Int, _ expected: Double) {
    #expect(abs(probability(ofRatioAbove: ratio, upper, lower) - expected) < 1e-6)
  }

  /// The table of power: keys, runs, deviation of the interaction over the noise, power.
  static let powers: [(keys: Int, runs: Int, ratio: Double, power: Double)] = [
    (3, 32, 0.5, 0.51), (3, 64, 0.25, 0.32), (3, 64, 0.5, 0.91), (5, 64, 0.5, 0.75),
    (5, 64, 1, 1),
  ]

  @Test("an interaction is seen as often as the table says, and hardly one that is not there",
    arguments: powers)
  func power(_ item: (keys: Int, runs: Int, ratio: Double, power: Double)) throws {
    let model = QuadraticModel(dimensions: item.keys)
    let spread = SpreadPoints(dimensions: item.keys)
    let points = (0..<item.runs).map { spread[$0] }
    let (count, pairs) = (200, model.pairs.indices)
    let design = try #require(SurfaceDesign(model, points: points))
    var (seen, false_) = (0, 0)
    for round in 0..<count {
      var source = RandomSource(seed: UInt64(round)).split("power")
      let values = points.map { x in
        2 * x[0] + 3 * x[0] * x[0] + 2 * x[1] * x[1] + 3 * item.ratio * x[0] * x[1]
          + Double(source.normal())
      }
      let fit = SurfaceFit(design, values: values)
      let t = StudentT(degrees: fit.degrees)
      let told = holmAdjusted(
        pairs.map {
          t.probability(beyond: fit.coefficients[model.pair($0)] / fit.standardError(of: model.pair($0)))
        }
      ).map { ($0 ?? 1) < 0.05 }
      if told[0] { seen += 1 }
      if told.dropFirst().contains(true) { false_ += 1 }
    }
    #expect(abs(Double(seen) / Double(count) - item.power) < 0.1, "\(seen)")
    #expect(Double(false_) / Double(count) < 0.1, "\(false_)")
  }

  /// Scores of a surface whose best y moves by −c/(2q) = 0.6 with x.
  private func result(
    _ round: UInt64, interaction: Double = -2.4, curvature: Double = 2, seeds: Int? = 4,
    isHigherBetter: Bool = false
  ) throws -> SurfaceResult {
    let axes = [
      SurfaceAxis(key: "training.rate", low: 0.001, high: 0.1),
      SurfaceAxis(key: "training.drop", low: 0, high: 0.5),
    ]
    let points = SurfacePoint.spread(over: axes)
    let trainer = ExperimentTrainer(
      overlap: 0, metric: isHigherBetter ? "r2" : "rmse", isClasses: false, threads: 1
    ) { cell, block, _, _ in
      let own = cell.map { points[$0[0]].places } ?? [0, 0]
      let level = 3 * Self.normal("block \(block)", round)
      let noise = Self.normal("run \(cell?[0] ?? -1) \(block)", round)
      let f = own[0] * own[0] + curvature * own[1] * own[1] + interaction * own[0] * own[1]
      let score = level + (isHigherBetter ? -f : f) + 0.5 * noise
      return .scored([isHigherBetter ? "r2" : "rmse": score])
    }
    var settings = ExperimentSettings()
    (settings.margin, settings.seeds) = (1.5, seeds)
    var session = SurfaceSession(
      axes, points, trainer, settings,
      ProbeLimits(seconds: 1e9, shouldStop: { false }, report: { _ in }))
    try session.run()
    return SurfaceAnalysis(session).result(ExperimentPlace())
  }

  @Test("how far the best moves is covered by its interval, whichever way is better")
  func movement() throws {
    // A doubling is 2 ln 2 / ln 100 of the places, and the axis has 0.25 for each place.
    let truth = 0.6 * 2 * 0.30103 / 2 * 0.25
    for isHigherBetter in [false, true] {
      var (hits, told) = (0, 0)
      for round in 0..<30 {
        let found = try result(UInt64(round), isHigherBetter: isHigherBetter)
        let pair = found.pairs[0]
        if pair.finding == .depend { told += 1 }
        let movement = pair.movements[0]
        guard let low = movement.low, let high = movement.high else { continue }
        if low <= truth, truth <= high { hits += 1 }
        #expect(movement.isNothing == false)
      }
      #expect(hits >= 25 && told == 30, "\(hits) \(told)")
    }
  }

  @Test("says what moves with what, in the units of the keys, and what has no best value")
  func words() throws {
    let found = try result(1)
    let sentence = found.sentence(found.pairs[0])
    #expect(sentence.hasPrefix("`rate` and `drop` depend on each other (−"), "\(sentence)")
    #expect(sentence.contains("doubling `rate` moves the best `drop` by +0.0"), "\(sentence)")
    #expect(sentence.contains(": raise both; raising `drop` by 0.05 multiplies the best `rate` by 1."))
    #expect(found.head.contains { $0.hasPrefix("the surface fits") })
    let flat = try result(2, curvature: -1)
    #expect(flat.sentence(flat.pairs[0]).contains("`drop` has no best value within its range here"))
    #expect(flat.bestSentence!.contains("at the end of the range"))
  }

  @Test("finds no interaction where there is none, and tells the keys to be chosen separately")
  func nothing() throws {
    let found = try (10..<16).map { try result($0, interaction: 0, seeds: nil) }
      .filter { $0.pairs[0].finding == .noDifference }
    #expect(found.count >= 3)
    for none in found {
      #expect(none.seeds > 2 && abs(none.best!.places[1]) < 0.4)
      #expect(none.sentence(none.pairs[0]).hasPrefix("no interaction above ±"))
      #expect(none.pairs[0].movements.allSatisfy { $0.isNothing != false })
    }
  }

  @Test("axes write values as a spec does")
  func axes() {
    let rate = SurfaceAxis(key: "rate", low: 0.001, high: 0.1)
    #expect(rate.isLogarithmic && rate.text(at: 0) == "0.01" && rate.text(at: 1) == "0.1")
    #expect(abs(rate.place(of: 0.01)) < 1e-12)
    let units = SurfaceAxis(key: "units", low: 8, high: 64, isWhole: true)
    #expect(!units.isLogarithmic && units.text(at: 0) == "36" && units.text(at: -1) == "8")
    #expect(SurfaceAxis(key: "u", low: 8, high: 64, isLogarithmic: true, isWhole: true).text(at: 0) == "23")
  }
}
