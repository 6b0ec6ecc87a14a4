/// The cells of some rows of a column in a few bins: levels, single numbers, or ranges of numbers
/// with equally many rows each. Bin 0 is for missing cells.
struct ColumnBins {
  private(set) var bins: [Int] = []
  private(set) var count = 1

  /// More values than that become ranges, or are too many levels to have rows enough each.
  static let maximumValues = 32
  static let maximumLevels = 2_000

  /// Nil for a column with too many levels.
  init?(_ column: Column, rows: [Int]) {
    switch column.storage {
    case .codes(let codes, let levels):
      guard levels.count <= Self.maximumLevels else { return nil }
      bins = rows.map { Int(codes[$0]) + 1 }
      count = levels.count + 1
    case .numbers(let numbers):
      let values = rows.map { numbers[$0] }
      let edges = Self.edges(of: ascending(values))
      bins = values.map { value in
        value.isNaN ? 0 : min(edges.count, max(1, firstPlace(in: edges) { $0 > value }))
      }
      count = edges.count + 1
    }
  }

  /// Where bins begin, in ascending order.
  private static func edges(of sorted: [Double]) -> [Double] {
    var distinct: [Double] = []
    for value in sorted where value != distinct.last {
      distinct.append(value)
      if distinct.count > maximumValues { break }
    }
    if distinct.count <= maximumValues { return distinct }
    var edges: [Double] = []
    for bin in 0..<maximumValues {
      let edge = sorted[bin * sorted.count / maximumValues]
      if edge != edges.last { edges.append(edge) }
    }
    return edges
  }
}
