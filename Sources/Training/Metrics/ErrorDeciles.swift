/// How wrong predictions of a number are where it is small and where it is great: rows in ten equal
/// parts by the true number.
public struct ErrorDeciles: Sendable, Hashable {
  public struct Part: Sendable, Hashable {
    /// The least and the greatest true number.
    public var range: ClosedRange<Double>
    public var rows: Int
    /// The mean of the errors without their sign.
    public var meanAbsoluteError: Double
    /// The mean of prediction less truth: above 0 where too much is predicted.
    public var bias: Double
  }

  /// From the least numbers; fewer than ten where there are fewer rows.
  public let parts: [Part]

  /// Rows with the same true number may fall into two parts.
  public init(predictions: [Double], truth: [Double]) {
    precondition(predictions.count == truth.count, "every prediction needs its truth")
    let order = truth.indices.sorted { (truth[$0], $0) < (truth[$1], $1) }
    let count = min(10, order.count)
    parts = (0..<count).map { part in
      let rows = order[(part * order.count / count)..<((part + 1) * order.count / count)]
      let errors = rows.map { predictions[$0] - truth[$0] }
      let values = rows.map { truth[$0] }
      return Part(
        range: values[0]...values[values.count - 1], rows: rows.count,
        meanAbsoluteError: errors.reduce(0) { $0 + abs($1) } / Double(errors.count),
        bias: errors.reduce(0, +) / Double(errors.count))
    }
  }
}
