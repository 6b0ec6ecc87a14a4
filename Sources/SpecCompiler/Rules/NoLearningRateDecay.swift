import SpecSyntax

extension Rule {
  static let noLearningRateDecay = Rule(
    code: "O401", name: "no-learning-rate-decay",
    title: "the learning rate stays constant for the whole run",
    needs: [.spec], evidence: .controlled,
    rationale: """
      High steps cover distance early, low steps remove the noise late. Reported where the author \
      wrote a rate that never falls, for runs of a fixed length of at least 10 epochs and 500 \
      steps (100 epochs where the steps are not known); the limits are proposals. A run that stops \
      early has no known length for a rate to fall over, and is left alone.
      """,
    source: """
      Common teaching (high first, low last); Deep Learning Tuning Playbook 2023 \
      (linear or cosine as default); arXiv 2603.10301. Measured on 12 public tables: cosine gave \
      no material gain over a constant rate with early stopping, in runs of unequal length.
      """,
    failsWhen: """
      The run explores: a constant rate is usual then, and decay comes last. With early stopping \
      in force, `reduce_on_plateau` falls when progress halts. Where weights are averaged, the \
      mean removes the noise.
      """,
    conflict: """
      sources disagree: constant is fine while you explore (tuned networks on tables ran so, with \
      early stopping); for a final run a falling rate is a robust choice
      """,
    examples: [
      .fires(
        """
        training:
          learning_rate: 0.001   #! O401
          early_stopping: none
          epochs: 100
        """, on: ExampleTable(rows: 12_500),
        fixed: """
          training:
            learning_rate: {schedule: cosine, start: 0.001}
            early_stopping: none
            epochs: 100
          """),
      .silent(
        """
        training:
          learning_rate: {schedule: cosine, start: 0.001}
          early_stopping: none
          epochs: 100
        """, on: ExampleTable(rows: 12_500)),
      .silent("training: {learning_rate: 0.001}", on: ExampleTable(rows: 12_500)),
      .silent("training: {learning_rate: 0.001, early_stopping: none, epochs: 5}"),
      .silent(
        """
        training:
          learning_rate: 0.001
          weight_averaging: swa
          early_stopping: none
          epochs: 100
        """, on: ExampleTable(rows: 12_500)),
    ]
  ) { facts, report in
    guard facts.isRateConstant, !facts.isAveraged, !facts.needsAllRows,
      facts.isWritten("training.learning_rate"), facts.earlyStopping == nil,
      let epochs = facts.epochs, epochs >= 10,
      facts.totalSteps.map({ $0 >= 500 }) ?? (epochs >= 100)
    else { return }
    let length = facts.totalSteps.map { counted($0, "step") } ?? counted(epochs, "epoch")
    report.at(
      "training.learning_rate", "the learning rate never falls in \(length)",
      remedies: [Remedy("let it fall by cosine from the same start", facts.cosineSettings)])
  }
}
