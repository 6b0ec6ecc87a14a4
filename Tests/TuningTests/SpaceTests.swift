import SpecSyntax
import Testing
import Tuning

@Suite("A space")
struct SpaceTests {
  static let space = Space([
    Dimension("a", .choice(["x", "y", "z"])),
    Dimension("b", .real(low: 1e-4, high: 1, step: nil, isLogarithmic: true)),
    Dimension("c", .integer(low: 2, high: 8, step: 3, isLogarithmic: false),
      when: .init(name: "a", values: [1, 2])),
  ])

  @Test("places cover a dimension evenly on its scale")
  func places() {
    let (a, b, c) = (
      Self.space.dimensions[0], Self.space.dimensions[1], Self.space.dimensions[2])
    #expect([0, 0.34, 0.99, 1].map(a.number) == [0, 1, 2, 2])
    #expect(abs(b.number(at: 0.5) - 1e-2) < 1e-12)
    #expect(abs(b.number(at: 0) - 1e-4) < 1e-12 && b.number(at: 1) <= 1)
    #expect([0, 0.4, 0.7].map(c.number) == [2, 5, 8])
    #expect(c.valueCount == 3 && b.valueCount == nil)
    #expect(a.value(of: 1) == "y" && c.value(of: 5) == 5)
    #expect(c.snapped(6.6) == 8 && c.snapped(-3) == 2)
  }

  @Test("a whole number on a logarithmic scale can be each of its values")
  func logarithmicIntegers() {
    let dimension = Dimension("n", .integer(low: 1, high: 4, step: 1, isLogarithmic: true))
    let seen = Set((0..<100).map { dimension.number(at: Double($0) / 100) })
    #expect(seen == [1, 2, 3, 4])
  }

  @Test("what is not there has no number, and is not counted twice")
  func conditions() {
    #expect(Self.space.pruned([0, 0.1, 5]) == [0, 0.1, nil])
    #expect(Self.space.pruned([2, 0.1, 5]) == [2, 0.1, 5])
    let countable = Space([Self.space.dimensions[0], Self.space.dimensions[2]])
    #expect(countable.trialCount == 7)
    #expect(Self.space.trialCount == nil)
  }

  @Test("the random sampler stays inside and depends on seed and number only")
  func random() throws {
    let sampler = RandomSampler()
    for number in 0..<200 {
      let first = try #require(
        sampler.parameters(of: number, after: [], in: Self.space, seed: 7))
      #expect(first == sampler.parameters(of: number, after: [], in: Self.space, seed: 7))
      #expect(Self.space.pruned(first) == first)
      for (dimension, value) in zip(Self.space.dimensions, first) {
        if let value { #expect(abs(dimension.snapped(value) - value) < 1e-12) }
      }
    }
  }
}
