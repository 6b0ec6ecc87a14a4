/// The median over tables of each table's mean, with how far it may lie from that of all tables.
///
/// Tables are drawn with replacement, and then the values within each.
struct HierarchicalBootstrap {
  /// Of the tables' means.
  let median: Double
  /// Of each resample, in order.
  private let sorted: [Double]

  static let resamples = 10_000

  /// - Parameters:
  ///   - tables: at least one table, each with at least one value.
  ///   - seed: the same seed gives the same interval.
  init(_ tables: [[Double]], seed: String, resamples: Int = resamples) {
    precondition(!tables.isEmpty && tables.allSatisfy { !$0.isEmpty }, "a table needs a value")
    median = Self.median(tables.map(Self.mean))
    var source = SeededSource(seed)
    var means = Array(repeating: 0.0, count: tables.count)
    sorted = (0..<resamples).map { _ in
      for place in means.indices {
        let values = tables[source.place(tables.count)]
        var sum = 0.0
        for _ in values.indices { sum += values[source.place(values.count)] }
        means[place] = sum / Double(values.count)
      }
      return Self.median(means)
    }.sorted()
  }

  /// The interval that misses with a probability, half of it on each side.
  func interval(missing probability: Double) -> (low: Double, high: Double) {
    let tail = Int(probability / 2 * Double(sorted.count))
    return (sorted[tail], sorted[sorted.count - 1 - tail])
  }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// Of at least one value.
  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let half = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
  }
}
