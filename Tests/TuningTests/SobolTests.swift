import Foundation
import Tensors
import TestSupport
import Testing
@testable import Tuning

@Suite("The Sobol sequence")
struct SobolTests {
  struct Points: Decodable {
    var first: [[Double]]
    var thousandth: [Double]
  }

  @Test("agrees with scipy, not scrambled, to the last digit")
  func unscrambled() throws {
    let points = try TuningFixture.read(Points.self, "sobol.json")
    for (number, point) in points.first.enumerated() {
      #expect(point.indices.map { SobolSequence(dimension: $0)[number] } == point)
    }
    #expect(points.thousandth.count == SobolSequence.dimensionLimit)
    for (dimension, value) in points.thousandth.enumerated() {
      #expect(SobolSequence(dimension: dimension)[1000] == value, "\(dimension)")
    }
  }

  @Test("scrambled, has one point in each of 2ⁿ equal parts, and in each cell of two dimensions")
  func net() {
    let source = RandomSource(seed: 9)
    let sequences = (0..<5).map {
      SobolSequence(dimension: $0).scrambled(by: source.split(UInt64($0)))
    }
    for sequence in sequences {
      #expect(Set((0..<64).map { Int(sequence[$0] * 64) }).count == 64)
    }
    // The first two dimensions are a (0, 6, 2)-net: every shape of 64 equal boxes has one each.
    for bits in 0...6 {
      let (across, along) = (Double(1 << bits), Double(1 << (6 - bits)))
      let cells = (0..<64).map {
        Int(sequences[0][$0] * across) * 64 + Int(sequences[1][$0] * along)
      }
      #expect(Set(cells).count == 64, "\(bits)")
    }
  }

  @Test("another seed scrambles otherwise, and dimensions beyond the table are drawn")
  func seeds() throws {
    let space = Space((0..<SobolSequence.dimensionLimit + 3).map {
      Dimension("d\($0)", .real(low: 0, high: 1, step: nil, isLogarithmic: false))
    })
    let points = try (0..<4).map { number in
      try (1...2).map {
        try #require(
          SobolSampler().parameters(of: number, after: [], in: space, seed: UInt64($0)))
      }
    }
    for point in points { #expect(point[0] != point[1]) }
    #expect(Set(points.map { $0[0].last }).count == 4)
  }
}
