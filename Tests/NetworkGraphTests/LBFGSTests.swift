import SpecSyntax
import Tensors
import Testing

@testable import NetworkGraph

@Suite("Quasi-Newton steps")
struct LBFGSTests {
  /// Functions that fall at 0, with their slopes.
  static let lines: [@Sendable (Double) -> (value: Double, slope: Double)] = [
    { t in ((t - 3) * (t - 3), 2 * (t - 3)) },
    { t in ((t - 0.01) * (t - 0.01) * 50, 100 * (t - 0.01)) },
    { t in (t * t * t * t - 8 * t, 4 * t * t * t - 8) },
    { t in (0.001 * t * t - t, 0.002 * t - 1) },
    { t in (-t / (t * t + 2), (t * t - 2) / ((t * t + 2) * (t * t + 2))) },
    // Beyond 0.2 there is nothing finite.
    { t in t > 0.2 ? (.infinity, .nan) : (10 * (t - 0.1) * (t - 0.1), 20 * (t - 0.1)) },
  ]

  @Test("the point of a line search is low and flat enough", arguments: lines.indices)
  func wolfe(index: Int) {
    let line = Self.lines[index]
    for first in [0.001, 0.1, 1, 100] {
      let start = LineSearch.Point(length: 0, value: line(0).value, slope: line(0).slope)
      var search = LineSearch(from: start, reach: 1)
      var count = 0
      let best = search.run(first: first) { t in
        count += 1
        return .init(length: t, value: line(t).value, slope: line(t).slope)
      }
      #expect(best.length > 0 && count <= LineSearch.limit)
      #expect(best.value <= start.value + 1e-4 * best.length * start.slope, "from \(first)")
      #expect(abs(best.slope) <= -0.9 * start.slope, "from \(first)")
    }
  }

  @Test("a line that only rises or is nowhere finite leaves the start")
  func hopeless() {
    for value in [Double.infinity, 7] {
      var search = LineSearch(from: .init(length: 0, value: 1, slope: -1), reach: 1)
      let best = search.run(first: 1) { .init(length: $0, value: value, slope: 1) }
      #expect(best.length == 0)
    }
  }

  /// `Σ 5(pᵢ₊₁ − pᵢ²)² + (1 − pᵢ)²`, after Rosenbrock, and its gradient.
  static func valley(_ p: [Double]) -> (value: Double, gradient: [Float]) {
    var (value, gradient) = (0.0, p.map { _ in 0.0 })
    for i in 0..<p.count - 1 {
      let (bend, rest) = (p[i + 1] - p[i] * p[i], 1 - p[i])
      value += 5 * bend * bend + rest * rest
      gradient[i] += -20 * bend * p[i] - 2 * rest
      gradient[i + 1] += 10 * bend
    }
    return (value, gradient.map { Float($0) })
  }

  /// Parameters after steps 1, 2, 4, 8 and 12 by PyTorch 2.13 in double precision.
  static let fixtures: [(history: Int, searches: Bool, points: [[Double]])] = [
    (10, true, [
      [-0.70765027, 0.59016393, -0.20218579, 0.25], [-0.59305132, 0.35882519, 0.05647129, 0.18042364],
      [-0.37030778, 0.33856066, 0.28790938, 0.05450199],
      [0.87587703, 0.75465167, 0.42058721, 0.14346724],
      [0.96826602, 0.92480511, 0.85755108, 0.75386243],
    ]),
    (2, true, [
      [-0.70765027, 0.59016393, -0.20218579, 0.25], [-0.59305132, 0.35882519, 0.05647129, 0.18042364],
      [-0.32083081, 0.34320042, 0.27944551, 0.07564572],
      [0.75275059, 0.57711094, 0.27686211, 0.03798831],
      [0.93898357, 0.89614423, 0.79349903, 0.51102402],
    ]),
    (10, false, [
      [-1.19576503, 0.73401639, -0.47021858, 0.25], [-1.16002480, 0.70960093, -0.43565142, 0.24642978],
      [-1.08921521, 0.67317710, -0.34882682, 0.21772824],
      [-0.96642686, 0.64009720, -0.09715717, 0.09607016],
      [-0.89299763, 0.65861324, 0.14270081, 0.03072363],
    ]),
  ]

  @Test("steps through a bent valley are those of PyTorch", arguments: fixtures)
  func published(history: Int, searches: Bool, points: [[Double]]) {
    let optimizer = LBFGS(history: history)
    let buffers = OptimizerTests.buffers(
      optimizer, parameters: [-1.25, 0.75, -0.5, 0.25], gradients: [0, 0, 0, 0])
    func evaluate() -> Double {
      let (value, gradient) = Self.valley(buffers.parameters.array.map { Double($0) })
      buffers.gradients.copy(from: gradient)
      return value
    }
    var seen: [[Float]] = []
    for step in 1...12 {
      let loss = evaluate()
      if searches {
        optimizer.update(buffers, step: step, rate: 1, loss: loss, evaluate: evaluate)
      } else {
        optimizer.update(buffers, step: step, rate: 0.1)
      }
      if [1, 2, 4, 8, 12].contains(step) { seen.append(buffers.parameters.array) }
    }
    // Along the valley rounding grows; PyTorch in single precision is off by as much.
    for ((values, expected), bound) in zip(zip(seen, points), [1e-6, 1e-6, 1e-6, 1e-4, 4e-4]) {
      for (a, b) in zip(values, expected) { #expect(abs(Double(a) - b) < bound, "\(values)") }
    }
  }

  /// A linear network on rows that a line with noise made.
  private func leastSquares(batch: Int, weightDecay: Double = 0) throws -> (Executor, TrainingData) {
    let graph = try ExecutorTests.graph([3, 1])
    let data = randomData(graph, rows: 50, seed: 3)
    let rules = StepRules(accumulation: (50 + batch - 1) / batch)
    let plan = Plan(
      graph: graph, batch: batch, loss: MeanSquaredError(),
      optimizer: LBFGS(weightDecay: weightDecay), rules: rules)
    return (Executor(plan, seed: 1), data)
  }

  @Test("least squares are solved in a few steps, in one batch or in parts", arguments: [50, 7])
  func leastSquares(batch: Int) throws {
    for weightDecay in [0, 0.5] {
      let (executor, data) = try leastSquares(batch: batch, weightDecay: weightDecay)
      var norms: [Double] = []
      for _ in 0..<12 {
        let result = executor.trainStep(rows: data.rows[...], of: data, rate: 1)
        #expect(result.nonFinite == nil)
        norms.append(result.gradientNorm)
      }
      #expect(norms[0] > 0.1 && norms[11] < 1e-4, "\(norms)")
      #expect(executor.stepCount == 12)
    }
  }

  @Test("stopping and going on with the kept state equals not stopping")
  func resuming() throws {
    let (whole, data) = try leastSquares(batch: 50)
    for _ in 0..<5 { _ = whole.trainStep(rows: data.rows[...], of: data, rate: 1) }
    let (first, second) = (try leastSquares(batch: 50).0, try leastSquares(batch: 50).0)
    for _ in 0..<2 { _ = first.trainStep(rows: data.rows[...], of: data, rate: 1) }
    try second.restore(first.snapshot())
    for _ in 0..<3 { _ = second.trainStep(rows: data.rows[...], of: data, rate: 1) }
    #expect(second.parameters == whole.parameters)
  }
}
