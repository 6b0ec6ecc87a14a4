import SpecSyntax

extension Rule {
  static let noStopping = Rule(
    code: "E603", name: "no-stopping-rule",
    title: "nothing says when to stop",
    needs: [.spec], evidence: .controlled,
    rationale: """
      The right number of epochs differs between tables, and between seeds by a factor of two to \
      three, so it has to be found during the run. Stopping when the validation loss halts is the \
      cheapest regulariser. Reported for more than 10 epochs (a proposal); a warning where there \
      are more parameters than training rows.
      """,
    source: """
      Common teaching (no fixed number; stop when the validation loss halts); Prechelt \
      1998; Goodfellow et al. 2016 (from memory); run records of Gorishniy et al. 2021 for the \
      spread between seeds.
      """,
    failsWhen: "No rows can be spared for validation: fix the epochs by cross-validation.",
    conflict: """
      sources disagree: stop with patience (Prechelt, textbooks), or run a fixed length and keep \
      the best epoch (Tuning Playbook, RealMLP); a rate that falls as planned suits the second
      """,
    examples: [
      .fires(
        """
        training:
          epochs: 300
          early_stopping: none   #! E603
        """,
        fixed: """
          training:
            epochs: 300
            early_stopping: {monitor: validation.loss, patience: 20, restore_best: true}
          """),
      .fires(
        """
        data: {split: {validation: 0}}
        training:
          early_stopping: none   #! E603
        """,
        fixed: """
          data: {split: {validation: 15%}}
          training:
            early_stopping: {monitor: validation.loss, patience: 20, restore_best: true}
          """),
      .silent("training: {epochs: 300, early_stopping: {patience: 20}}"),
      .silent("training: {epochs: 8, early_stopping: none}"),
      .decides(
        "{monitor: validation.loss, patience: 20, restore_best: true}",
        "training: {early_stopping: auto, learning_rate: 0.001}"),
    ],
    decides: Decider("training.early_stopping") { facts in
      guard facts.hasValidation else { return nil }
      if facts.isDecayPlanned, let epochs = facts.epochs {
        return Choice(
          .stopping(patience: epochs),
          because: """
            the rate falls as planned over \(counted(epochs, "epoch")), so training runs to its \
            end and keeps the best epoch
            """)
      }
      return Choice(
        .stopping(patience: 20),
        because: "the best number of epochs varies by a factor of two to three between seeds")
    }
  ) { facts, report in
    guard facts.isWritten("training.early_stopping"), facts.earlyStopping == nil,
      let epochs = facts.epochs, epochs > 10
    else { return }
    let isLarge = (facts.parameters ?? 0) > (facts.trainRows ?? .max)
    report.at(
      "training.early_stopping",
      "\(counted(epochs, "epoch")) with nothing that says when to stop",
      label: "keeps the last weights, not the best", level: isLarge ? .warning : .advice,
      because: [("training.epochs", "always this many")],
      remedies: [
        Remedy("stop when the validation loss halts, keep the best epoch", facts.stoppingSettings)
      ])
  }
}
