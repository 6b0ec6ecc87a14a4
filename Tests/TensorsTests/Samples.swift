import Tensors

/// Sizes around the vector widths and the heights of register tiles.
let sizes = [1, 2, 3, 7, 15, 16, 17, 31, 33, 64, 100]

/// Every size in each of three places, without the whole cube.
let shapes: [(rows: Int, inner: Int, columns: Int)] = (0..<33).map { i in
  (sizes[i % 11], sizes[(i * 4 + i / 11) % 11], sizes[(i * 7 + 3 * (i / 11)) % 11])
}

/// A matrix in an arena of its own, with numbers in `range` and finite rubbish in the padding.
func sample(
  rows: Int, columns: Int, extraStride: Int = 0, in range: ClosedRange<Float> = -1...1,
  seed: UInt64 = 1
) -> Matrix {
  let stride = padded(columns) + extraStride
  let arena = Arena(floatCount: rows * stride)
  var random = RandomSource(seed: seed)
  for i in arena.whole.indices {
    arena.whole[i] = range.lowerBound + random.uniform() * (range.upperBound - range.lowerBound)
  }
  return Matrix(arena.whole, rows: rows, columns: columns, stride: stride)
}

/// A matrix of rubbish for results.
func blank(_ rows: Int, _ columns: Int, extraStride: Int = 0) -> Matrix {
  sample(rows: rows, columns: columns, extraStride: extraStride, in: 7...9, seed: 99)
}

/// A view of numbers in an arena of its own.
func sampleView(_ values: [Float]) -> View {
  let view = Arena(floatCount: values.count).whole
  view.copy(from: values)
  return view
}

/// Random numbers in a view of its own.
func sampleView(_ count: Int, in range: ClosedRange<Float> = -1...1, seed: UInt64 = 2) -> View {
  sample(rows: 1, columns: count, in: range, seed: seed).view.window(0, count)
}

extension Matrix {
  /// The numbers in use, row by row.
  var values: [[Double]] {
    (0..<rows).map { row in (0..<columns).map { Double(self[row, $0]) } }
  }
}

extension View {
  var values: [Double] { array.map(Double.init) }
}

/// The largest difference of two tables, relative to the largest size in the second (at least 1).
func distance(_ a: [[Double]], _ b: [[Double]]) -> Double {
  precondition(a.count == b.count, "two tables of one size are compared")
  return distance(a.flatMap { $0 }, b.flatMap { $0 })
}

func distance(_ a: [Double], _ b: [Double]) -> Double {
  precondition(a.count == b.count, "two lists of one size are compared")
  let size = b.reduce(1) { max($0, abs($1)) }
  // The comparison is written so that a difference that is not a number is the largest of all.
  return zip(a, b).reduce(0) { abs($1.0 - $1.1) <= $0 * size ? $0 : abs($1.0 - $1.1) / size }
}

/// Whether every number in the padding of a matrix is zero.
func hasZeroPadding(_ matrix: Matrix) -> Bool {
  (0..<matrix.rows).allSatisfy { row in
    (matrix.columns..<padded(matrix.columns)).allSatisfy { matrix[row, $0] == 0 }
  }
}
