import SpecSyntax
import Testing

@Suite struct TextRendererTests {
  static let specs = [
    SourceText(
      name: "specs/penguins.yaml",
      text: """
        spec: 1
        data:
          source: penguins.csv
          target: species
          features: [bill_length_mm, bill_depth_mm, flipper_len_mm, body_mass_g]
        network:
          layers:
            - dense: {units: 32, activation: relu}
            - dense: {units: 3}
        training:
          loss: mse
          optimizer: adam
          learnig_rate: 1e-3
          batch_size: 50
          epochs: 200

        """),
    SourceText(
      name: "data/penguins.csv",
      text: "species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex\n"),
  ]

  /// The place of the first `text` in the spec, or in the table.
  private static func range(_ text: String, source: Int = 0) -> SourceRange {
    let bytes = specs[source].bytes
    let wanted = Array(text.utf8)
    let lower = bytes.indices.first { bytes[$0...].starts(with: wanted) } ?? 0
    return SourceRange(source: source, lower: lower, upper: lower + wanted.count)
  }

  private static func code(_ code: String, _ name: String, _ level: Level = .error)
    -> DiagnosticCode
  {
    DiagnosticCode(code, name, level, title: "", explanation: "")
  }

  static let unknownKey = Diagnostic(
    code("S101", "unknown-key"), "unknown key `learnig_rate` in `training`",
    at: range("learnig_rate"), label: "not a key of `training`",
    secondary: [Label(range("training"), "this section accepts 9 keys")],
    notes: ["if it were ignored, training would use the default learning rate 0.01"],
    helps: [
      Help(
        "a key with a similar name exists: `learning_rate`",
        fix: Fix("use `learning_rate`", [Edit(range("learnig_rate"), "learning_rate")], .safe))
    ])

  static let wideLayer = Diagnostic(
    code("A302", "wide-hidden-layer", .warning), "hidden layer 1 has 32 units for 4 input features",
    at: range("32"), label: "8x the input width; this rule allows 2x",
    secondary: [
      Label(
        range("[bill_length_mm, bill_depth_mm, flipper_len_mm, body_mass_g]"), "4 input features")
    ],
    notes: [
      "for small tabular data, units far above the input width add parameters (160 here) faster "
        + "than they add accuracy",
      "the limit is `max-ratio` (default 2) in the configuration of this rule",
    ],
    helps: [
      Help(
        "use at most 8 units, or keep 32 and add dropout or weight decay",
        fix: Fix("use 8 units", [Edit(range("32"), "8")], .unsafe))
    ])

  static let oddBatch = Diagnostic(
    code("T430", "odd-batch-size", .advice), "batch size 50 is not a power of two",
    at: range("50"), label: "nearest powers of two: 32 and 64",
    notes: [
      "333 rows make 7 batches of 50, the last one with 33 rows",
      "this is about speed only; results stay valid",
    ],
    helps: [
      Help(
        "use 64 (6 batches, faster kernels) or 32 (closer to the noise of 50)",
        fix: Fix("use 64", [Edit(range("50"), "64")], .safe))
    ])

  static let wrongLoss = Diagnostic(
    code("T401", "loss-target-mismatch"),
    "loss `mse` does not fit the categorical target `species`", at: range("mse"),
    label: "needs a numeric target",
    secondary: [Label(range("species"), "3 classes: Adelie, Chinstrap, Gentoo")],
    notes: ["the last layer already has 3 units, one per class"],
    helps: [
      Help(
        "use the loss for single-label classification",
        fix: Fix("use cross entropy", [Edit(range("mse"), "cross_entropy")], .unsafe))
    ])

  static let unknownColumn = Diagnostic(
    code("D201", "unknown-column"), "column `flipper_len_mm` is not in `penguins.csv`",
    at: range("flipper_len_mm"), label: "no such column",
    secondary: [Label(range("flipper_length_mm", source: 1), "similar name")],
    notes: [
      "columns: species, island, bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g, sex"
    ],
    helps: [
      Help(
        "did you mean `flipper_length_mm`?",
        fix: Fix(
          "use `flipper_length_mm`", [Edit(range("flipper_len_mm"), "flipper_length_mm")], .unsafe))
    ])

