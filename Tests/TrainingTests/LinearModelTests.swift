import Tensors
import Testing

@testable import Training

@Suite struct LinearModelTests {
  /// Rows of numbers between -1 and 1 that depend on the seed only.
  static func rows(_ count: Int, width: Int, seed: UInt64) -> FeatureRows {
    var source = RandomSource(seed: seed)
    let values = (0..<(count * width)).map { _ in 2 * source.uniform() - 1 }
    return FeatureRows(values: values, stride: width, width: width)
  }

  @Test("symmetric systems are solved", arguments: [1, 2, 7, 20])
  func cholesky(size: Int) throws {
    var source = RandomSource(seed: 1)
    let factor = (0..<(size * size)).map { _ in Double(source.normal()) }
    var matrix = Array(repeating: 0.0, count: size * size)
    for i in 0..<size {
      for j in 0..<size {
        for k in 0..<size { matrix[i * size + j] += factor[i * size + k] * factor[j * size + k] }
      }
      matrix[i * size + i] += 1
    }
    let expected = (0..<(2 * size)).map { Double($0) - 3 }
    var right = Array(repeating: 0.0, count: 2 * size)
    for i in 0..<size {
      for k in 0..<size {
        for j in 0..<2 { right[i * 2 + j] += matrix[i * size + k] * expected[k * 2 + j] }
      }
    }
    let found = try #require(
      solution(ofSymmetric: matrix, size: size, rightSides: right, width: 2))
    for (a, b) in zip(found, expected) { #expect(near(a, b, within: 1e-8)) }
    let negative = matrix.map { -$0 }
    #expect(solution(ofSymmetric: negative, size: size, rightSides: right, width: 2) == nil)
  }

  @Test("descent finds the floor of a narrow curved valley")
  func rosenbrock() {
    let found = minimum(from: [-1.2, 1], tolerance: 1e-8, iterations: 200) { p in
      let (a, b) = (1 - p[0], p[1] - p[0] * p[0])
      return (a * a + 100 * b * b, [-2 * a - 400 * p[0] * b, 200 * b])
    }
    #expect(near(found[0], 1) && near(found[1], 1))
  }

  @Test("ridge regression of one input is the closed form")
  func oneInput() {
    let rows = FeatureRows(values: [1, 0, 2, 0, 3, 0, 4, 0, 5, 0], stride: 2, width: 1)
    let model = LinearModel.ridge(rows: rows, targets: [3, 5, 7, 9, 12])
    // Σ(x − 3)(t − 7.2) = 22 and Σ(x − 3)² = 10, to which the penalty adds 1.
    #expect(near(model.weights[0], 2))
    for (found, x) in zip(model.values(for: rows), [-2.0, -1, 0, 1, 2]) {
      #expect(near(found, 7.2 + 2 * x))
    }
  }

  @Test("ridge regression by descent agrees with the closed form", arguments: [3, 40, 300])
  func descentAgrees(count: Int) {
    let rows = Self.rows(count, width: 5, seed: 2)
    var source = RandomSource(seed: 3)
    let targets = (0..<(2 * count)).map { _ in source.normal() }
    let closed = LinearModel.ridge(rows: rows, targets: targets)
    let problem = LinearProblem(rows: rows, target: .numbers(targets))
    let penalty = 1 / Double(count)
    let start = Array(repeating: 0.0, count: problem.parameterCount)
    let found = minimum(from: start, tolerance: 1e-7, iterations: 500) {
      problem.objective($0, penalty: penalty)
    }
    for (a, b) in zip(found, closed.weights) { #expect(near(a, b, within: 1e-4)) }
  }

  @Test("the gradient of the objective agrees with finite differences", arguments: [2, 3])
  func gradient(classCount: Int) {
    let rows = Self.rows(300, width: 4, seed: 4)
    let codes = (0..<300).map { Float($0 % classCount) }
    let problem = LinearProblem(rows: rows, target: .classes(codes, count: classCount))
    var source = RandomSource(seed: 5)
    let point = (0..<problem.parameterCount).map { _ in Double(source.normal()) }
    let gradient = problem.objective(point, penalty: 0.1).gradient
    for i in point.indices {
      var (above, below) = (point, point)
      above[i] += 1e-2
      below[i] -= 1e-2
      let difference =
        problem.objective(above, penalty: 0.1).value - problem.objective(below, penalty: 0.1).value
      #expect(near(gradient[i], difference / 2e-2, within: 1e-3), "parameter \(i)")
    }
  }

  @Test("logistic regression without any use of the inputs gives the shares of the classes")
  func shares() {
    let rows = FeatureRows(values: Array(repeating: 0, count: 30), stride: 3, width: 3)
    let model = LinearModel.logistic(
      rows: rows, classes: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1], count: 2)
    // The logit of 2 in 10.
    #expect(near(model.intercepts[0], -1.3862944, within: 1e-3))
    #expect(model.weights.allSatisfy { abs($0) < 1e-6 })
  }

  @Test(
    "public tables are separated as well as is known of straight lines",
    arguments: [("iris", "species", 0.93), ("breast_cancer", "diagnosis", 0.95)])
  func publicTables(file: String, target: String, least: Double) throws {
    let job = try Job(compiled("plumb: 1\ndata: {source: \(file).csv, target: \(target)}\n"))
    let (train, target) = (job.preparation.train, job.preparation.target)
    let baselines = Baselines(train: train, target: target)
    for rows in [train, job.preparation.validation, job.preparation.test] {
      let scores = RowScores(baselines.linearPredictions(rows), against: rows.truth)
      #expect(try #require(scores.mean) >= least)
    }
  }

  @Test("the same rows give the same model, bit for bit")
  func deterministic() {
    let rows = Self.rows(500, width: 6, seed: 6)
    let codes = (0..<500).map { Float($0 % 3) }
    let first = LinearModel.logistic(rows: rows, classes: codes, count: 3)
    let second = LinearModel.logistic(rows: rows, classes: codes, count: 3)
    #expect(first.weights == second.weights && first.intercepts == second.intercepts)
  }
}
