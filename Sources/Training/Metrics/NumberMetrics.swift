extension Metric {
  static let r2 = Metric(
    name: "r2",
    summary: "Share of the target's variance that is explained: 1 is perfect, 0 is the mean's.",
    direction: .higherIsBetter,
    measure: perTarget { predictions, truth in
      guard let center = mean(truth) else { return nil }
      let total = truth.reduce(0) { $0 + ($1 - center) * ($1 - center) }
      let left = zip(predictions, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return total > 0 ? 1 - left / total : nil
    })

  static let mse = Metric(
    name: "mse", summary: "Mean squared error, in squared units of the target.",
    direction: .lowerIsBetter, measure: perTarget { meanSquare(zip($0, $1).map { $0 - $1 }) })

  static let rmse = Metric(
    name: "rmse", summary: "Root of the mean squared error, in units of the target.",
    direction: .lowerIsBetter,
    measure: perTarget { meanSquare(zip($0, $1).map { $0 - $1 })?.squareRoot() })

  static let mae = Metric(
    name: "mae", summary: "Mean absolute error, in units of the target.",
    direction: .lowerIsBetter, measure: perTarget { mean(zip($0, $1).map { abs($0 - $1) }) })

  static let medianAbsoluteError = Metric(
    name: "median_absolute_error",
    summary: "The absolute error that half of the rows stay within, in units of the target.",
    direction: .lowerIsBetter, measure: perTarget { median(zip($0, $1).map { abs($0 - $1) }) })

  static let mape = Metric(
    name: "mape",
    summary: """
      Mean absolute error relative to the target, as a share: 0.1 is 10 %. Rows whose target is 0 \
      have none and are left out.
      """,
    direction: .lowerIsBetter,
    measure: perTarget { predictions, truth in
      mean(
        zip(predictions, truth).compactMap { prediction, truth in
          truth == 0 ? nil : abs((prediction - truth) / truth)
        })
    })
}

/// A measure of one target, averaged over the targets for which it is defined.
private func perTarget(
  _ measure: @escaping @Sendable ([Double], [Double]) -> Double?
) -> Metric.Measure {
  .numbers { predictions, truth in
    let count = predictions.targets.count
    let figures = (0..<count).compactMap { target in
      let rows = stride(from: target, to: truth.count, by: count)
      return measure(rows.map { predictions.values[$0] }, rows.map { truth[$0] })
    }
    return mean(figures)
  }
}

private func meanSquare(_ values: [Double]) -> Double? {
  mean(values.map { $0 * $0 })
}

/// The middle value, or the mean of the two middle ones; nil of nothing.
func median(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let half = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
