import SpecSyntax
import Tensors
import Testing
import Tuning

@Suite("Samplers")
struct SamplerTests {
  static let space = Space([
    Dimension("kind", .choice(["x", "y", "z"])),
    Dimension("rate", .real(low: 1e-4, high: 1, step: nil, isLogarithmic: true)),
    Dimension("units", .integer(low: 2, high: 8, step: 3, isLogarithmic: false),
      when: .init(name: "kind", values: [1, 2])),
    Dimension("drop", .real(low: 0, high: 0.5, step: 0.125, isLogarithmic: false),
      when: .init(name: "units", values: [5])),
    Dimension("width", .integer(low: 1, high: 100, step: 1, isLogarithmic: true)),
    Dimension("only", .choice(["this"])),
    Dimension("fixed", .real(low: 3, high: 3, step: nil, isLogarithmic: false)),
  ])

  /// Ended and running trials of every kind, drawn at random.
  static func history(_ count: Int, objectives: Int = 1, seed: UInt64) -> [Trial] {
    var source = RandomSource(seed: seed)
    return (0..<count).map { number in
      let parameters = RandomSampler().parameters(of: number, after: [], in: space, seed: seed)
      var trial = Trial(number: number, state: .complete, parameters: parameters ?? [])
      switch source.below(8) {
      case 0: trial.state = .failed
      case 1: trial.state = .running
      case 2:
        trial.state = .pruned
        trial.curve = [.init(step: 1 + source.below(3), value: Double(source.normal()))]
        trial.values = [trial.curve[0].value]
      case 3: trial.values = (0..<objectives).map { _ in .nan }
      case let kind:
        trial.values = (0..<objectives).map { _ in Double(source.normal()) }
        if kind == 4 { trial.violations = [0.5, -1] }
      }
      return trial
    }
  }

  @Test("stay inside, give what is there and no more, and the same for the same",
    arguments: Samplers.all.map { $0.name }, [1, 2, 3])
  func laws(name: String, objectives: Int) throws {
    let sampler = try #require(Samplers.named(name))
    for count in [0, 1, 9, 12, 30, 64] {
      let history = Self.history(count, objectives: objectives, seed: 5)
      for seed in [UInt64(1), 2] {
        let numbers = try #require(
          sampler.parameters(of: count, after: history, in: Self.space, seed: seed))
        #expect(
          numbers == sampler.parameters(of: count, after: history, in: Self.space, seed: seed))
        #expect(Self.space.pruned(numbers) == numbers, "\(numbers)")
        for (dimension, number) in zip(Self.space.dimensions, numbers) {
          if let number {
            #expect(abs(dimension.snapped(number) - number) < 1e-12, "\(dimension.name) \(number)")
          }
        }
      }
    }
  }

  @Test("those that do not learn do not look at results", arguments: Samplers.all.map { $0.name })
  func learning(name: String) throws {
    let sampler = try #require(Samplers.named(name))
    let history = Self.history(60, seed: 3)
    var other = history
    for index in other.indices where other[index].state == .complete {
      other[index].values = [Double(index)]
    }
    let isSame =
      sampler.parameters(of: 60, after: history, in: Self.space, seed: 1)
      == sampler.parameters(of: 60, after: other, in: Self.space, seed: 1)
    #expect(isSame != type(of: sampler).learns)
  }

  @Test("those that learn find a bowl's bottom", arguments: ["tpe", "cma"])
  func bowl(name: String) throws {
    let space = Space(
      ["a", "b"].map { Dimension($0, .real(low: -1, high: 3, step: nil, isLogarithmic: false)) })
    let sampler = try #require(Samplers.named(name))
    var trials: [Trial] = []
    for number in 0..<60 {
      let known = trials.known(to: number, parallel: 3)
      let numbers = try #require(
        sampler.parameters(of: number, after: known, in: space, seed: 11))
      let loss = numbers.reduce(0) { $0 + ($1 ?? 9) * ($1 ?? 9) }
      trials.append(
        Trial(number: number, state: .complete, parameters: numbers, values: [loss]))
    }
    // The best of 60 random trials is within 0.05 once in four times.
    let best = trials.compactMap(\.value).min() ?? 9
    #expect(best < 0.05, "\(best)")
  }
}
