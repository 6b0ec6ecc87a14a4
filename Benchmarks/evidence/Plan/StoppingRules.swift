extension Plan {
  static let stopping: [PlannedRule] = [
    PlannedRule("E601", [
      PlannedCase("5 epochs", [("training.epochs", "5")]),
      PlannedCase("20 epochs", [("training.epochs", "20")]),
    ]),
    PlannedRule("E602", [PlannedCase("never stops", never)]),
    PlannedRule("E603", [
      PlannedCase("never stops", never),
      PlannedCase("never stops, 128 units", never + [("model.hidden_layers", "[128]")]),
    ]),
    PlannedRule("E604", ["1", "3", "10"].map { patience in
      PlannedCase("patience \(patience)", [
        ("training.early_stopping", "{patience: \(patience)}")
      ])
    }),
    PlannedRule("E605", [
      PlannedCase("8 after 10", [
        ("training.learning_rate", plateau), ("training.early_stopping", "{patience: 8}"),
      ]),
      PlannedCase("12 after 10", [
        ("training.learning_rate", plateau), ("training.early_stopping", "{patience: 12}"),
      ]),
    ]),
    PlannedRule("E606", [
      PlannedCase("training loss", [
        ("training.early_stopping", "{patience: 20, monitor: training.loss}")
      ]),
      classes("accuracy", [
        ("training.early_stopping", "{patience: 20, monitor: validation.accuracy}")
      ]),
    ]),
    PlannedRule("E607", [
      PlannedCase("last weights", [
        ("training.early_stopping", "{patience: 20, restore_best: false}")
      ]),
      PlannedCase("last weights at rate 0.01", [
        ("training.early_stopping", "{patience: 20, restore_best: false}"),
        ("training.learning_rate", "0.01"),
      ]),
    ]),
    PlannedRule("E608", [
      PlannedCase("one cycle, patience 5", falling("one_cycle", "0.0003", patience: "5")),
      PlannedCase("cosine, patience 10", falling("cosine", "0.003", patience: "10")),
    ]),
  ]

  private static let never = [("training.early_stopping", "none"), ("training.epochs", "200")]
  private static let plateau =
    "{schedule: reduce_on_plateau, start: 0.003, patience: 10, cooldown: 0}"

  private static func falling(
    _ schedule: String, _ start: String, patience: String
  ) -> [(String, String)] {
    [
      ("training.epochs", "60"), ("training.early_stopping", "{patience: \(patience)}"),
      ("training.learning_rate", "{schedule: \(schedule), start: \(start)}"),
    ]
  }
}
