import SpecSyntax

extension Rule {
  static let fullBatch = Rule(
    code: "B504", name: "full-batch", level: .warning,
    title: "the batch is as large as the training set",
    needs: [.profile], evidence: .textbook,
    rationale: """
      One update an epoch makes the number of epochs the number of steps, which is usually far \
      too few, and the noise of smaller batches, which helps on new rows, is lost. Reported for \
      more than 100 training rows (a proposal), whether one batch holds them or several that \
      `gradient_accumulation` makes one step of. What is proposed leaves about 20 updates an epoch.
      """,
    source: """
      Common teaching (the largest batch is batch descent: slower, more exact steps); \
      scikit-learn documentation (quasi-Newton methods are often better on small data).
      """,
    failsWhen: """
      The optimiser uses curvature, or strong regularisation replaces the noise (Geiping et al. \
      2022, from memory).
      """,
    conflict: """
      sources disagree: larger batches are more exact, or generalise worse (Keskar), or equal once \
      everything else is tuned (Shallue)
      """,
    options: [
      .count("rows", default: 100, "Training rows up to which one batch may hold them all.")
    ],
    examples: [
      .fires(
        """
        training:
          batch_size: 5000   #! B504
        """, on: ExampleTable(rows: 1500),
        fixed: """
          training:
            batch_size: 32
          """),
      .fires(
        """
        training:
          gradient_accumulation: 100   #! B504
        """, on: ExampleTable(rows: 1500),
        fixed: """
          training:
            gradient_accumulation: 1
          """),
      .silent("training: {batch_size: 32}", on: ExampleTable(rows: 1500)),
      .silent("training: {optimizer: lbfgs, batch_size: 5000}", on: ExampleTable(rows: 1500)),
      .silent("training: {batch_size: 64}", on: ExampleTable(rows: 60)),
    ]
  ) { facts, report in
    guard let size = facts.batchSize, let rowsPerStep = facts.rowsPerStep,
      let rows = facts.trainRows, rows > report.count("rows"), rowsPerStep >= rows,
      !facts.needsAllRows
    else { return }
    let notes = facts.epochs.map { ["the whole run makes \(counted($0, "step"))"] } ?? []
    guard size >= rows else {
      return report.at(
        "training.gradient_accumulation",
        "a step from \(rowsPerStep) rows takes all \(counted(rows, "training row"))",
        label: "one step an epoch", notes: notes,
        remedies: [
          .set("training.gradient_accumulation", .integer(1), "take a step after each batch")
        ])
    }
    guard facts.isWritten("training.batch_size") else { return }
    var better = 16
    while better < 256, 2 * better * 20 <= rows { better *= 2 }
    report.at(
      "training.batch_size", "a batch of \(size) holds all \(counted(rows, "training row"))",
      label: "one step an epoch", notes: notes,
      remedies: [
        .set(
          "training.batch_size", .integer(better),
          "use \(better): \(counted((rows + better - 1) / better, "step")) an epoch")
      ])
  }
}
