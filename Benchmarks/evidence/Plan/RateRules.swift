extension Plan {
  static let rates: [PlannedRule] = [
    PlannedRule("O401", ["0.001", "0.01"].map { rate in
      PlannedCase("rate \(rate)", whole + [("training.learning_rate", rate)])
    }),
    PlannedRule("O402", ["0.03", "0.1", "0.5"].map { rate in
      PlannedCase("rate \(rate)", [("training.learning_rate", rate)])
    }),
    PlannedRule("O403", ["0.000001", "0.00001", "0.0001"].map { rate in
      PlannedCase("rate \(rate)", [("training.learning_rate", rate)])
    }),
    PlannedRule("O405", [
      PlannedCase(
        "sgd at 0.01", [("training.optimizer", "sgd"), ("training.learning_rate", "0.01")]),
      PlannedCase(
        "sgd at 0.1", [("training.optimizer", "sgd"), ("training.learning_rate", "0.1")]),
      PlannedCase("0.995 at 0.01", [
        ("training.optimizer", "{momentum: {momentum: 0.995}}"),
        ("training.learning_rate", "0.01"),
      ]),
    ]),
    PlannedRule("O408", [
      rate("30%", "{schedule: cosine, start: 0.001, warmup: 30%}"),
      rate("60%", "{schedule: cosine, start: 0.001, warmup: 60%}"),
    ]),
    PlannedRule("O409", [
      rate("ends in mid fall", "{schedule: cosine_restarts, start: 0.003, period: 40}"),
      rate("longer than the run", "{schedule: cosine_restarts, start: 0.003, period: 1000}"),
    ]),
    PlannedRule("O410", [
      rate("rise of 60%", "{schedule: one_cycle, start: 0.0003, rise: 60%}"),
      rate("rise of 90%", "{schedule: one_cycle, start: 0.0003, rise: 90%}"),
    ]),
    PlannedRule("O411", [
      rate("first cut after the end", "{schedule: step, start: 0.003, every: 100}"),
      rate("patience of the run", "{schedule: reduce_on_plateau, start: 0.003, patience: 60}"),
    ]),
    PlannedRule("O412", [
      rate("halved each epoch", "{schedule: step, start: 0.003, every: 1, factor: 0.5}"),
      rate("to 0.7 each epoch", "{schedule: exponential, start: 0.003, factor: 0.7}"),
    ]),
    PlannedRule("O413", [
      PlannedCase("decay 0.01", [("training.optimizer", "{adam: {weight_decay: 0.01}}")]),
      PlannedCase("decay 0.1", [("training.optimizer", "{adam: {weight_decay: 0.1}}")]),
    ]),
  ]

  /// A run of a fixed length, so that a schedule acts as it is written.
  private static let whole = [("training.early_stopping", "none"), ("training.epochs", "60")]

  private static func rate(_ name: String, _ text: String) -> PlannedCase {
    PlannedCase(name, whole + [("training.learning_rate", text)])
  }
}
