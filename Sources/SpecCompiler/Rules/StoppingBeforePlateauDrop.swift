import NetworkGraph
import SpecSyntax

extension Rule {
  static let stoppingBeforePlateauDrop = Rule(
    code: "E605", name: "stopping-before-plateau-drop", level: .warning,
    title: "early stopping acts before the plateau schedule can help",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      A drop of the rate often restarts progress, but stopping at or before it throws this away. \
      Stopping needs at least twice the schedule's patience plus two and its cooldown: one wait \
      for the drop, one to profit from it.
      """,
    source: """
      Source of Keras EarlyStopping and ReduceLROnPlateau, which count as this program does; \
      arithmetic.
      """,
    failsWhen: "The plateau schedule is only a safety net.",
    examples: [
      .fires(
        """
        training:
          learning_rate: {schedule: reduce_on_plateau, patience: 10, cooldown: 0}
          early_stopping:
            patience: 8   #! E605
        """,
        fixed: """
          training:
            learning_rate: {schedule: reduce_on_plateau, patience: 10, cooldown: 0}
            early_stopping:
              patience: 22
          """),
      .silent(
        """
        training:
          learning_rate: {schedule: reduce_on_plateau, patience: 5, cooldown: 0}
          early_stopping: {patience: 20}
        """),
    ]
  ) { facts, report in
    guard let schedule = facts.spec.training.learningRate.schedule as? ReduceOnPlateau,
      let patience = facts.earlyStopping?.patience, facts.isWritten("training.early_stopping")
    else { return }
    let needed = 2 * (schedule.patience + 1) + schedule.cooldown
    guard patience < needed else { return }
    let never = patience <= schedule.patience
    report.at(
      "training.early_stopping.patience",
      never
        ? "training stops before the rate can fall"
        : "training stops before a fallen rate can help",
      label: "waits \(counted(patience, "epoch"))",
      because: [("training.learning_rate", "falls after \(schedule.patience) without progress")],
      remedies: [
        .set("training.early_stopping.patience", .integer(needed), "wait \(needed) epochs")
      ])
  }
}
