import Testing
@testable import Tuning

@Suite("Pruners")
struct PrunerTests {
  struct Fixture: Decodable {
    var curves, runs: [[Double]]
    var median, medianLater, asha, ashaByTwoFromThree, wilcoxon, wilcoxonLoose: [Int]
  }

  /// For each trial the step at which it is ended, or 0; trials run one after another.
  private func ends(
    of curves: [[Double]], by pruner: some Pruner, valuesAreMeans: Bool = false
  ) -> [Int] {
    var history: [Trial] = []
    for (number, values) in curves.enumerated() {
      var trial = Trial(number: number, state: .running, parameters: [])
      for (index, value) in values.enumerated() {
        trial.curve.append(.init(step: index + 1, value: value))
        if pruner.prunes(trial, after: history) {
          trial.state = .pruned
          break
        }
      }
      if trial.state == .running {
        trial.state = .complete
        let mean = values.reduce(0, +) / Double(values.count)
        trial.values = valuesAreMeans ? [mean] : values.suffix(1)
      }
      history.append(trial)
    }
    return history.map { $0.state == .pruned ? $0.curve.count : 0 }
  }

  @Test("end trials where Optuna ends them")
  func vectors() throws {
    let wanted = try TuningFixture.read(Fixture.self, "pruners.json")
    #expect(ends(of: wanted.curves, by: MedianPruner()) == wanted.median)
    // Optuna counts steps from 0.
    #expect(
      ends(of: wanted.curves, by: MedianPruner(startup: 2, warmUp: 4)) == wanted.medianLater)
    #expect(ends(of: wanted.curves, by: ASHAPruner()) == wanted.asha)
    #expect(
      ends(of: wanted.curves, by: ASHAPruner(reduction: 2, first: 3))
        == wanted.ashaByTwoFromThree)
    let test = WilcoxonPruner(threshold: 0.3, startup: 4)
    #expect(
      ends(of: wanted.runs, by: WilcoxonPruner(), valuesAreMeans: true) == wanted.wilcoxon)
    #expect(ends(of: wanted.runs, by: test, valuesAreMeans: true) == wanted.wilcoxonLoose)
  }

  @Test("end what is no number, and nothing else without others", arguments: Pruners.all.map { $0.name })
  func laws(name: String) throws {
    let pruner = try #require(Pruners.named(name))
    var trial = Trial(number: 0, state: .running, parameters: [])
    #expect(!pruner.prunes(trial, after: []))
    for step in 1...20 {
      trial.curve.append(.init(step: step, value: Double(step)))
      #expect(!pruner.prunes(trial, after: []))
    }
    trial.curve.append(.init(step: 21, value: .nan))
    #expect(pruner.prunes(trial, after: []) == (name != "none"))
  }

  @Test("of equal trials none is ended", arguments: Pruners.all.map { $0.name })
  func equals(name: String) throws {
    let pruner = try #require(Pruners.named(name))
    let curve = (1...16).map { Trial.Point(step: $0, value: 1 / Double($0)) }
    let history = (0..<12).map {
      Trial(number: $0, state: .complete, parameters: [], values: [1.0 / 16], curve: curve)
    }
    for length in 1...16 {
      let trial = Trial(
        number: 12, state: .running, parameters: [], curve: Array(curve.prefix(length)))
      #expect(!pruner.prunes(trial, after: history), "\(length)")
    }
  }

  @Test("a rung is decided once, and options come by their names in a spec")
  func rungs() throws {
    func trial(_ value: Double, _ steps: Int) -> Trial {
      Trial(
        number: 1, state: .running, parameters: [],
        curve: (1...steps).map { .init(step: $0, value: value) })
    }
    let pruner = try #require(Pruners.named("asha", options: ["reduction": 4, "first": 3]))
    let history = [trial(1, 300)]
    let ending = (1...60).filter { pruner.prunes(trial(2, $0), after: history) }
    #expect(ending == [3, 12, 48])
    let median = try #require(Pruners.named("median", options: ["warmup": 7]) as? MedianPruner)
    #expect(median.startup == 5 && median.warmUp == 7)
    let test = try #require(Pruners.named("wilcoxon", options: ["p": 0.2]) as? WilcoxonPruner)
    #expect(test.threshold == 0.2 && test.startup == 2)
  }

  @Test("Hyperband deals trials by its shares, and compares within a bracket")
  func brackets() {
    let pruner = HyperbandPruner(reduction: 3, first: 1, last: 27)
    let shares = pruner.shares(upTo: 27)
    // ⌈4 · 27 / 4⌉, ⌈4 · 9 / 3⌉, ⌈4 · 3 / 2⌉, 4.
    #expect(shares == [27, 12, 6, 4])
    var counts = [0, 0, 0, 0]
    for number in 0..<490 { counts[pruner.bracket(of: number, shares)] += 1 }
    for (count, share) in zip(counts, shares) { #expect(abs(count - 10 * share) <= 3) }
    let history = (0..<40).map {
      Trial(
        number: $0, state: .complete, parameters: [], values: [0],
        curve: [.init(step: 1, value: 0), .init(step: 27, value: 0)])
    }
    for number in 40..<80 {
      var trial = Trial(number: number, state: .running, parameters: [])
      let first = [1, 3, 9, 27][pruner.bracket(of: number, shares)]
      for step in [1, 3, 9, 27] {
        trial.curve.append(.init(step: step, value: 1))
        #expect(pruner.prunes(trial, after: history) == (step >= first), "\(number) \(step)")
      }
    }
  }

  @Test("the signed rank test is exact, with ties and zeros")
  func signedRanks() {
    // All of five positive: 1 in 2⁵.
    #expect(SignedRanks([1, 2, 3, 4, 5]).probabilityOfMore == 1.0 / 32)
    #expect(SignedRanks([-1, -2, -3]).probabilityOfMore == 1)
    #expect(SignedRanks([0, 0]).probabilityOfMore == 1)
    // Ranks 1.5, 1.5, 3: sums of 4.5 and more are 3 of 8.
    #expect(SignedRanks([1, -1, 2]).probabilityOfMore == 3.0 / 8)
    // scipy.stats.wilcoxon([0, 1, 1, -2, 3], alternative="greater", zero_method="zsplit").
    #expect(abs(SignedRanks([0, 1, 1, -2, 3]).probabilityOfMore - 0.25) < 1e-12)
  }
}
