import SpecSyntax
import Tables

extension Rule {
  static let skewedTarget = Rule(
    code: "D105", name: "skewed-positive-target",
    title: "a positive, strongly skewed target on a linear scale",
    needs: [.profile], evidence: .textbook,
    rationale: """
      On a logarithmic scale errors in proportion become errors of one size, which suits squared \
      error, and a handful of large cases no longer own the gradient. Reported for a target \
      without negative values, with a skewness above 2 and a largest value of more than 20 \
      medians, unless `metrics` asks for squared errors or the loss is for counts. The limits are \
      proposals.
      """,
    source: "Box and Cox 1964; Duan 1983 on the bias of scaling back (both from memory).",
    failsWhen: """
      The total or the squared error on the scale of the target counts: predictions that are \
      scaled back aim at a median, not at a mean.
      """,
    examples: [
      .fires(
        """
        data:
          target_scale: standard   #! D105
        training:
          metrics: [mape]
        """,
        on: ExampleTable(
          mean: 60, deviation: 140, minimum: 0, skewness: 5.1, maximumOverMedian: 90),
        fixed: """
          data:
            target_scale: log
          training:
            metrics: [mape]
          """),
      .silent(
        "data: {target_scale: log}",
        on: ExampleTable(
          mean: 60, deviation: 140, minimum: 0, skewness: 5.1, maximumOverMedian: 90)),
      .silent(
        """
        data: {target_scale: standard}
        training: {metrics: [rmse]}
        """,
        on: ExampleTable(
          mean: 60, deviation: 140, minimum: 0, skewness: 5.1, maximumOverMedian: 90)),
      .silent(
        "data: {target_scale: standard}",
        on: ExampleTable(minimum: -3, skewness: 5.1, maximumOverMedian: 90)),
    ]
  ) { facts, report in
    guard facts.task == .regression, facts.targetScale != .log, !facts.needsRawTarget,
      !facts.wantsSquaredError, !facts.isOfQuantiles, let target = facts.target,
      let minimum = target.minimum, minimum >= 0, let skewness = target.skewness, skewness > 2,
      let maximum = target.maximum, let median = target.median, median > 0, maximum > 20 * median
    else { return }
    report.at(
      "data.target_scale",
      """
      the target's skewness is \(roundedText(skewness)), and its largest value \
      \(roundedText(maximum / median)) medians
      """,
      label: "a few rows own the gradient",
      remedies: [
        .set("data.target_scale", .name("log"), "use `log`; predictions are scaled back"),
        .words("or write `metrics: [rmse]` if the largest values are what counts"),
      ])
  }
}
