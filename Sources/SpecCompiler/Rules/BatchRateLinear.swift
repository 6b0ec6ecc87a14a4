import SpecSyntax

extension Rule {
  static let batchRateLinear = Rule(
    code: "X801", name: "batch-rate-linear-sgd", level: .warning,
    title: "the batch size changed under plain gradient descent, the rate did not",
    needs: [.history], evidence: .controlled,
    rationale: """
      Several small steps move about as far as one step of a batch as many times larger, as long \
      as gradients change little between them, so the rate goes up and down with the batch. \
      Reported for a factor of at least 2 and at most 32, up to batches of 8192 rows, where the \
      rate lies outside half to twice its share; that band is a proposal.
      """,
    source: """
      Goyal et al. 2017 (0.1 · B/256, with five epochs of warm-up, up to batches of 8192); \
      Krizhevsky 2014 and Hoffer et al. 2017 argue for the square root (from memory).
      """,
    failsWhen: """
      The batch is larger than the scale of the gradient noise, or momentum and decay were \
      changed too.
      """,
    conflict: """
      sources disagree: in proportion (Goyal et al. 2017), by the square root for Adam (Malladi \
      et al. 2022), with exponents between (McCandlish et al. 2018), no law that always holds \
      (Shallue et al. 2019); take the factor as a starting point
      """,
    examples: [
      .fires(
        """
        training:
          optimizer: sgd
          batch_size: 256
          learning_rate: 0.05   #! X801
        """,
        earlier: "training: {optimizer: sgd, batch_size: 64, learning_rate: 0.05}",
        fixed: """
          training:
            optimizer: sgd
            batch_size: 256
            learning_rate: 0.2
          """),
      .fires(
        """
        training:
          optimizer: momentum
          batch_size: 8
          learning_rate: {schedule: cosine, start: 0.1}   #! X801
        """,
        earlier: "training: {optimizer: momentum, batch_size: 32, learning_rate: 0.1}",
        fixed: """
          training:
            optimizer: momentum
            batch_size: 8
            learning_rate: {schedule: cosine, start: 0.025}
          """),
      .silent(
        "training: {optimizer: sgd, batch_size: 256, learning_rate: 0.2}",
        earlier: "training: {optimizer: sgd, batch_size: 64, learning_rate: 0.05}"),
      .silent(
        "training: {optimizer: adam, batch_size: 256, learning_rate: 0.05}",
        earlier: "training: {optimizer: sgd, batch_size: 64, learning_rate: 0.05}"),
    ]
  ) { facts, report in
    guard let before = facts.before, facts.isSGDFamily, before.isSGDFamily,
      let rows = facts.rowsPerStep, let rowsBefore = before.rowsPerStep,
      let rate = facts.startRate, let rateBefore = before.startRate, rows <= 8192
    else { return }
    let factor = Double(rows) / Double(rowsBefore)
    guard factor >= 2 || factor <= 0.5, (1 / 32...32).contains(factor) else { return }
    let change = rate / rateBefore
    guard change < factor / 2 || change > 2 * factor else { return }
    let better = threeDigits(rateBefore * factor)
    let warmup = factor >= 8 ? ", with a warm-up of five epochs" : ""
    report.at(
      facts.ratePath,
      """
      steps of \(rows) rows are \(timesText(factor)) as large as before, the rate is \
      \(timesText(change)) as high
      """,
      label: "was \(roundedText(rateBefore)) with \(counted(rowsBefore, "row"))",
      because: [("training.batch_size", "rows of each step")],
      remedies: [
        Remedy(
          "use \(numberText(better)), the earlier rate with the same factor\(warmup)",
          [facts.rateSetting(better)])
      ])
  }
}
