extension Plan {
  static let batch: [PlannedRule] = [
    PlannedRule("B502", [
      PlannedCase("24 rows", [("training.batch_size", "24")]),
      PlannedCase("100 rows", [("training.batch_size", "100")]),
    ]),
    PlannedRule("B503", [PlannedCase("one row", [("training.batch_size", "1")])]),
    PlannedRule("B504", [PlannedCase("all rows", [("training.batch_size", "5000")])]),
    PlannedRule("B506", [
      PlannedCase(
        "512 rows, 60 epochs", [("training.batch_size", "512"), ("training.epochs", "60")]),
      PlannedCase("5 epochs", [("training.epochs", "5")]),
      PlannedCase("20 epochs", [("training.epochs", "20")]),
    ]),
    PlannedRule("B508", [
      PlannedCase("2 rows", [("model.normalization", "batch"), ("training.batch_size", "2")]),
      PlannedCase("8 rows", [("model.normalization", "batch"), ("training.batch_size", "8")]),
    ]),
  ]
}
