import SpecSyntax

extension Rule {
  static let batchRateSquareRoot = Rule(
    code: "X802", name: "batch-rate-sqrt-adam", level: .advice,
    title: "the batch size changed under Adam without the square root in the rate",
    needs: [.history], evidence: .controlled,
    rationale: """
      Adam divides by the root mean square of the gradient, so the noise, which shrinks with the \
      square root of the batch, sets the length of a step. Reported from a factor of 4 where the \
      rate lies outside half to twice the root; that band is a proposal.
      """,
    source: """
      Malladi et al. 2022, who derive the square root and rescaled betas; McCandlish et al. 2018 \
      report exponents between 0.5 and 1 for Adam.
      """,
    failsWhen: "The gradient is mostly signal, as with large batches: the best rate is then flat.",
    conflict: """
      sources disagree: in proportion (Goyal et al. 2017), by the square root for Adam (Malladi \
      et al. 2022), with exponents between (McCandlish et al. 2018), no law that always holds \
      (Shallue et al. 2019); take the factor as a starting point
      """,
    examples: [
      .fires(
        """
        training:
          optimizer: adam
          batch_size: 256
          learning_rate: 0.001   #! X802
        """,
        earlier: "training: {optimizer: adam, batch_size: 16, learning_rate: 0.001}",
        fixed: """
          training:
            optimizer: adam
            batch_size: 256
            learning_rate: 0.004
          """),
      .silent(
        "training: {optimizer: adam, batch_size: 256, learning_rate: 0.004}",
        earlier: "training: {optimizer: adam, batch_size: 16, learning_rate: 0.001}"),
      .silent(
        "training: {optimizer: adam, batch_size: 64, learning_rate: 0.001}",
        earlier: "training: {optimizer: adam, batch_size: 32, learning_rate: 0.001}"),
    ]
  ) { facts, report in
    guard let before = facts.before, facts.isAdamFamily, before.isAdamFamily,
      let rows = facts.rowsPerStep, let rowsBefore = before.rowsPerStep,
      let rate = facts.startRate, let rateBefore = before.startRate
    else { return }
    let factor = Double(rows) / Double(rowsBefore)
    guard factor >= 4 || factor <= 0.25 else { return }
    let (root, change) = (factor.squareRoot(), rate / rateBefore)
    guard change < root / 2 || change > 2 * root else { return }
    let better = threeDigits(rateBefore * root)
    report.at(
      facts.ratePath,
      """
      steps of \(rows) rows are \(timesText(factor)) as large as before, the rate is \
      \(timesText(change)) as high
      """,
      label: "the square root would be \(timesText(root))",
      because: [("training.batch_size", "rows of each step")],
      remedies: [
        Remedy(
          "use \(numberText(better)), the earlier rate times the root of \(roundedText(factor))",
          [facts.rateSetting(better)])
      ])
  }
}
