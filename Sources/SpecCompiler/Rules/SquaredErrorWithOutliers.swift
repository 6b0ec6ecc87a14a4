import SpecSyntax

extension Rule {
  static let squaredErrorWithOutliers = Rule(
    code: "L301", name: "mse-with-outliers",
    title: "squared error although the target has outliers",
    needs: [.profile], evidence: .textbook,
    rationale: """
      Squaring lets a residual ten times larger weigh a hundred times more, so a few rows pull \
      the fit; Huber's loss bounds that. An outlier lies further than 3.5 robust standard \
      deviations from the median. Reported, and decided where the loss is open, when more than \
      1 % of the rows are outliers or the excess kurtosis is above 10, unless the author measures \
      by squared error. The limits are proposals.
      """,
    source: """
      Common teaching; Huber 1964; Hampel et al. 1986 and Iglewicz and Hoaglin 1993 for \
      the 3.5 (from memory). Measured on 6 public tables: Huber never lowered R² and cut the \
      absolute error by 7 to 16 % on one of them, nyc_taxis.
      """,
    failsWhen: """
      The extremes are real and costly, so that the total or the squared error is what counts: \
      robust losses pull predictions towards the median. Outliers may also be explained by the \
      inputs.
      """,
    examples: [
      .fires(
        """
        training:
          loss: mse   #! L301
          metrics: [mae]
        """, on: ExampleTable(outlierShare: 0.04),
        fixed: """
          training:
            loss: {huber: {delta: 1}}
            metrics: [mae]
          """),
      .silent("training: {loss: mse, metrics: [mae]}"),
      .silent(
        "training: {loss: mse, metrics: [rmse]}", on: ExampleTable(outlierShare: 0.04)),
      .decides(
        "{huber: {delta: 1}}", "training: {loss: auto}", on: ExampleTable(outlierShare: 0.04)),
      .decides("mse", "training: {loss: auto}"),
    ],
    decides: Decider("training.loss") { facts in
      guard facts.task == .regression else { return nil }
      guard !facts.wantsSquaredError else {
        return Choice(.name("mse"), because: "`metrics` judges by squared error")
      }
      guard let target = facts.targetSeen, target.hasOutliers else {
        let share = facts.targetSeen.map { ": \(percentText($0.outlierShare)) are outliers" }
        return Choice(
          .name("mse"), because: "squared error is smooth and suits this target" + (share ?? ""))
      }
      return Choice(
        .huber(target.startingDelta),
        because: """
          \(percentText(target.outlierShare)) of the target's values are outliers; Huber's loss \
          bounds their weight
          """)
    }
  ) { facts, report in
    guard facts.lossName == "mse", facts.isWritten("training.loss"), !facts.wantsSquaredError,
      let target = facts.targetSeen, target.hasOutliers
    else { return }
    var remedies = [
      Remedy.set("training.loss", .huber(target.startingDelta), "use Huber's loss")
    ]
    if target.outlierShare > 0.05 {
      remedies.append(
        Remedy(
          "or the absolute error with a falling rate",
          [("training.loss", .name("mae"))] + facts.cosineSettings))
    }
    remedies.append(.words("or write `metrics: [rmse]` if these extremes are meant to count"))
    report.at(
      "training.loss",
      """
      squared error on a target of which \(percentText(target.outlierShare)) are outliers \
      (excess kurtosis \(roundedText(target.excessKurtosis)))
      """,
      label: "a residual 10 times larger weighs 100 times more", remedies: remedies)
  }
}

extension TargetSeen {
  /// Whether extremes are common enough to pull a squared-error fit.
  var hasOutliers: Bool { outlierShare > 0.01 || excessKurtosis > 10 }

  /// A first delta for Huber's loss: one standard deviation of the target, in three digits.
  var startingDelta: Double { deviation > 0 ? threeDigits(deviation) : 1 }
}
