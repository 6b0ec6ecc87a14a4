import NetworkGraph
import SpecSyntax

extension Rule {
  static let stoppingCutsPlannedDecay = Rule(
    code: "E608", name: "stopping-cuts-planned-decay", level: .warning,
    title: "early stopping with a rate that falls over the whole run",
    needs: [.spec], evidence: .textbook,
    rationale: """
      A rate that falls to the end of the run gains most in its last part, and often stands still \
      or gets worse while it is high. Stopping there keeps a network from the noisiest phase. \
      Reported for `cosine`, `cosine_restarts`, `polynomial` and `exponential` with an `end`, as \
      advice, and for `one_cycle`, when the patience is under 0.3 of the epochs (a proposal). A \
      patience as long as the run never stops and keeps the best epoch; that is what an open \
      `early_stopping` becomes.
      """,
    source: """
      Smith 2018 (best results come as the rate falls); pytabkit (full length and the best epoch \
      by default); Deep Learning Tuning Playbook 2023 (stopping ahead is usually not needed).
      """,
    failsWhen: "The network overfits badly before the rate falls: then the early optimum is real.",
    conflict: """
      sources disagree: stop with patience (Prechelt, textbooks), or run a fixed length and keep \
      the best epoch (Tuning Playbook, RealMLP); a constant rate suits the first, a planned fall \
      the second
      """,
    examples: [
      .fires(
        """
        training:
          epochs: 100
          learning_rate: {schedule: one_cycle, start: 0.0003}
          early_stopping:
            patience: 5   #! E608
        """,
        fixed: """
          training:
            epochs: 100
            learning_rate: {schedule: one_cycle, start: 0.0003}
            early_stopping:
              patience: 100
          """),
      .fires(
        """
        training:
          epochs: 200
          learning_rate: {schedule: cosine, start: 0.001}
          early_stopping: {patience: 20}   #! E608
        """,
        fixed: """
          training:
            epochs: 200
            learning_rate: {schedule: cosine, start: 0.001}
            early_stopping: {patience: 200}
          """),
      .silent(
        """
        training:
          epochs: 100
          learning_rate: {schedule: one_cycle, start: 0.0003}
          early_stopping: {patience: 100}
        """),
      .silent("training: {learning_rate: 0.001, early_stopping: {patience: 20}}"),
      .silent(
        """
        training:
          learning_rate: {schedule: exponential, start: 0.001, factor: 0.98}
          early_stopping: {patience: 20}
        """),
    ]
  ) { facts, report in
    guard facts.isWritten("training.early_stopping"), facts.fallsToTheEnd,
      let patience = facts.earlyStopping?.patience, let epochs = facts.epochs,
      10 * patience < 3 * epochs
    else { return }
    let isCycle = facts.spec.training.learningRate.schedule is OneCycle
    report.at(
      "training.early_stopping.patience",
      """
      a patience of \(counted(patience, "epoch")) may end the run before the rate has fallen
      """,
      label: "the gain comes at the end", level: isCycle ? .warning : .advice,
      because: [("training.learning_rate", "falls until epoch \(epochs)")],
      remedies: [
        .set(
          "training.early_stopping.patience", .integer(epochs),
          "run to the end and keep the best epoch"),
        .words("or shorten `epochs`, and the schedule with it"),
      ])
  }
}

extension Facts {
  /// Whether the rate is low only at the end of the run.
  fileprivate var fallsToTheEnd: Bool {
    let names = [CosineDecay.name, CosineRestarts.name, PolynomialDecay.name, OneCycle.name]
    let exponential = spec.training.learningRate.schedule as? ExponentialDecay
    return names.contains(scheduleName) || exponential?.end != nil
  }
}
