internal import CKernels

/// Writes row `index` of `table` for each number of `indices`: position `p` of a column becomes the
/// rows `p · size ..< (p + 1) · size` of `output`, where `size` is the width of the table.
///
/// An index of −1 stands for none and gives zeros. An index that is not a whole number, or not one
/// of a row of the table, gives NaN: it is found by `firstBadIndex`.
public func embed(
  indices: Matrix, table: Matrix, output: Matrix, on set: InstructionSet = .current
) {
  var call = unsafe plumb_embedding(indices, table, output)
  unsafe set.kernels.pointee.embed(&call)
}

/// The gradient of the table: zero but for the rows that some index named.
public func embedBackward(
  indices: Matrix, outputGradient: Matrix, tableGradient: Matrix,
  on set: InstructionSet = .current
) {
  for row in 0..<tableGradient.rows {
    tableGradient.view.window(row * tableGradient.stride, tableGradient.lanes).fill(0)
  }
  var call = unsafe plumb_embedding(indices, tableGradient, outputGradient)
  unsafe set.kernels.pointee.embed_backward(&call)
}

/// The first number, row by row, that names no row of a table of `levels` rows and is not −1.
public func firstBadIndex(_ indices: Matrix, levels: Int) -> Float? {
  for row in 0..<indices.rows {
    for column in 0..<indices.columns {
      let index = indices[row, column]
      let isLevel = index >= 0 && index < Float(levels) && index == index.rounded(.towardZero)
      if !isLevel, index != -1 { return index }
    }
  }
  return nil
}

extension plumb_embedding {
  fileprivate init(_ indices: Matrix, _ table: Matrix, _ values: Matrix) {
    precondition(
      values.rows == indices.rows * table.columns && values.columns == indices.columns,
      "an embedding gives one row of its table for each index")
    precondition(table.rows > 0 && table.columns > 0, "an embedding has levels and a size")
    unsafe self.init(
      indices: indices.base, index_stride: indices.stride, positions: indices.rows,
      columns: indices.columns, table: table.base, levels: table.rows, size: table.columns,
      table_stride: table.stride, values: values.base, value_stride: values.stride)
  }
}
