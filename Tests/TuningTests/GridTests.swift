import SpecSyntax
import Testing
@testable import Tuning

@Suite("The grid")
struct GridTests {
  static let space = Space([
    Dimension("a", .choice(["x", "y", "z"])),
    Dimension("b", .integer(low: 1, high: 4, step: 1, isLogarithmic: false),
      when: .init(name: "a", values: [1, 2])),
    Dimension("c", .real(low: 1e-4, high: 1, step: nil, isLogarithmic: true),
      when: .init(name: "b", values: [2])),
    Dimension("d", .choice([0.25, 0.75].map(JSONValue.number))),
  ])
  /// x, and y and z with four, one of which has five: (1 + 2 · (3 + 5)) · 2.
  static let size = 34

  @Test("holds every combination once, then nothing")
  func exhaustive() {
    #expect(Grid(Self.space).count == Self.size)
    var trials: [Trial] = []
    while let numbers = GridSampler().parameters(
      of: trials.count, after: trials, in: Self.space, seed: 3), trials.count < 100
    {
      #expect(Self.space.pruned(numbers) == numbers)
      trials.append(Trial(number: trials.count, state: .complete, parameters: numbers))
    }
    #expect(trials.count == Self.size)
    #expect(Set(trials.map(\.parameters)).count == Self.size)
  }

  @Test("leaves out what was asked for, and is not shortened by what is not in it")
  func enqueued() {
    let inside = Grid(Self.space).combination(at: 7)
    var trials = [
      Trial(number: 0, state: .waiting, parameters: inside),
      Trial(number: 1, state: .running, parameters: [0, nil, nil, 1]),
      Trial(number: 2, state: .complete, parameters: [1, 2, 0.77, 1]),
    ]
    while let numbers = GridSampler().parameters(
      of: trials.count, after: trials, in: Self.space, seed: 3), trials.count < 100
    {
      trials.append(Trial(number: trials.count, state: .complete, parameters: numbers))
    }
    #expect(trials.count == Self.size + 1)
    #expect(Set(trials.map(\.parameters)).count == Self.size + 1)
  }

  @Test("a part of it is spread over the whole")
  func spread() {
    let space = Space((0..<3).map {
      Dimension("d\($0)", .integer(low: 0, high: 9, step: 1, isLogarithmic: false))
    })
    let grid = Grid(space)
    let order = MixedOrder(count: grid.count, source: RandomSampler().source(0, seed: 1))
    #expect(Set((0..<1000).map { order[$0] }) == Set(0..<1000))
    for dimension in 0..<3 {
      var counts = [Int](repeating: 0, count: 10)
      for place in 0..<100 {
        counts[Int(grid.combination(at: order[place])[dimension] ?? 0)] += 1
      }
      // Ten are expected of each; chance alone is beyond 20 once in five hundred.
      #expect((2...20).contains(counts.min() ?? 0) && (counts.max() ?? 99) <= 20, "\(counts)")
    }
  }

  @Test("numbers without steps have five levels on their scale, with both ends")
  func levels() {
    let real = Dimension("r", .real(low: 1e-4, high: 1, step: nil, isLogarithmic: true))
    let expected = [1e-4, 1e-3, 1e-2, 1e-1, 1]
    for (value, wanted) in zip(Grid.values(of: real), expected) {
      #expect(abs(value / wanted - 1) < 1e-12)
    }
    let wide = Dimension("w", .integer(low: 8, high: 128, step: 1, isLogarithmic: true))
    #expect(Grid.values(of: wide) == [8, 16, 32, 64, 128])
    let even = Dimension("e", .integer(low: 1, high: 9, step: 2, isLogarithmic: false))
    #expect(Grid.values(of: even) == [1, 3, 5, 7, 9])
  }

  @Test("a grid that nobody could finish is no trouble")
  func huge() {
    let space = Space((0..<40).map {
      Dimension("d\($0)", .integer(low: 0, high: 99, step: 1, isLogarithmic: false))
    })
    #expect(GridSampler().parameters(of: 0, after: [], in: space, seed: 1) != nil)
  }
}
