internal import CKernels

/// The tables of several networks, one for each lane, and the order in which each takes its rows.
@safe public final class LaneRows {
  private let set: InstructionSet
  private let laneCount: Int
  private let width: Int
  private let rowCount: Int
  private let tables: UnsafeMutablePointer<plumb_lane_rows>
  /// Keeps the memory of the tables.
  private var views: [View?]

  /// Tables of `rowCount` rows, of which `width` values are taken.
  public init(width: Int, rowCount: Int, on set: InstructionSet = .current) {
    precondition(width > 0 && rowCount > 0, "a table has rows with values")
    (self.set, self.width, self.rowCount) = (set, width, rowCount)
    laneCount = set.laneCount
    views = Array(repeating: nil, count: laneCount)
    unsafe tables = .allocate(capacity: laneCount)
    let none = Arena(floatCount: width).whole
    unsafe tables.initialize(
      repeating: plumb_lane_rows(rows: none.base, row_stride: 0, row_count: rowCount),
      count: laneCount)
    self.none = none
  }

  /// What lanes without a table take: zeros.
  private let none: View

  deinit { unsafe tables.deallocate() }

  /// Gives a lane its table, row-major with `stride` floats from row to row, or none.
  public func set(_ rows: View?, stride: Int, lane: Int) {
    precondition(lane >= 0 && lane < laneCount, "there is no such lane")
    views[lane] = rows
    guard let rows else {
      unsafe tables[lane] = unsafe plumb_lane_rows(
        rows: none.base, row_stride: 0, row_count: rowCount)
      return
    }
    precondition(
      stride >= width && rows.count >= (rowCount - 1) * stride + width,
      "a lane's table has all rows")
    unsafe tables[lane] = unsafe plumb_lane_rows(
      rows: rows.base, row_stride: stride, row_count: rowCount)
  }

  /// Writes rows to columns, a column for each lane: those that the lane's order has at `places`.
  ///
  /// - Parameter orders: `rowCount` row numbers for each lane, one lane after another.
  public func gather(_ places: Range<Int>, orders: [Int32], into matrix: Matrix) {
    precondition(
      places.lowerBound >= 0 && places.upperBound <= rowCount
        && orders.count == rowCount * laneCount, "every lane has an order of all its rows")
    precondition(
      matrix.rows == width && matrix.stride >= places.count * laneCount,
      "gathered rows need a column for each lane and a row for each value")
    guard !places.isEmpty else { return }
    let (to, stride) = unsafe (matrix.base, matrix.stride)
    let isInside = unsafe orders.withUnsafeBufferPointer { orders in
      guard let start = orders.baseAddress else { return false }
      return unsafe set.kernels.pointee.lane_gather(
        tables, start + places.lowerBound, rowCount, places.count, width, to, stride) != 0
    }
    precondition(isInside, "a gathered row lies outside its table")
  }
}

extension View {
  /// The numbers of one lane, of which every `laneCount`-th is one.
  public func lane(_ lane: Int, of laneCount: Int) -> [Float] {
    precondition(lane >= 0 && lane < laneCount, "there is no such lane")
    return (0..<count / laneCount).map { self[$0 * laneCount + lane] }
  }

  /// Sets the numbers of one lane.
  public func setLane(_ lane: Int, of laneCount: Int, to values: [Float]) {
    precondition(values.count == count / laneCount, "a lane takes as many numbers as it has")
    for (i, value) in values.enumerated() { self[i * laneCount + lane] = value }
  }
}