  @Test("a misspelt key")
  func first() {
    #expect(
      render(Self.unknownKey, in: Self.specs) == """
        error[S101]: unknown key `learnig_rate` in `training`
          --> specs/penguins.yaml:13:3
           |
        10 | training:
           | -------- this section accepts 9 keys
        ...
        13 |   learnig_rate: 1e-3
           |   ^^^^^^^^^^^^ not a key of `training`
           |
           = note: if it were ignored, training would use the default learning rate 0.01
        help: a key with a similar name exists: `learning_rate`
           |
        13 -   learnig_rate: 1e-3
        13 +   learning_rate: 1e-3
           |
           = rule: unknown-key (run `plumb explain S101`)

        """)
  }

  @Test("a wide layer")
  func second() {
    #expect(
      render(Self.wideLayer, in: Self.specs) == """
        warning[A302]: hidden layer 1 has 32 units for 4 input features
         --> specs/penguins.yaml:8:22
          |
        5 |   features: [bill_length_mm, bill_depth_mm, flipper_len_mm, body_mass_g]
          |             ------------------------------------------------------------ 4 input features
        ...
        8 |     - dense: {units: 32, activation: relu}
          |                      ^^ 8x the input width; this rule allows 2x
          |
          = note: for small tabular data, units far above the input width add parameters (160 here) \
        faster than they add accuracy
          = note: the limit is `max-ratio` (default 2) in the configuration of this rule
        help: use at most 8 units, or keep 32 and add dropout or weight decay
          |
        8 -     - dense: {units: 32, activation: relu}
        8 +     - dense: {units: 8, activation: relu}
          |
          = rule: wide-hidden-layer (run `plumb explain A302`)

        """)
  }

  @Test("a loss with a constant rate: neighbouring lines, and an alternative in words")
  func third() {
    let start =
      "spec: 1\ndata:\n  source: penguins.csv\n  target: body_mass_g\n"
      + "network:\n  layers:\n    - dense: {units: 8, activation: relu}\n    - dense: {units: 1}\n"
    let text =
      start + "\ntraining:\n  loss: mae\n  optimizer: adam\n"
      + "  learning_rate: {start: 1e-3, schedule: constant}\n"
    let source = SourceText(name: "specs/penguins.yaml", text: text)
    func range(_ word: String) -> SourceRange {
      let wanted = Array(word.utf8)
      let lower = source.bytes.indices.first { source.bytes[$0...].starts(with: wanted) } ?? 0
      return SourceRange(lower: lower, upper: lower + wanted.count)
    }
    let finding = Diagnostic(
      Self.code("T412", "mae-constant-rate", .warning),
      "MAE loss with a constant learning rate does not settle", at: range("constant"),
      label: "the step size never shrinks",
      secondary: [
        Label(range("mae"), "its gradient keeps the same size however small the error is")
      ],
      notes: [
        "near the optimum each step overshoots by about the learning rate, so the loss oscillates "
          + "instead of converging"
      ],
      helps: [
        Help(
          "decay the learning rate",
          fix: Fix("use a cosine schedule", [Edit(range("constant"), "cosine")], .unsafe)),
        Help("or use a loss that is smooth at zero: `huber`"),
      ])
    #expect(
      render(finding, in: [source]) == """
        warning[T412]: MAE loss with a constant learning rate does not settle
          --> specs/penguins.yaml:13:42
           |
        11 |   loss: mae
           |         --- its gradient keeps the same size however small the error is
        12 |   optimizer: adam
        13 |   learning_rate: {start: 1e-3, schedule: constant}
           |                                          ^^^^^^^^ the step size never shrinks
           |
           = note: near the optimum each step overshoots by about the learning rate, so the loss \
        oscillates instead of converging
        help: decay the learning rate
           |
        13 -   learning_rate: {start: 1e-3, schedule: constant}
        13 +   learning_rate: {start: 1e-3, schedule: cosine}
           |
        help: or use a loss that is smooth at zero: `huber`
           = rule: mae-constant-rate (run `plumb explain T412`)

        """)
  }

  @Test("an odd batch size")
  func fourth() {
    #expect(
      render(Self.oddBatch, in: Self.specs) == """
        advice[T430]: batch size 50 is not a power of two
          --> specs/penguins.yaml:14:15
           |
        14 |   batch_size: 50
           |               ^^ nearest powers of two: 32 and 64
           |
           = note: 333 rows make 7 batches of 50, the last one with 33 rows
           = note: this is about speed only; results stay valid
        help: use 64 (6 batches, faster kernels) or 32 (closer to the noise of 50)
           |
        14 -   batch_size: 50
        14 +   batch_size: 64
           |
           = rule: odd-batch-size (run `plumb explain T430`)

        """)
  }

  @Test("a loss that does not fit the target")
  func fifth() {
    #expect(
      render(Self.wrongLoss, in: Self.specs) == """
        error[T401]: loss `mse` does not fit the categorical target `species`
          --> specs/penguins.yaml:11:9
           |
         4 |   target: species
           |           ------- 3 classes: Adelie, Chinstrap, Gentoo
        ...
        11 |   loss: mse
           |         ^^^ needs a numeric target
           |
           = note: the last layer already has 3 units, one per class
        help: use the loss for single-label classification
           |
        11 -   loss: mse
        11 +   loss: cross_entropy
           |
           = rule: loss-target-mismatch (run `plumb explain T401`)

        """)
  }

  @Test("an unknown column, with the table's header")
  func sixth() {
    #expect(
      render(Self.unknownColumn, in: Self.specs) == """
        error[D201]: column `flipper_len_mm` is not in `penguins.csv`
         --> specs/penguins.yaml:5:45
          |
        5 |   features: [bill_length_mm, bill_depth_mm, flipper_len_mm, body_mass_g]
          |                                             ^^^^^^^^^^^^^^ no such column
          |
         ::: data/penguins.csv:1:45
          |
        1 | species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex
          |                                             ----------------- similar name
          |
          = note: columns: species, island, bill_length_mm, bill_depth_mm, flipper_length_mm, \
        body_mass_g, sex
        help: did you mean `flipper_length_mm`?
          |
        5 -   features: [bill_length_mm, bill_depth_mm, flipper_len_mm, body_mass_g]
        5 +   features: [bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g]
          |
          = rule: unknown-column (run `plumb explain D201`)

        """)
  }

  @Test("the concise form is one line with the place and the way out")
  func concise() {
    #expect(
      renderConcise(Self.unknownKey, in: Self.specs)
        == "specs/penguins.yaml:13:3: error[S101] unknown key `learnig_rate` in `training` "
        + "(did you mean `learning_rate`?)")
  }
}
