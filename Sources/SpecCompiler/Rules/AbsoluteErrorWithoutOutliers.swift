import SpecSyntax

extension Rule {
  static let absoluteErrorWithoutOutliers = Rule(
    code: "L304", name: "mae-without-outliers",
    title: "absolute error on a target without outliers, measured by squared error",
    needs: [.profile], evidence: .textbook,
    rationale: """
      Squared error is smooth, easier to train on and efficient for noise near Gaussian. The \
      absolute error estimates the median, with an efficiency of about 64 % there (2/π). Reported \
      when under 0.2 % of the rows are outliers, the excess kurtosis is under 1 and the author \
      measures by squared error; the limits are proposals.
      """,
    source: """
      Common teaching (squared error is easier to solve); asymptotic efficiency of the \
      median, 2/π.
      """,
    failsWhen: """
      The absolute error is what counts: training on it gave the lowest absolute error on \
      nearly all of 6 public tables. Or outliers are expected later.
      """,
    examples: [
      .fires(
        """
        training:
          loss: mae   #! L304
          metrics: [rmse]
        """, on: ExampleTable(excessKurtosis: 0.1),
        fixed: """
          training:
            loss: mse
            metrics: [rmse]
          """),
      .silent("training: {loss: mae, metrics: [mae]}", on: ExampleTable(excessKurtosis: 0.1)),
      .silent("training: {loss: mse, metrics: [rmse]}", on: ExampleTable(excessKurtosis: 0.1)),
    ]
  ) { facts, report in
    guard facts.lossName == "mae", facts.isWritten("training.loss"), facts.wantsSquaredError,
      let target = facts.targetSeen, target.isPlain
    else { return }
    report.at(
      "training.loss", "absolute error on a target without outliers, measured by squared error",
      label: "estimates the median",
      because: [("training.metrics", "measures by squared error")],
      notes: [
        """
        \(percentText(target.outlierShare)) of the values are outliers, the excess kurtosis is \
        \(roundedText(target.excessKurtosis))
        """
      ],
      remedies: [.set("training.loss", .name("mse"), "use `mse`")])
  }
}

extension TargetSeen {
  /// Whether extremes are as rare as under a normal distribution.
  var isPlain: Bool { outlierShare < 0.002 && excessKurtosis < 1 }
}
