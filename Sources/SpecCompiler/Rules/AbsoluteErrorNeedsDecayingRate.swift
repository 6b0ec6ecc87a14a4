import SpecSyntax

extension Rule {
  static let absoluteErrorNeedsDecayingRate = Rule(
    code: "L302", name: "mae-needs-decaying-rate", level: .warning,
    title: "absolute error with a constant learning rate",
    needs: [.spec], evidence: .textbook,
    rationale: """
      The gradient of the absolute error keeps its size near the optimum, so a fixed step \
      overshoots and the loss hovers at a level that the rate sets. Shrinking the step lets it \
      settle. The loss of a quantile behaves the same, and so does Huber's with a delta under a \
      tenth of the target's standard deviation; that limit is a proposal.
      """,
    source: """
      Common teaching; theory of subgradient methods (diminishing steps), Boyd's notes \
      (from memory).
      """,
    failsWhen: "Weights are averaged over steps, or Adam hovers harmlessly at a small rate.",
    examples: [
      .fires(
        """
        training:
          loss: mae   #! L302
          learning_rate: 0.01
        """,
        fixed: """
          training:
            loss: mae
            learning_rate: {schedule: cosine, start: 0.01}
          """),
      .fires(
        """
        training:
          loss: {quantile: 0.9}   #! L302
          learning_rate: 0.01
        """,
        fixed: """
          training:
            loss: {quantile: 0.9}
            learning_rate: {schedule: cosine, start: 0.01}
          """),
      .silent("training: {loss: mae, learning_rate: {schedule: cosine, start: 0.01}}"),
      .silent("training: {loss: mse, learning_rate: 0.01}"),
      .silent("training: {loss: mae, learning_rate: 0.01, weight_averaging: ema}"),
    ]
  ) { facts, report in
    guard facts.isRateConstant, !facts.isAveraged, facts.isWritten("training.loss") else { return }
    let isNearlyAbsolute =
      facts.huberDelta.flatMap { delta in
        facts.targetSeen.map { delta < 0.1 * $0.deviation }
      } ?? false
    guard facts.lossName == "mae" || facts.isOfQuantiles || isNearlyAbsolute else { return }
    let name = facts.isOfQuantiles ? "the loss of a quantile" : "the absolute error"
    report.at(
      "training.loss",
      isNearlyAbsolute
        ? "with this delta Huber's loss is nearly the absolute error, and the rate never falls"
        : "\(name) needs a learning rate that falls",
      label: "its gradient does not shrink near the optimum",
      because: [("training.learning_rate", "stays the same")],
      remedies: [Remedy("let the rate fall by cosine", facts.cosineSettings)])
  }
}
