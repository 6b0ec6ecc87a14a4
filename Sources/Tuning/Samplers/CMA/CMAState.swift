/// The normal distribution that CMA-ES draws from, and the paths it moves along.
struct CMAState {
  let constants: CMAConstants
  private(set) var mean: [Double]
  private(set) var step: Double
  /// Row by row.
  private(set) var covariance: [Double]
  private(set) var stepPath: [Double]
  private(set) var path: [Double]
  private(set) var generation = 0
  /// Axes of the distribution, and its deviations along them.
  private(set) var axes: [Double]
  private(set) var deviations: [Double]

  init(mean: [Double], step: Double) {
    let count = mean.count
    constants = CMAConstants(dimensions: count)
    (self.mean, self.step) = (mean, step)
    covariance = (0..<count * count).map { $0 % (count + 1) == 0 ? 1 : 0 }
    (axes, deviations) = (covariance, [Double](repeating: 1, count: count))
    stepPath = [Double](repeating: 0, count: count)
    path = stepPath
  }

  /// The point that a standard normal vector stands for.
  func point(of normal: [Double]) -> [Double] {
    let count = mean.count
    return (0..<count).map { i in
      var sum = 0.0
      for j in 0..<count { sum += axes[i * count + j] * deviations[j] * normal[j] }
      return mean[i] + step * sum
    }
  }

  /// A vector with the covariance taken out: C^(−1/2) y.
  func whitened(_ y: [Double]) -> [Double] {
    let count = y.count
    var result = [Double](repeating: 0, count: count)
    for j in 0..<count {
      var sum = 0.0
      for i in 0..<count { sum += axes[i * count + j] * y[i] }
      sum /= deviations[j]
      for i in 0..<count { result[i] += axes[i * count + j] * sum }
    }
    return result
  }

  /// Moves the distribution by the points of a generation, best first.
  ///
  /// A point further out than any draw of the distribution would be, because it was asked for or
  /// drawn some generations ago, counts as one nearer in the same direction.
  ///
  /// - Precondition: as many points as the population.
  mutating func tell(_ points: [[Double]]) {
    let (count, k) = (mean.count, constants)
    generation += 1
    var steps = points.map { point in zip(point, mean).map { ($0 - $1) / step } }
    let reach = Double(count).squareRoot() + 3
    var lengths = steps.map { length(whitened($0)) }
    for index in steps.indices where lengths[index] > reach {
      steps[index] = steps[index].map { $0 * reach / lengths[index] }
      lengths[index] = reach
    }
    var move = [Double](repeating: 0, count: count)
    for parent in 0..<k.parents {
      for i in 0..<count { move[i] += k.weights[parent] * steps[parent][i] }
    }
    let white = whitened(move)
    let stepGain = (k.stepRate * (2 - k.stepRate) * k.effectiveParents).squareRoot()
    for i in 0..<count {
      mean[i] += step * move[i]
      stepPath[i] = (1 - k.stepRate) * stepPath[i] + stepGain * white[i]
    }
    let pathLength = length(stepPath)
    step *= exponential(k.stepRate / k.stepDamping * (pathLength / k.expectedLength - 1))
    // While the step path is long, the other one waits, lest it be overshot.
    let settled = 1 - power(1 - k.stepRate, 2 * (generation + 1))
    let limit = (1.4 + 2 / Double(count + 1)) * k.expectedLength
    let isSteady = pathLength / settled.squareRoot() < limit
    adapt(to: steps, lengths, move, isSteady: isSteady)
  }

  private mutating func adapt(
    to steps: [[Double]], _ lengths: [Double], _ move: [Double], isSteady: Bool
  ) {
    let (count, k) = (mean.count, constants)
    let gain = (k.pathRate * (2 - k.pathRate) * k.effectiveParents).squareRoot()
    for i in 0..<count {
      path[i] = (1 - k.pathRate) * path[i] + (isSteady ? gain * move[i] : 0)
    }
    let weights = zip(k.weights, lengths).map { weight, length in
      weight >= 0 ? weight : weight * Double(count) / (length * length + 1e-8)
    }
    let lost = isSteady ? 0 : k.pathRate * (2 - k.pathRate)
    let kept =
      1 + k.rankOne * lost - k.rankOne - k.rankMu * k.weights.reduce(0, +)
    for i in 0..<count {
      for j in 0...i {
        var sum = 0.0
        for (weight, y) in zip(weights, steps) { sum += weight * y[i] * y[j] }
        let value =
          kept * covariance[i * count + j] + k.rankOne * path[i] * path[j] + k.rankMu * sum
        (covariance[i * count + j], covariance[j * count + i]) = (value, value)
      }
    }
    let eigen = SymmetricEigen(covariance, count: count)
    axes = eigen.vectors
    deviations = eigen.values.map { ($0 < 0 ? 1e-8 : $0).squareRoot() }
  }

  private func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    exponential(Double(exponent) * logarithm(base))
  }
}
