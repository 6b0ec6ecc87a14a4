/// Whether probabilities come true: rows in bins of equal width by what was predicted, with the
/// share of them that it was true of.
public struct Calibration: Sendable, Hashable {
  public struct Bin: Sendable, Hashable {
    /// What it holds: above `low`, up to `high`; the first has 0 too.
    public var low: Double
    public var high: Double
    public var rows: Int
    /// The mean of the probabilities.
    public var predicted: Double
    /// The share of the rows that it was true of.
    public var observed: Double
    /// 95 % of such shares would lie here (Wilson 1927).
    public var interval: ClosedRange<Double>
  }

  /// Those with rows, from the least probable.
  public let bins: [Bin]
  /// `Σ rows · |observed − predicted| / all rows`, the expected calibration error.
  public let expectedError: Double
  /// The class that is predicted; nil for the most probable one of several classes.
  public let ofClass: String?

  /// Of two classes, the second's probability; of more, that of the most probable one (Guo et al.
  /// 2017). Nil where only scores are given, or no rows.
  public init?(_ predictions: ClassPredictions, _ truth: [Int], bins count: Int = 10) {
    guard predictions.kind == .probability, !truth.isEmpty else { return nil }
    let isBinary = predictions.classes.count == 2
    ofClass = isBinary ? predictions.classes[1] : nil
    var sums = Array(repeating: (rows: 0, predicted: 0.0, hits: 0), count: count)
    for row in truth.indices {
      let chosen = isBinary ? 1 : predictions.winner(row)
      let probability = predictions.values[row * predictions.classes.count + chosen]
      let bin = Self.bin(of: probability, count)
      sums[bin].rows += 1
      sums[bin].predicted += probability
      sums[bin].hits += truth[row] == chosen ? 1 : 0
    }
    bins = sums.enumerated().compactMap { index, sum in
      guard sum.rows > 0 else { return nil }
      let rows = Double(sum.rows)
      return Bin(
        low: Double(index) / Double(count), high: Double(index + 1) / Double(count),
        rows: sum.rows, predicted: sum.predicted / rows, observed: Double(sum.hits) / rows,
        interval: wilsonInterval(hits: sum.hits, rows: sum.rows))
    }
    expectedError = bins.reduce(0) {
      $0 + Double($1.rows) * abs($1.observed - $1.predicted) / Double(truth.count)
    }
  }

  /// The bin of a probability: how many inner edges lie below it.
  private static func bin(of probability: Double, _ count: Int) -> Int {
    (1..<count).count { Double($0) / Double(count) < probability }
  }
}

/// Where the share that stands behind `hits` of `rows` lies, in 95 of 100 cases.
func wilsonInterval(hits: Int, rows: Int) -> ClosedRange<Double> {
  let (z, n) = (1.959964, Double(rows))
  let share = Double(hits) / n
  let center = (share + z * z / (2 * n)) / (1 + z * z / n)
  let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
  return max(0, center - half)...min(1, center + half)
}
