/// How often each class was taken for each other.
public struct ConfusionMatrix: Sendable, Hashable, Codable {
  public let classes: [String]
  /// `counts[t][p]`: rows of class `t` that were taken for class `p`.
  public let counts: [[Int]]

  public init(of predictions: ClassPredictions, against truth: [Int]) {
    precondition(predictions.rowCount == truth.count, "every prediction needs its truth")
    let size = predictions.classes.count
    var counts = Array(repeating: Array(repeating: 0, count: size), count: size)
    for (row, actual) in truth.enumerated() { counts[actual][predictions.winner(row)] += 1 }
    classes = predictions.classes
    self.counts = counts
  }

  /// Rows whose class is `index`.
  public func actual(_ index: Int) -> Int { counts[index].reduce(0, +) }

  /// Rows taken for class `index`.
  public func predicted(_ index: Int) -> Int { counts.reduce(0) { $0 + $1[index] } }

  /// The share of the rows of a class that were found; nil if there are none.
  public func recall(_ index: Int) -> Double? {
    actual(index) == 0 ? nil : Double(counts[index][index]) / Double(actual(index))
  }

  /// The share of the rows taken for a class that are of it; 0 if none was.
  public func precision(_ index: Int) -> Double {
    predicted(index) == 0 ? 0 : Double(counts[index][index]) / Double(predicted(index))
  }

  /// `2·found / (actual + predicted)`; 0 if both are none.
  public func f1(_ index: Int) -> Double {
    let sum = actual(index) + predicted(index)
    return sum == 0 ? 0 : 2 * Double(counts[index][index]) / Double(sum)
  }

  /// The figure of the second of two classes, or the mean over several that occur at all.
  func summary(_ figure: (Int) -> Double) -> Double? {
    guard classes.count != 2 else { return figure(1) }
    let present = classes.indices.filter { actual($0) + predicted($0) > 0 }
    return mean(present.map(figure))
  }
}

/// The arithmetic mean; nil of nothing.
package func mean(_ values: [Double]) -> Double? {
  values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}
