/// Every combination of the values of a space, counted where a condition holds and not elsewhere.
///
/// Real numbers without a step and whole numbers on a logarithmic scale have `Grid.levels` values,
/// evenly on their scale with both ends; all others have each of theirs.
public struct Grid: Sendable {
  /// How many values a dimension has that has no steps of its own.
  public static let levels = 5

  let values: [[Double]]
  /// How many combinations there are; not beyond 2⁴⁰, where nobody counts any more.
  public let count: Int
  /// For each dimension those that depend on it, and which of its values they want.
  private let dependents: [[(place: Int, values: [Double])]]
  private let roots: [Int]
  /// How many combinations hang on each value of a dimension, of all that depends on it.
  private let counts: [[Int]]

  public init(_ space: Space) {
    let dimensions = space.dimensions
    var dependents: [[(place: Int, values: [Double])]] = dimensions.map { _ in [] }
    var roots: [Int] = []
    for (place, dimension) in dimensions.enumerated() {
      if let condition = dimension.condition, let parent = space.place(of: condition.name) {
        dependents[parent].append((place, condition.values))
      } else {
        roots.append(place)
      }
    }
    let values = dimensions.map(Grid.values)
    var counts = values.map { $0.map { _ in 1 } }
    // What depends on a dimension comes after it.
    for place in dimensions.indices.reversed() {
      for (index, value) in values[place].enumerated() {
        for child in dependents[place] where child.values.contains(value) {
          counts[place][index] = product(counts[place][index], counts[child.place].reduce(0, +))
        }
      }
    }
    count = roots.reduce(1) { product($0, counts[$1].reduce(0, +)) }
    (self.values, self.dependents, self.roots, self.counts) = (values, dependents, roots, counts)
  }

  /// The combination at a place in `0 ..< count`, nil where a dimension is not there.
  func combination(at place: Int) -> [Double?] {
    var result = [Double?](repeating: nil, count: values.count)
    // Places are numbers with a digit for each dimension that is there.
    var open: [(dimension: Int, place: Int)] = []
    func split(_ place: Int, among dimensions: [Int]) {
      var rest = place
      for dimension in dimensions {
        let total = max(1, counts[dimension].reduce(0, +))
        open.append((dimension, rest % total))
        rest /= total
      }
    }
    split(place, among: roots)
    while let (dimension, place) = open.popLast() {
      var (rest, index) = (place, 0)
      while rest >= counts[dimension][index] {
        rest -= counts[dimension][index]
        index += 1
      }
      let value = values[dimension][index]
      result[dimension] = value
      split(rest, among: dependents[dimension].filter { $0.values.contains(value) }.map(\.place))
    }
    return result
  }

  /// The values of a dimension, smallest first.
  static func values(of dimension: Dimension) -> [Double] {
    var isSparse = false
    if case .integer = dimension.domain { isSparse = dimension.isLogarithmic }
    if let count = dimension.valueCount, !isSparse || count <= levels {
      return (0..<count).map(dimension.number(of:))
    }
    guard let axis = Axis(dimension) else { return [] }
    var ends = (low: axis.low, high: axis.high)
    if let count = dimension.valueCount {
      ends = (
        axis.position(of: dimension.number(of: 0)),
        axis.position(of: dimension.number(of: count - 1))
      )
    }
    var values: [Double] = []
    for level in 0..<levels {
      let share = Double(level) / Double(levels - 1)
      let value = axis.number(at: ends.low + share * (ends.high - ends.low))
      if values.last != value { values.append(value) }
    }
    return values
  }
}

/// The product of two counts, not beyond 2⁴⁰.
private func product(_ a: Int, _ b: Int) -> Int {
  let (product, overflows) = a.multipliedReportingOverflow(by: b)
  return overflows ? 1 << 40 : min(product, 1 << 40)
}
