internal import CKernels
public import Parallel
import Synchronization

/// Writes row `indices[i]` of a row-major table to column `i` of `output`: rows become columns.
///
/// Rows are `rowStride` floats apart and give their first `width` values. Columns in the padding
/// repeat the first of the rows, or of those that one thread gathers.
public func gatherColumns(
  rows: View, rowStride: Int, indices: ArraySlice<Int32>, width: Int, into output: Matrix,
  workers: Workers? = nil, on set: InstructionSet = .current
) {
  precondition(rowStride > 0 && width <= rowStride, "a row is at least as wide as what is taken")
  precondition(
    output.rows == width && output.columns == indices.count,
    "gathered rows need one column each and one row per value")
  guard !indices.isEmpty else { return }
  let rowCount = (rows.count + rowStride - width) / rowStride
  let (from, to, stride) = unsafe (rows.base, output.base, output.stride)
  let inside = unsafe indices.withUnsafeBufferPointer { indices in
    guard let start = indices.baseAddress else { return true }
    guard let workers, workers.count > 1, width * indices.count >= 1 << 16 else {
      return unsafe set.kernels.pointee.gather(
        from, rowStride, rowCount, start, indices.count, width, to, stride) != 0
    }
    let gather = { (first: Int, count: Int) in
      unsafe set.kernels.pointee.gather(
        from, rowStride, rowCount, start + first, count, width, to + first, stride) != 0
    }
    let allInside = Atomic(true)
    workers.share(indices.count, grain: lanePadding) { first, count in
      if !gather(first, count) { allInside.store(false, ordering: .relaxed) }
    }
    return allInside.load(ordering: .relaxed)
  }
  precondition(inside, "a gathered row lies outside its table")
}

/// Gathers with every index of an array.
public func gatherColumns(
  rows: View, rowStride: Int, indices: [Int32], width: Int, into output: Matrix,
  on set: InstructionSet = .current
) {
  gatherColumns(
    rows: rows, rowStride: rowStride, indices: indices[...], width: width, into: output, on: set)
}
