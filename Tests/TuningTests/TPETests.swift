import SpecSyntax
import Tensors
import Testing
@testable import Tuning

@Suite("TPE")
struct TPETests {
  struct Mixture: Decodable {
    var observations: [[Double]]
    var loss: [Double]
    var good: [Int]
    var asked: [[Double]]
    var weightsBad, centresGood, deviationsGood, logGood, logBad: [Double]
  }

  struct Split: Decodable {
    struct Entry: Decodable {
      var kind: String
      var values: [Double]
      var curve: [[Double]]
      var violation: Double
    }
    var trials: [Entry]
    var good: [String: [Int]]
  }

  static let space = Space([
    Dimension("lr", .real(low: 1e-5, high: 1, step: nil, isLogarithmic: true)),
    Dimension("drop", .real(low: 0, high: 0.5, step: nil, isLogarithmic: false)),
    Dimension("units", .integer(low: 8, high: 64, step: 8, isLogarithmic: false)),
    Dimension("layers", .integer(low: 1, high: 6, step: 1, isLogarithmic: false)),
    Dimension("width", .integer(low: 8, high: 256, step: 1, isLogarithmic: true)),
    Dimension("act", .choice(["relu", "tanh", "gelu"])),
  ])

  private func expectClose(_ a: [Double], _ b: [Double], _ what: String) {
    #expect(a.count == b.count, "\(what)")
    for (a, b) in zip(a, b) { #expect(abs(a - b) < 1e-8, "\(what): \(a) and \(b)") }
  }

  @Test("has Optuna's weights, centres, deviations and densities of mixed observations")
  func vectors() throws {
    let wanted = try TuningFixture.read(Mixture.self, "tpe.json")
    let history = zip(wanted.observations, wanted.loss).enumerated().map { number, trial in
      Trial(number: number, state: .complete, parameters: trial.0, values: [trial.1])
    }
    let split = TrialSplit(history, objectives: 1)
    #expect(split.good == wanted.good)
    let places = Array(Self.space.dimensions.indices)
    let good = ParzenMixture(of: split.good, in: history, space: Self.space, over: places)
    let bad = ParzenMixture(of: split.bad, in: history, space: Self.space, over: places)
    expectClose(bad.weights, wanted.weightsBad, "weights")
    guard case .normal(let rate) = good.kernels[0] else {
      Issue.record("the rate has no kernels")
      return
    }
    expectClose(rate.centres, wanted.centresGood, "centres")
    expectClose(rate.deviations, wanted.deviationsGood, "deviations")
    expectClose(good.logDensities(at: wanted.asked), wanted.logGood, "good")
    expectClose(bad.logDensities(at: wanted.asked), wanted.logBad, "bad")
  }

  @Test("takes Optuna's good trials, of one objective, two and three", arguments: 0..<3)
  func splits(objectives: Int) throws {
    let wanted = try TuningFixture.read([Split].self, "split.json")[objectives]
    let trials = wanted.trials.enumerated().map { number, entry in
      var trial = Trial(number: number, state: .complete, parameters: [], values: entry.values)
      switch entry.kind {
      case "running": (trial.state, trial.values) = (.running, [])
      case "pruned":
        trial.state = .pruned
        trial.curve = entry.curve.map { .init(step: Int($0[0]), value: $0[1]) }
      case "infeasible": trial.violations = [entry.violation]
      default: break
      }
      return trial
    }
    for (count, good) in wanted.good {
      let split = TrialSplit(trials, objectives: objectives + 1, wanted: Int(count) ?? 0)
      #expect(split.good == good, "\(count)")
      #expect(Set(split.good).union(split.bad).count == trials.count)
    }
  }

  @Test("the ramp of weights leads up to the last 25")
  func weights() {
    #expect(ParzenMixture.weights(of: 0, isEven: false) == [1])
    let weights = ParzenMixture.weights(of: 28, isEven: false)
    // linspace(1/28, 1, 3), then 25 ones and the prior.
    expectClose(weights.prefix(4).map { $0 / weights[28] }, [1.0 / 28, 29.0 / 56, 1, 1], "ramp")
    #expect(Set(ParzenMixture.weights(of: 40, isEven: true)).count == 1)
  }

  @Test("is a density over a space with conditions: what it draws has the mass it says")
  func normalized() {
    let space = Space([
      Dimension("kind", .choice(["a", "b"])),
      Dimension("units", .integer(low: 1, high: 4, step: 1, isLogarithmic: true),
        when: .init(name: "kind", values: [1])),
    ])
    let points: [[Double?]] = [[0, nil], [1, 3], [1, 3], [1, 1], [0, nil]]
    let history = points.enumerated().map {
      Trial(number: $0, state: .complete, parameters: $1, values: [0])
    }
    let mixture = ParzenMixture(
      of: Array(history.indices), in: history, space: space, over: [0, 1])
    let all: [[Double?]] = [[0, nil]] + (1...4).map { [1, Double($0)] }
    let total = mixture.logDensities(at: all).map(exponential).reduce(0, +)
    #expect(abs(total - 1) < 1e-12, "\(total)")
  }

  @Test("failed and running trials keep others away, and are never good")
  func liar() {
    var history = (0..<20).map {
      Trial(number: $0, state: .complete, parameters: [], values: [Double($0)])
    }
    history[3].state = .failed
    history[0].state = .running
    history[1].values = [.nan]
    let split = TrialSplit(history, objectives: 1)
    #expect(split.good == [2, 4] && split.bad.count == 18)
  }
}
