extension Plan {
  static let sizing: [PlannedRule] = [
    PlannedRule("A201", [
      PlannedCase("as new", []), PlannedCase("128 units", [("model.hidden_layers", "[128]")]),
    ]),
    PlannedRule("A202", [
      PlannedCase("two layers", [("model.hidden_layers", "[32, 32]")]),
      PlannedCase("four layers", [("model.hidden_layers", "[64, 64, 64, 64]")]),
    ]),
    PlannedRule("A203", narrow),
    PlannedRule("A204", [
      PlannedCase("wide", where: bare { size in min(256, 4 * max(size.inputs, 32)) })
    ]),
    PlannedRule("A205", [
      PlannedCase("twice the inputs", where: bare { size in 2 * size.inputs }),
      PlannedCase("eight times", where: bare { size in 8 * size.inputs }),
    ]),
    PlannedRule("A206", [
      PlannedCase("4 units between 64", [("model.hidden_layers", "[64, 4, 64]")]),
      PlannedCase("2 units between 64", [("model.hidden_layers", "[64, 2, 64]")]),
      PlannedCase(
        "6 units under dropout", [("model.hidden_layers", "[6]"), ("model.dropout", "0.5")]),
    ]),
    PlannedRule("A207", [
      PlannedCase("1 unit", [("model.hidden_layers", "[1]")]),
      PlannedCase("3 units", [("model.hidden_layers", "[3]")]),
    ]),
    PlannedRule("A208", [
      PlannedCase(
        "256, 256", unheld + [("model.hidden_layers", "[256, 256]")])
    ]),
    PlannedRule("A209", [
      PlannedCase("128 units", unheld + [("model.hidden_layers", "[128]")]),
      PlannedCase("256, 256, held back", [("model.hidden_layers", "[256, 256]")]),
    ]),
    PlannedRule("A210", narrow),
    PlannedRule("A211", [
      PlannedCase(
        "three sigmoids",
        [("model.hidden_layers", "[32, 32, 32]"), ("model.activation", "sigmoid")]),
      PlannedCase("seven plain", [("model.hidden_layers", "[32, 32, 32, 32, 32, 32, 32]")]),
    ]),
  ]

  private static let narrow = [
    PlannedCase("3 units", [("model.hidden_layers", "[3]")]),
    PlannedCase("6 units", [("model.hidden_layers", "[6]")]),
    PlannedCase("12 units", [("model.hidden_layers", "[12]")]),
  ]

  /// Nothing holds the weights back.
  private static let unheld = [
    ("training.early_stopping", "none"), ("training.optimizer", "adam"), ("model.dropout", "0"),
  ]

  /// The same with one layer, of at most 512 units so that a run stays short.
  private static func bare(
    _ width: @escaping @Sendable (TableSize) -> Int
  ) -> @Sendable (TableSize) -> [(String, String)]? {
    let unheld = unheld
    return { size in
      guard width(size) <= 512 else { return nil }
      return unheld + [("model.hidden_layers", "[\(width(size))]")]
    }
  }
}
