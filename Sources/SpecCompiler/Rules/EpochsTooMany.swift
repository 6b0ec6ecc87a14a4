import SpecSyntax

extension Rule {
  static let epochsTooMany = Rule(
    code: "E602", name: "epochs-too-many",
    title: "the run went on long after its best epoch",
    needs: [.probe], evidence: .textbook,
    rationale: """
      Past the optimum further passes fit noise of the training rows. A best epoch in the first \
      tenth says that the budget or the rate is off. Reported when a run without early stopping \
      was best in its first tenth, or when its last validation loss is more than 5 % above the \
      least and the last weights are kept; the 5 % are a proposal.
      """,
    source: """
      Common teaching (many epochs overfit); Deep Learning Tuning Playbook 2023 (best in \
      the first 10 % means far too many steps).
      """,
    failsWhen: """
      The loss falls again after rising, or accuracy still improves while the log loss rises (Guo \
      et al. 2017).
      """,
    examples: [
      .fires(
        """
        training:
          early_stopping: none
          epochs: 500   #! E602
        """,
        probe: Probe(
          bestEpoch: 12, epochs: 500,
          validationLosses: (1...500).map { $0 < 12 ? 1 : 0.5 + Double($0) / 1000 }),
        fixed: """
          training:
            early_stopping: {monitor: validation.loss, patience: 20, restore_best: true}
            epochs: 44
          """),
      .silent(
        "training: {epochs: 60}",
        probe: Probe(bestEpoch: 31, epochs: 51, validationLosses: [1, 0.6, 0.5, 0.51, 0.505])),
    ]
  ) { facts, report in
    guard let probe = facts.probe else { return }
    let keepsBest = facts.earlyStopping?.restoreBest ?? false
    let isEarly = facts.earlyStopping == nil && 10 * probe.bestEpoch < probe.epochs
    let rise = probe.finalOverBest ?? 1
    guard isEarly || (rise > 1.05 && !keepsBest) else { return }
    let better = 2 * probe.bestEpoch + 20
    report.at(
      "training.epochs",
      """
      epoch \(probe.bestEpoch) of \(probe.epochs) was best; the last validation loss is \
      \(percentText(rise - 1)) above it
      """,
      level: keepsBest ? .advice : .warning,
      remedies: [
        Remedy(
          "stop early, after \(better) epochs at the most",
          facts.stoppingSettings + [("training.epochs", .integer(better))])
      ])
  }
}
