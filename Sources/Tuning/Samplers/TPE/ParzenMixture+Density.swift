extension ParzenMixture {
  /// The logarithm of the density at each point: of numbers with steps and choices the probability
  /// of the value, of others the density on their scale.
  func logDensities(at points: [[Double?]]) -> [Double] {
    var density = MixtureDensity(self)
    return points.map { density.logDensity(at: $0) }
  }

  /// The first of the points at which this density is the most times another.
  func best(of points: [[Double?]], over other: ParzenMixture) -> Int {
    let dense = logDensities(at: points)
    var density = MixtureDensity(other)
    var sums = points.map { density.begin(at: $0) }
    // What a ratio is at most: its density only grows as more kernels are taken.
    let limits = points.indices.map { dense[$0] - sums[$0].logarithm }
    var best = (ratio: -Double.infinity, index: 0)
    for index in points.indices.sorted(by: { limits[$0] > limits[$1] }) {
      var limit = limits[index]
      // Rounding may let it fall short by less.
      while !sums[index].isWhole, limit >= best.ratio - 1e-9 {
        density.proceed(&sums[index])
        limit = dense[index] - sums[index].logarithm
      }
      guard sums[index].isWhole else { continue }
      if limit > best.ratio || limit == best.ratio && index < best.index {
        best = (limit, index)
      }
    }
    return best.index
  }
}
