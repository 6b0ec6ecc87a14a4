import NetworkGraph
import SpecSyntax
import Testing

@testable import SpecCompiler

@Suite struct StepFactsTests {
  @Test func smoothedLossesOfAConstantAreTheConstant() {
    for loss in StepFacts.smoothed([Double](repeating: 2.5, count: 300)) {
      #expect(abs(loss - 2.5) < 1e-9)
    }
  }

  @Test func aTestOfRatesRunsOffWhereTheSmoothedLossIsFourTimesItsLeast() {
    let rates = (0..<60).map { 1e-4 * Double($0 + 1) }
    let calm = rates.map { StepFacts.RateTrial(rate: $0, loss: 1) }
    #expect(StepFacts.divergingRate(of: calm) == nil)
    var wild = calm
    for index in 50..<60 { wild[index].loss = 1000 }
    #expect(StepFacts.divergingRate(of: wild) == rates[50])
    wild[50].loss = .nan
    #expect(StepFacts.divergingRate(of: wild) == rates[50])
  }

  @Test("a curve of rates shows the middle seed, where it ran off and the spec's own rate")
  func rateCurve() throws {
    // A loss that falls, and from a step on is a hundred times as much.
    func test(_ end: Int) -> [StepFacts.RateTrial] {
      (0..<120).map { step in
        .init(rate: 1e-4 * Double(step + 1), loss: step < end ? 1 : step < 115 ? 100 : .infinity)
      }
    }
    let curve = try #require(
      RateTest(
        [test(60), test(100), test(80)], rowsPerStep: 32, steps: 120, specRate: 0.004))
    #expect(curve.seeds == 3 && curve.divergingRates.count == 3)
    let middle = try #require(StepFacts.divergingRate(of: test(80)))
    #expect(curve.divergingRate == middle && curve.divergingRates[1] == middle)
    #expect(curve.points.count == 60 && curve.points.allSatisfy { $0.loss.isFinite })
    let lines = curve.text.split(separator: "\n")
    let marks = try #require(lines.first { $0.contains("×") })
    #expect(marks.contains("▲"))
    #expect(curve.text.contains("▲ this spec goes up to 0.004"))
    let beyond = RateTest([test(60)], rowsPerStep: 32, steps: 120, specRate: 5)?.text
    #expect(beyond?.contains("▲") == false && beyond?.contains("× the loss ran off") == true)
    #expect(RateTest([], rowsPerStep: 32, steps: 120, specRate: 1) == nil)
  }

  @Test("the noise scale is that of gradients made of a signal and noise that rows average")
  func noise() throws {
    // E‖g‖² of B rows is ‖G‖² + tr Σ / B.
    func gradient(_ rows: Int) -> StepFacts.SquaredGradient {
      .init(rows: rows, square: 4 + 1200 / Double(rows))
    }
    let scale = try #require(StepFacts.noiseScale(of: gradient(8), gradient(256)))
    #expect(abs(scale - 300) < 1e-6)
    #expect(StepFacts.noiseScale(of: gradient(8), gradient(8)) == nil)
    #expect(
      StepFacts.noiseScale(of: .init(rows: 8, square: 1), .init(rows: 16, square: 2)) == nil)
  }

  @Test func gradientsAreCountedByLength() {
    let steps = StepFacts(gradientNorms: (1...100).map(Double.init).reversed())
    #expect(steps.gradientNorm(below: 0.9) == 90)
    #expect(steps.share(above: 80) == 0.2)
    #expect(StepFacts().gradientNorm(below: 0.5) == nil)
    #expect(StepFacts().share(above: 1) == nil)
  }

  @Test func triesAndSeedsAreSummedUp() throws {
    let trials = TrialFacts(scores: [0.5, 0.7, 0.6, 0.72], seedScores: [0.6, 0.7, 0.8])
    #expect(abs(try #require(trials.gain(ofLast: 2)) - 0.02) < 1e-12)
    #expect(trials.gain(ofLast: 4) == nil)
    #expect(abs(try #require(trials.seedDeviation) - 0.1) < 1e-12)
    #expect(TrialFacts(seedScores: [0.6, 0.7]).seedDeviation == nil)
  }

  @Test("the usual rate lies well inside the useful ones", arguments: Optimizers.all.indices)
  func rates(_ index: Int) {
    let type = Optimizers.all[index]
    let optimizer = read(Node(.scalar(Scalar(type.name)), range: .none), as: .optimizer)
    let useful = optimizer?.usefulLearningRates ?? 1...1
    #expect(useful.contains(3 * type.usualLearningRate), "\(type.name)")
    #expect(useful.contains(type.usualLearningRate / 30), "\(type.name)")
  }
}
