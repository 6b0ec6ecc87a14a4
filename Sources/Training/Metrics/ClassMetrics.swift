#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Metric {
  static let accuracy = Metric(
    name: "accuracy", summary: "Share of rows whose most probable class is right.",
    direction: .higherIsBetter,
    measure: .classes { predictions, truth in
      let right = truth.indices.count { predictions.winner($0) == truth[$0] }
      return Double(right) / Double(truth.count)
    })

  static let balancedAccuracy = Metric(
    name: "balanced_accuracy", summary: "Mean of each class's share of rows that were found.",
    direction: .higherIsBetter,
    measure: .classes { predictions, truth in
      let matrix = ConfusionMatrix(of: predictions, against: truth)
      return mean(matrix.classes.indices.compactMap(matrix.recall))
    })

  static let precision = Metric(
    name: "precision",
    summary: "Share of right ones among rows taken for a class; the second of two, or the mean.",
    direction: .higherIsBetter,
    measure: .classes { predictions, truth in
      let matrix = ConfusionMatrix(of: predictions, against: truth)
      return matrix.summary(matrix.precision)
    })

  static let recall = Metric(
    name: "recall",
    summary: "Share of a class's rows that were found; the second of two, or the mean.",
    direction: .higherIsBetter,
    measure: .classes { predictions, truth in
      let matrix = ConfusionMatrix(of: predictions, against: truth)
      return matrix.summary { matrix.recall($0) ?? 0 }
    })

  static let f1 = Metric(
    name: "f1",
    summary: "Harmonic mean of precision and recall; of the second of two classes, or the mean.",
    direction: .higherIsBetter,
    measure: .classes { predictions, truth in
      let matrix = ConfusionMatrix(of: predictions, against: truth)
      return matrix.summary(matrix.f1)
    })

  static let rocAUC = Metric(
    name: "roc_auc",
    summary: """
      Probability that a row of the class is ranked above one that is not; mean of classes.
      """,
    direction: .higherIsBetter,
    measure: .classes { predictions, truth in
      if predictions.classes.count == 2 { return areaUnderROC(of: 1, predictions, truth) }
      return mean(
        predictions.classes.indices.compactMap { areaUnderROC(of: $0, predictions, truth) })
    })

  static let averagePrecision = Metric(
    name: "average_precision",
    summary: """
      Area under precision over recall, step by step; of the second of two classes, or the mean of \
      classes.
      """,
    direction: .higherIsBetter,
    measure: .classes { predictions, truth in
      if predictions.classes.count == 2 { return precisionOverRecall(of: 1, predictions, truth) }
      return mean(
        predictions.classes.indices.compactMap { precisionOverRecall(of: $0, predictions, truth) })
    })

  /// Whether the right class is among the `count` most probable; of equals the first counts.
  ///
  /// Not defined where there are no more classes than that, as it could only be 1.
  static func top(_ count: Int) -> Metric {
    Metric(
      name: "top_\(count)",
      summary: """
        Share of rows whose class is among the \(count) most probable; `top_K` takes any K from 2 \
        to below the number of classes.
        """,
      direction: .higherIsBetter,
      measure: .classes { predictions, truth in
        guard count < predictions.classes.count else { return nil }
        let right = truth.indices.count { predictions.rank(of: truth[$0], in: $0) < count }
        return Double(right) / Double(truth.count)
      })
  }

  static let logLoss = Metric(
    name: "log_loss", summary: "Mean of −log of the probability given to the right class.",
    direction: .lowerIsBetter,
    measure: .classes { predictions, truth in
      guard predictions.kind == .probability else { return nil }
      return mean(logLosses(of: predictions, against: truth))
    })

  static let brier = Metric(
    name: "brier",
    summary: "Mean squared error of the probabilities; summed over three classes and more.",
    direction: .lowerIsBetter,
    measure: .classes { predictions, truth in
      guard predictions.kind == .probability else { return nil }
      var sum = 0.0
      for (row, actual) in truth.enumerated() {
        for (index, probability) in predictions.row(row).enumerated() {
          let error = probability - (index == actual ? 1 : 0)
          sum += error * error
        }
      }
      // Two probabilities that add up to one have the same error; it counts once.
      return sum / Double(truth.count) / (predictions.classes.count == 2 ? 2 : 1)
    })
}

/// `−log p` of the right class, row by row; `p` is at least 10⁻¹², so one row cannot rule all.
func logLosses(of predictions: ClassPredictions, against truth: [Int]) -> [Double] {
  truth.indices.map { row in
    let probability = predictions.values[row * predictions.classes.count + truth[row]]
    return -log(min(max(probability, 1e-12), 1))
  }
}
