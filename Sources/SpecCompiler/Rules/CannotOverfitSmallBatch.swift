import SpecSyntax

extension Rule {
  static let cannotOverfitSmallBatch = Rule(
    code: "S905", name: "cannot-overfit-a-small-batch", level: .advice,
    title: "training fails on a handful of rows",
    needs: [.probe], evidence: .folklore,
    rationale: """
      Almost any working network can learn 16 rows by heart, so failing at it means a fault in \
      the loss or the wiring rather than a matter of tuning. Reported where, without \
      regularisation, 500 steps on 16 rows leave more than 5 % of the loss they began with, both \
      proposals, at the spec's own rate and with `adam` at 0.003. Only layers of at least 16 units \
      are tried. Advice only, because the test rests on experience and not on an experiment.
      """,
    source: """
      Karpathy 2019, "overfit one batch".
      """,
    failsWhen: """
      Rows contradict each other, a linear model has fewer inputs than rows, or smoothed labels \
      put a floor under the loss.
      """,
    examples: [
      .fires(
        """
        training:   #! S905
          epochs: 100
        """, on: ExampleTable(classes: 3),
        probe: Probe(
          bestEpoch: 1, epochs: 1, smallBatchLosses: .init(first: 2.3, last: 1.9))),
      .silent(
        "training: {epochs: 100}", on: ExampleTable(classes: 3),
        probe: Probe(
          bestEpoch: 1, epochs: 1, smallBatchLosses: .init(first: 2.3, last: 0.01))),
    ]
  ) { facts, report in
    guard let losses = facts.probe?.smallBatchLosses, losses.last > 0.05 * losses.first,
      facts.spec.training.labelSmoothing == 0
    else { return }
    report.at(
      "training",
      """
      500 steps on 16 rows only brought the loss from \(roundedText(losses.first)) to \
      \(roundedText(losses.last)), with `adam` too
      """,
      remedies: [
        .words("look at the activations and initialisers of the layers, then at the loss")
      ])
  }
}
