import SpecSyntax

extension Rule {
  static let largerBatchFewerUpdates = Rule(
    code: "X803", name: "batch-up-needs-updates", level: .advice,
    title: "a larger batch with as many epochs as before",
    needs: [.history, .profile], evidence: .controlled,
    rationale: """
      A batch some times larger makes as many times fewer updates in an epoch, and with them less \
      progress; less noise in the gradient also regularises less. Reported for a batch at least \
      twice as large where neither epochs nor rate went up, or where fewer than half the updates \
      are left and those are under 5000; both bounds are proposals.
      """,
    source: """
      Deep Learning Tuning Playbook 2023 (rate and regularisation have to be tuned again with the \
      batch); Shallue et al. 2019; Hoffer et al. 2017 (from memory).
      """,
    failsWhen: "The earlier run had long converged.",
    conflict: """
      sources disagree: small batches gave the best results (Masters & Luschi 2018) and large \
      ones generalise worse (Keskar et al. 2017), or there is no such effect once everything is \
      tuned again (Shallue et al. 2019)
      """,
    examples: [
      .fires(
        """
        training:
          optimizer: adam
          learning_rate: 0.001
          batch_size: 256
          epochs: 50   #! X803
        """,
        earlier: """
          training: {optimizer: adam, learning_rate: 0.001, batch_size: 64, epochs: 50}
          """,
        fixed: """
          training:
            optimizer: adam
            learning_rate: 0.001
            batch_size: 256
            epochs: 200
          """),
      .silent(
        """
        training:
          {optimizer: adam, learning_rate: 0.002, batch_size: 256, epochs: 200}
        """,
        earlier: """
          training: {optimizer: adam, learning_rate: 0.001, batch_size: 64, epochs: 50}
          """),
    ]
  ) { facts, report in
    guard let before = facts.before, let rows = facts.rowsPerStep,
      let rowsBefore = before.rowsPerStep, let epochs = facts.epochs,
      let epochsBefore = before.epochs, let steps = facts.totalSteps,
      let stepsBefore = before.totalSteps
    else { return }
    let factor = Double(rows) / Double(rowsBefore)
    guard factor >= 2 else { return }
    // A rate within a fifth of the earlier one was not scaled.
    let isRateKept = (facts.startRate ?? 0) <= 1.2 * (before.startRate ?? 0)
    let isStill = epochs <= epochsBefore && isRateKept
    let isCut = 2 * steps < stepsBefore && steps < 5000
    guard isStill || isCut else { return }
    let better = max(epochs + 1, Int((Double(epochsBefore) * min(factor, 4)).rounded()))
    report.at(
      "training.epochs",
      """
      \(counted(steps, "update")) are left of \(stepsBefore), because the batch is \
      \(timesText(factor)) as large
      """,
      label: "was \(epochsBefore)", because: [("training.batch_size", "was \(rowsBefore)")],
      remedies: [
        .set("training.epochs", .integer(better), "train for \(better) epochs"),
        .words("or raise the rate with the batch"),
      ])
  }
}
