internal import NetworkGraph
internal import Tensors

/// How much worse a run predicts when the values of one column are shuffled among the rows
/// (Breiman 2001): what the network takes from that column alone.
public struct ColumnImportance: Sendable, Hashable {
  public struct Column: Sendable, Hashable {
    public var name: String
    /// How much worse the metric became, on average over the shuffles.
    public var mean: Double
    /// Standard deviation over the shuffles.
    public var deviation: Double
  }

  /// The metric that was measured.
  public let metric: String
  /// Its value on the rows as they are.
  public let value: Double
  /// How many rows it was measured on.
  public let rows: Int
  public let repeats: Int
  /// The most important first.
  public let columns: [Column]
}

/// What importance is measured with.
struct ImportanceMeasure {
  /// About as many floating-point operations are spent on it.
  static let greatestFlops = 20_000_000_000
  static let leastRows = 100
  static let repeats = 5

  let metric: Metric

  /// One whose every change shows: the loss of probabilities, the error of numbers.
  init(_ predictions: Predictions) {
    metric =
      switch predictions {
      case .classes(let classes): classes.kind == .probability ? .logLoss : .accuracy
      case .numbers(let numbers):
        numbers.quantiles.count > 0 ? .pinball : numbers.targets.count == 1 ? .rmse : .r2
      }
  }

  /// How much worse `other` is than `value`; above 0 for worse.
  func loss(from value: Double, to other: Double) -> Double {
    metric.direction == .lowerIsBetter ? other - value : value - other
  }

  /// How many of the rows are measured, evenly spread, so that it takes a moment only; nil where
  /// even few would take long.
  static func rowLimit(columns: Int, flops: Int) -> Int? {
    let limit = greatestFlops / max(1, columns * repeats * max(flops, 1))
    return limit < leastRows ? nil : limit
  }
}

/// Some numbers of rows in another order, which depends on the seed, the column and the round.
func shuffledRows(_ count: Int, seed: UInt64, column: String, round: Int) -> [Int32] {
  var order = (0..<Int32(count)).map { $0 }
  var source = RandomSource(seed: seed).split("importance").split(column).split(UInt64(round))
  source.shuffle(&order)
  return order
}
