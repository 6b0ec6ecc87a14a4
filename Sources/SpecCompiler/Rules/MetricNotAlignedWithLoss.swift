import NetworkGraph
import SpecSyntax
import Tables

extension Rule {
  static let metricNotAlignedWithLoss = Rule(
    code: "L313", name: "metric-not-aligned-with-loss",
    title: "the metric and the loss aim at different statistics",
    needs: [.spec], evidence: .textbook,
    rationale: """
      Squared error aims at the mean, absolute error at the median, the loss of a quantile at that \
      quantile. Training for one and judging by another leaves a systematic difference where the \
      noise is skewed. Reported where none of the metrics that the author wrote judges what the \
      loss aims at. Squared error judged by absolute error is left to L301, and absolute error on \
      a target without outliers to L304.
      """,
    source: "Gneiting 2011, Making and evaluating point forecasts (from memory).",
    failsWhen: """
      The noise is symmetric, so that mean and median are the same, or the loss is only easier to \
      train on and wins by the metric all the same.
      """,
    examples: [
      .fires(
        """
        training:
          loss: mae
          metrics: [rmse]   #! L313
        """, on: ExampleTable(outlierShare: 0.02, excessKurtosis: 6),
        fixed: """
          training:
            loss: mae
            metrics: [mae, rmse]
          """),
      .fires(
        """
        training:
          loss: {quantile: 0.9}
          learning_rate: {schedule: cosine, start: 0.001}
          metrics: [rmse, r2]   #! L313
        """,
        fixed: """
          training:
            loss: {quantile: 0.9}
            learning_rate: {schedule: cosine, start: 0.001}
            metrics: [pinball, d2_pinball, rmse, r2]
          """),
      .fires(
        """
        training:
          loss: mse
          metrics: [pinball]   #! L313
        """,
        fixed: """
          training:
            loss: mse
            metrics: [rmse, pinball]
          """),
      .fires(
        """
        training:
          loss: mse
          metrics: [mape]   #! L313
        """,
        fixed: """
          training:
            loss: mse
            metrics: [rmse, mape]
          """),
      .silent("training: {loss: mse, metrics: [rmse]}"),
      .silent("training: {loss: mae, metrics: [mae, rmse]}"),
      .silent("training: {loss: mse, metrics: [mae]}", on: ExampleTable(outlierShare: 0.04)),
      .silent("training: {loss: huber, metrics: [mape]}"),
      .silent("training: {loss: mae, metrics: [rmse]}", on: ExampleTable(excessKurtosis: 0.1)),
      .silent("training: {loss: {quantile: 0.5}, metrics: [mae]}"),
    ]
  ) { facts, report in
    guard facts.isWritten("training.loss"), !facts.writtenMetrics.isEmpty,
      let aim = facts.aim, !facts.writtenMetrics.contains(where: aim.metrics.contains)
    else { return }
    let others = facts.writtenMetrics.map { "`\($0)`" }.joined(separator: " and ")
    report.at(
      "training.metrics",
      "the loss `\(facts.lossName ?? "")` aims at \(aim.statistic), which \(others) "
        + (facts.writtenMetrics.count == 1 ? "does" : "do") + " not judge",
      label: "judges something else", because: [("training.loss", "aims at \(aim.statistic)")],
      remedies: [
        .set(
          "training.metrics",
          .list((aim.shown + facts.writtenMetrics).map { .name($0) }),
          "look at \(aim.shown.map { "`\($0)`" }.joined(separator: " and ")) too"),
        .words("or train for what is judged: `mse` for `rmse`, `mae` for `mae`, a `quantile`"),
      ])
  }
}

/// What a loss aims at, and what judges that.
private struct Aim {
  var statistic: String
  var metrics: Set<String>
  /// The metrics to add.
  var shown: [String]
}

extension Facts {
  /// What the loss aims at where another rule does not speak of it; nil for losses in between.
  fileprivate var aim: Aim? {
    let median: Set = ["mae", "median_absolute_error"]
    let quantile: Set = ["pinball", "d2_pinball"]
    if isOfQuantiles {
      let isMedian = spec.training.loss.value?.levels == [0.5]
      return Aim(
        statistic: isMedian ? "the median" : "quantiles",
        metrics: isMedian ? quantile.union(median) : quantile, shown: ["pinball", "d2_pinball"])
    }
    switch lossName {
    case "mae":
      let isOfL304 = wantsSquaredError && (targetSeen.map(\.isPlain) ?? true)
      return isOfL304
        ? nil : Aim(statistic: "the median", metrics: median.union(quantile), shown: ["mae"])
    case "mse":
      return Aim(
        statistic: "the mean", metrics: median.union(["mse", "rmse", "r2"]), shown: ["rmse"])
    default: return nil
    }
  }
}
