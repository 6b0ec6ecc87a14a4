import Testing
@testable import Tuning

@Suite("CMA-ES")
struct CMATests {
  struct Fixture: Decodable {
    struct Constants: Decodable {
      var population: Int
      var weights: [Double]
      var effectiveParents, rankOne, rankMu, pathRate, stepRate, stepDamping: Double
      var expectedLength: Double
    }
    struct Generation: Decodable {
      var points: [[Double]]
      var mean, covariance, stepPath, path: [Double]
      var step: Double
    }
    var constants: [String: Constants]
    var generations: [Generation]
  }

  private func expectClose(_ a: [Double], _ b: [Double], _ what: String) {
    #expect(a.count == b.count, "\(what)")
    for (a, b) in zip(a, b) { #expect(abs(a - b) < 1e-8, "\(what): \(a) and \(b)") }
  }

  @Test("has the constants of cmaes")
  func constants() throws {
    for (count, wanted) in try TuningFixture.read(Fixture.self, "cma.json").constants {
      let ours = CMAConstants(dimensions: Int(count) ?? 0)
      #expect(ours.population == wanted.population)
      expectClose(ours.weights, wanted.weights, "weights")
      expectClose(
        [
          ours.effectiveParents, ours.rankOne, ours.rankMu, ours.pathRate, ours.stepRate,
          ours.stepDamping, ours.expectedLength,
        ],
        [
          wanted.effectiveParents, wanted.rankOne, wanted.rankMu, wanted.pathRate, wanted.stepRate,
          wanted.stepDamping, wanted.expectedLength,
        ], count)
    }
  }

  @Test("moves as cmaes does, generation by generation")
  func generations() throws {
    var state = CMAState(mean: [0.5, 0.5, 0.5], step: 1.0 / 6)
    for generation in try TuningFixture.read(Fixture.self, "cma.json").generations {
      state.tell(generation.points)
      expectClose(state.mean, generation.mean, "mean")
      expectClose([state.step], [generation.step], "step")
      expectClose(state.covariance, generation.covariance, "covariance")
      expectClose(state.stepPath, generation.stepPath, "step path")
      expectClose(state.path, generation.path, "path")
    }
  }

  @Test("eigenvectors are orthogonal and give the matrix back")
  func eigen() {
    let matrix: [Double] = [4, 1, -2, 0.5, 1, 3, 0, 1, -2, 0, 5, 2, 0.5, 1, 2, 6]
    let eigen = SymmetricEigen(matrix, count: 4)
    for i in 0..<4 {
      for j in 0..<4 {
        let (back, product) = (0..<4).reduce((0.0, 0.0)) { sums, k in
          let both = eigen.vectors[i * 4 + k] * eigen.vectors[j * 4 + k]
          return (sums.0 + both * eigen.values[k], sums.1 + both)
        }
        #expect(abs(back - matrix[i * 4 + j]) < 1e-12)
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-12)
      }
    }
  }

  @Test("a point far outside moves the distribution no further than its reach")
  func injected() {
    var state = CMAState(mean: [0.5, 0.5], step: 1e-3)
    state.tell([[1, 1], [0.5, 0.5], [0.501, 0.5], [0.5, 0.501], [0.499, 0.5], [0.5, 0.499]])
    // Its weight is below 0.7 of √2 + 3 steps.
    #expect(abs(state.mean[0] - 0.5) < 0.7 * 4.5e-3 && state.step < 3e-3)
  }
}
