/// The constants of CMA-ES for a number of dimensions, as N. Hansen, The CMA Evolution Strategy: A
/// Tutorial (2016), arXiv 1604.00772, table 1, with negative weights.
struct CMAConstants {
  let dimensions: Int
  /// How many points there are in a generation, and how many of them count as good.
  let population, parents: Int
  /// Of the points of a generation from best to worst; the positive ones sum to 1.
  let weights: [Double]
  /// The effective number of parents.
  let effectiveParents: Double
  /// Rates of the rank-one and the rank-μ update, of the two paths, and the damping of the step.
  let rankOne, rankMu, pathRate, stepRate, stepDamping: Double
  /// The expected length of a standard normal vector.
  let expectedLength: Double

  /// - Precondition: at least one dimension.
  init(dimensions: Int) {
    let n = Double(dimensions)
    self.dimensions = dimensions
    let population = 4 + Int(3 * logarithm(n))
    (self.population, parents) = (population, population / 2)
    let raw = (1...population).map {
      logarithm(Double(population + 1) / 2) - logarithm(Double($0))
    }
    func effective(_ weights: some Sequence<Double>) -> Double {
      let (sum, squares) = weights.reduce(into: (0.0, 0.0)) { $0 = ($0.0 + $1, $0.1 + $1 * $1) }
      return sum * sum / squares
    }
    let good = effective(raw[..<parents])
    let bad = effective(raw[parents...])
    effectiveParents = good
    rankOne = 2 / ((n + 1.3) * (n + 1.3) + good)
    rankMu = min(1 - rankOne - 1e-8, 2 * (good - 2 + 1 / good) / ((n + 2) * (n + 2) + good))
    let negative = min(
      1 + rankOne / rankMu, 1 + 2 * bad / (good + 2), (1 - rankOne - rankMu) / (n * rankMu))
    let positiveSum = raw.reduce(0) { $0 + max($1, 0) }
    let negativeSum = raw.reduce(0) { $0 + max(-$1, 0) }
    weights = raw.map { $0 >= 0 ? $0 / positiveSum : $0 * negative / negativeSum }
    stepRate = (good + 2) / (n + good + 5)
    stepDamping = 1 + 2 * max(0, ((good - 1) / (n + 1)).squareRoot() - 1) + stepRate
    pathRate = (4 + good / n) / (n + 4 + 2 * good / n)
    expectedLength = n.squareRoot() * (1 - 1 / (4 * n) + 1 / (21 * n * n))
  }
}
