/// Solves `A·X = B` for a symmetric positive definite `A` of `size` rows, in place of `B`.
///
/// `B` has `size` rows of `width` values. Only the lower half of `A` is read. Returns nil when `A`
/// is not positive definite to working precision.
package func solution(
  ofSymmetric matrix: [Double], size: Int, rightSides: [Double], width: Int
) -> [Double]? {
  precondition(matrix.count == size * size && rightSides.count == size * width, "sizes disagree")
  var lower = matrix
  for column in 0..<size {
    for row in column..<size {
      var sum = lower[row * size + column]
      let (a, b) = (row * size, column * size)
      for k in 0..<column { sum -= lower[a + k] * lower[b + k] }
      if row == column {
        guard sum > 0, sum.isFinite else { return nil }
        lower[row * size + column] = sum.squareRoot()
      } else {
        lower[row * size + column] = sum / lower[column * size + column]
      }
    }
  }
  var x = rightSides
  for row in 0..<size {
    for k in 0..<row { subtract(lower[row * size + k], row: k, from: row, &x, width) }
    divide(row: row, by: lower[row * size + row], &x, width)
  }
  for row in (0..<size).reversed() {
    for k in (row + 1)..<max(size, row + 1) {
      subtract(lower[k * size + row], row: k, from: row, &x, width)
    }
    divide(row: row, by: lower[row * size + row], &x, width)
  }
  return x
}

private func subtract(
  _ factor: Double, row source: Int, from target: Int, _ x: inout [Double], _ width: Int
) {
  for j in 0..<width { x[target * width + j] -= factor * x[source * width + j] }
}

private func divide(row: Int, by divisor: Double, _ x: inout [Double], _ width: Int) {
  for j in 0..<width { x[row * width + j] /= divisor }
}
