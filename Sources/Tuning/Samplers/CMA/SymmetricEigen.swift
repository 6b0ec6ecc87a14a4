/// The eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations.
struct SymmetricEigen {
  let count: Int
  let values: [Double]
  /// Row by row; column j belongs to value j.
  let vectors: [Double]

  /// - Parameter matrix: row by row.
  init(_ matrix: [Double], count: Int) {
    var a = matrix
    var vectors = [Double](repeating: 0, count: count * count)
    for i in 0..<count { vectors[i * count + i] = 1 }
    let scale = a.reduce(0) { max($0, abs($1)) }
    // Convergence is quadratic: some six sweeps do.
    for _ in 0..<30 {
      var isDiagonal = true
      for p in 0..<count {
        for q in (p + 1)..<max(count, p + 1) where abs(a[p * count + q]) > 1e-16 * scale {
          isDiagonal = false
          SymmetricEigen.rotate(&a, &vectors, p, q, count)
        }
      }
      if isDiagonal { break }
    }
    self.count = count
    self.vectors = vectors
    values = (0..<count).map { a[$0 * count + $0] }
  }

  /// Makes the elements (p, q) and (q, p) zero.
  private static func rotate(
    _ a: inout [Double], _ vectors: inout [Double], _ p: Int, _ q: Int, _ count: Int
  ) {
    let theta = (a[q * count + q] - a[p * count + p]) / (2 * a[p * count + q])
    let t = (theta < 0 ? -1.0 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<count {
      let (x, y) = (a[k * count + p], a[k * count + q])
      (a[k * count + p], a[k * count + q]) = (c * x - s * y, s * x + c * y)
      let (v, w) = (vectors[k * count + p], vectors[k * count + q])
      (vectors[k * count + p], vectors[k * count + q]) = (c * v - s * w, s * v + c * w)
    }
    for k in 0..<count {
      let (x, y) = (a[p * count + k], a[q * count + k])
      (a[p * count + k], a[q * count + k]) = (c * x - s * y, s * x + c * y)
    }
  }
}
