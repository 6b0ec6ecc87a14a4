extension Plan {
  static let losses: [PlannedRule] = [
    PlannedRule("L301", .absolute, [
      numbers("squared error", [("training.loss", "mse"), ("training.metrics", "[mae]")])
    ]),
    PlannedRule("L302", .absolute, [
      numbers("rate 0.001", [
        ("training.loss", "mae"), ("training.learning_rate", "0.001"),
        ("training.metrics", "[mae]"),
      ]),
      numbers("rate 0.01", [
        ("training.loss", "mae"), ("training.learning_rate", "0.01"),
        ("training.metrics", "[mae]"),
      ]),
    ]),
    PlannedRule("L303", .absolute, [
      numbers("delta 20", [("training.loss", "{huber: {delta: 20}}")]),
      numbers("delta 0.005", [("training.loss", "{huber: {delta: 0.005}}")]),
    ]),
    PlannedRule("L304", [
      numbers("absolute error", [("training.loss", "mae"), ("training.metrics", "[rmse]")])
    ]),
    PlannedRule("L311", [numbers("target as it is", [("data.target_scale", "none")])]),
    PlannedRule("L314", [
      classes("stops by accuracy", [
        ("training.early_stopping", "{patience: 20, monitor: validation.accuracy}")
      ])
    ]),
    PlannedRule("L315", [
      classes("balanced, judged by log loss", [
        ("training.class_weights", "balanced"), ("training.metrics", "[log_loss]"),
      ])
    ]),
  ]
}
