extension Metric {
  static let pinball = Metric(
    name: "pinball",
    summary: """
      Mean pinball loss of the predicted quantiles, in units of the target; of other predictions, \
      half the mean absolute error.
      """,
    direction: .lowerIsBetter,
    measure: .numbers { predictions, truth in
      mean(predictions.targets.indices.flatMap { pinballLosses(predictions, truth, target: $0) })
    })

  static let d2Pinball = Metric(
    name: "d2_pinball",
    summary: """
      Share of the pinball loss of the rows' own quantiles that is saved: 1 is perfect, 0 is theirs.
      """,
    direction: .higherIsBetter,
    measure: .numbers { predictions, truth in
      mean(
        predictions.targets.indices.compactMap { target in
          let own = ownPinballLoss(predictions, truth, target: target)
          guard own > 0 else { return nil }
          return mean(pinballLosses(predictions, truth, target: target)).map { 1 - $0 / own }
        })
    })
}

extension NumberPredictions {
  /// The quantiles; predictions that are none are taken for medians.
  fileprivate var asQuantiles: [Quantile] {
    quantiles.isEmpty ? [Quantile(level: 0.5, values: values)] : quantiles
  }
}

/// `level · d` where the truth lies `d` above the prediction, `(1 − level) · d` where below; the
/// mean over all levels, for every row of one target.
func pinballLosses(
  _ predictions: NumberPredictions, _ truth: [Double], target: Int
) -> [Double] {
  let quantiles = predictions.asQuantiles
  return stride(from: target, to: truth.count, by: predictions.targets.count).map { place in
    let losses = quantiles.map { pinballLoss($0.level, $0.values[place], truth[place]) }
    return losses.reduce(0, +) / Double(losses.count)
  }
}

/// The mean pinball loss of always answering the quantiles of these very rows.
private func ownPinballLoss(
  _ predictions: NumberPredictions, _ truth: [Double], target: Int
) -> Double {
  let values = stride(from: target, to: truth.count, by: predictions.targets.count)
    .map { truth[$0] }.sorted()
  let losses = predictions.asQuantiles.flatMap { wanted in
    let own = quantile(wanted.level, ofSorted: values)
    return values.map { pinballLoss(wanted.level, own, $0) }
  }
  return mean(losses) ?? 0
}

private func pinballLoss(_ level: Double, _ prediction: Double, _ truth: Double) -> Double {
  let distance = truth - prediction
  return distance >= 0 ? level * distance : (level - 1) * distance
}

/// `1 − loss / own loss` for every row, averaged over targets that vary; its mean is `d2_pinball`.
func explainedPinball(_ predictions: NumberPredictions, _ truth: [Double]) -> [Double] {
  var sums = Array(repeating: 0.0, count: predictions.rowCount)
  var varying = 0
  for target in predictions.targets.indices {
    let own = ownPinballLoss(predictions, truth, target: target)
    guard own > 0 else { continue }
    varying += 1
    for (row, loss) in pinballLosses(predictions, truth, target: target).enumerated() {
      sums[row] += 1 - loss / own
    }
  }
  return sums.map { $0 / Double(max(varying, 1)) }
}

/// The least value of an ascending list that a share of it does not exceed; 0 if empty.
///
/// No other constant has a lower pinball loss on the list.
func quantile(_ share: Double, ofSorted sorted: [Double]) -> Double {
  guard !sorted.isEmpty else { return 0 }
  let count = Int((share * Double(sorted.count)).rounded(.up))
  return sorted[min(max(count, 1), sorted.count) - 1]
}
