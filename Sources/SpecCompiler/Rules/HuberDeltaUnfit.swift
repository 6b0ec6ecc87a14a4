import SpecSyntax

extension Rule {
  static let huberDeltaUnfit = Rule(
    code: "L303", name: "huber-delta-unfit", level: .warning,
    title: "Huber's delta does not fit the scale of the target",
    needs: [.profile], evidence: .textbook,
    rationale: """
      Delta is the residual from which a row counts as an outlier, so it means something only \
      beside the spread of the residuals. Above 5 standard deviations of the target the loss acts \
      as squared error, under 0.02 as absolute error; both limits are proposals. After a run the \
      usual delta is 1.345 · 1.4826 · the median absolute residual: it keeps 95 % efficiency on \
      Gaussian noise. Before one, a standard deviation of the target is a start.
      """,
    source: """
      Common teaching (delta must be tuned); Huber 1964 and standard tables for 1.345 \
      (from memory); PyTorch HuberLoss (default 1.0).
      """,
    failsWhen: "The spread of the residuals varies with the inputs; then no one delta fits.",
    options: [
      .number("high", default: 5, "Standard deviations above which a delta is too large."),
      .number("low", default: 0.02, "Standard deviations under which a delta is too small."),
    ],
    examples: [
      .fires(
        """
        data: {target_scale: none}
        training:
          loss:
            huber:
              delta: 1   #! L303
        """, on: ExampleTable(mean: 210_000, deviation: 85_000),
        fixed: """
          data: {target_scale: none}
          training:
            loss:
              huber:
                delta: 85000
          """),
      .silent(
        "training: {loss: {huber: {delta: 1}}}",
        on: ExampleTable(mean: 210_000, deviation: 85_000)),
    ]
  ) { facts, report in
    guard let delta = facts.huberDelta, facts.isWritten("training.loss"),
      let target = facts.targetSeen, target.deviation > 0
    else { return }
    let ratio = delta / target.deviation
    let high = report.option("high")
    let kind = ratio > high ? "squared" : "absolute"
    guard ratio > high || ratio < report.option("low") else { return }
    report.at(
      facts.huberDeltaPath,
      """
      a delta of \(numberText(delta)) on a target with standard deviation \
      \(roundedText(target.deviation)) makes the loss act as \(kind) error
      """,
      label: "\(roundedText(ratio)) standard deviations",
      because: [("data.target_scale", "the scale the loss sees")],
      remedies: [
        Remedy(
          "start at one standard deviation, then fit it to the residuals",
          [facts.huberSetting(target.startingDelta)])
      ])
  }
}
