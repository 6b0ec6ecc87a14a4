/// `f ≈ b₀ + Σ bᵢ xᵢ + Σ qᵢ xᵢ² + Σ cᵢⱼ xᵢ xⱼ`, with each `x` from −1 to 1.
struct QuadraticModel: Sendable, Hashable {
  let dimensions: Int

  /// `1 + 2d + d(d − 1)/2`.
  var termCount: Int { 1 + 2 * dimensions + dimensions * (dimensions - 1) / 2 }
  /// With fewer runs there is no verdict.
  var leastRuns: Int { 3 * termCount }

  var pairs: [[Int]] {
    (0..<dimensions).flatMap { first in
      (0..<dimensions).filter { $0 > first }.map { [first, $0] }
    }
  }

  func slope(_ axis: Int) -> Int { 1 + axis }
  func curvature(_ axis: Int) -> Int { 1 + dimensions + axis }
  func pair(_ index: Int) -> Int { 1 + 2 * dimensions + index }

  /// The terms at a point.
  func terms(at x: [Double]) -> [Double] {
    [1] + x + x.map { $0 * $0 } + pairs.map { x[$0[0]] * x[$0[1]] }
  }
}
