import SpecSyntax

extension Rule {
  static let bestWeightsNotRestored = Rule(
    code: "E607", name: "best-weights-not-restored", level: .warning,
    title: "early stopping keeps the last weights",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      By construction the last weights are `patience` epochs past the best, so the network that \
      is kept is the overfitted one. Keeping the best costs nothing.
      """,
    source: """
      Keras EarlyStopping (restore_best_weights is false by default there); Deep Learning Tuning \
      Playbook 2023 on choosing checkpoints afterwards.
      """,
    failsWhen: """
      Weights are averaged over steps, or validation rows are so few that the best epoch is luck.
      """,
    examples: [
      .fires(
        """
        training:
          early_stopping:
            patience: 20
            restore_best: false   #! E607
        """,
        fixed: """
          training:
            early_stopping:
              patience: 20
              restore_best: true
          """),
      .silent("training: {early_stopping: {patience: 20, restore_best: true}}"),
      .silent("training: {weight_averaging: swa, early_stopping: {restore_best: false}}"),
    ]
  ) { facts, report in
    guard let stopping = facts.earlyStopping, !stopping.restoreBest, !facts.isAveraged,
      facts.isWritten("training.early_stopping.restore_best")
    else { return }
    report.at(
      "training.early_stopping.restore_best",
      "the weights kept are \(counted(stopping.patience, "epoch")) past the best",
      remedies: [
        .set(
          "training.early_stopping.restore_best", .name("true"), "keep the best epoch's weights")
      ])
  }
}
