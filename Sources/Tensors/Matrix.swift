/// Columns of a matrix are padded to a multiple of this, so that every vector width divides a row.
public let lanePadding = 16

/// `count` rounded up to a multiple of `lanePadding`.
@inlinable public func padded(_ count: Int) -> Int { (count + 15) & ~15 }

/// Rows of `stride` floats of which the first `columns` are in use.
///
/// Activations have a feature per row and an example per column; weights have an input per row and
/// an output per column. The padding up to `padded(columns)` belongs to the matrix: kernels write
/// finite numbers there, and zeros where it is a gradient.
public struct Matrix {
  public let view: View
  public let rows: Int
  public let columns: Int
  public let stride: Int

  public init(_ view: View, rows: Int, columns: Int, stride: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix cannot have a negative size")
    precondition(
      stride >= padded(columns) && stride % lanePadding == 0,
      "a matrix needs a stride that is a multiple of 16 and holds its padded columns")
    precondition(view.count >= rows * stride, "a matrix does not fit its view")
    self.view = view
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// A matrix without gaps: the stride is `padded(columns)`.
  public init(_ view: View, rows: Int, columns: Int) {
    self.init(view, rows: rows, columns: columns, stride: padded(columns))
  }

  /// The columns in use and their padding.
  public var lanes: Int { padded(columns) }

  public subscript(row: Int, column: Int) -> Float {
    get {
      precondition(row >= 0 && row < rows, "a row lies outside its matrix")
      precondition(column >= 0 && column < stride, "a column lies outside its matrix")
      return view[row * stride + column]
    }
    nonmutating set {
      precondition(row >= 0 && row < rows, "a row lies outside its matrix")
      precondition(column >= 0 && column < stride, "a column lies outside its matrix")
      view[row * stride + column] = newValue
    }
  }

  /// Some of the rows.
  public func rows(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows lie outside their matrix")
    let window = view.window(range.lowerBound * stride, range.count * stride)
    return Matrix(window, rows: range.count, columns: columns, stride: stride)
  }

  /// The same memory with another number of columns in use: a partial batch.
  public func withColumns(_ columns: Int) -> Matrix {
    Matrix(view, rows: rows, columns: columns, stride: stride)
  }

  /// Whether another matrix has as many rows and columns in use.
  func hasSize(of other: Matrix) -> Bool { rows == other.rows && columns == other.columns }
}

extension Matrix {
  /// The first value, for the kernels.
  var base: UnsafeMutablePointer<Float> { unsafe view.base }
}
