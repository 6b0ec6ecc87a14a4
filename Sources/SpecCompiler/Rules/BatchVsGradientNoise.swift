import SpecSyntax

extension Rule {
  static let batchVsGradientNoise = Rule(
    code: "B509", name: "batch-vs-gradient-noise",
    title: "a batch size far from the measured noise of the gradient",
    needs: [.probe], evidence: .controlled,
    rationale: """
      The noise scale is the number of rows whose mean gradient is half noise. Below it, twice \
      the rows nearly halve the steps; above it, more rows add little. Reported for more than \
      four times it and for less than a twentieth (proposals), the latter only for steps of less \
      than 32 rows, because 128 at the same rate trained narrow networks worse on 5 of 12 tables. \
      It grows during training, so that an early value is on the safe side. What is proposed lies \
      within a factor of two below it, and leaves twenty steps an epoch.
      """,
    source: """
      McCandlish et al. 2018 (the estimator from its appendix, from memory); Keskar et al. 2017 \
      (from memory) and Masters and Luschi 2018 for small batches; against: Shallue et al. 2019.
      """,
    failsWhen: "Time, not rows, is the limit; the estimate is noisy and needs many steps.",
    conflict: """
      sources disagree: small batches generalise better (Masters and Luschi, Keskar), or the size \
      does not matter once everything else is tuned (Shallue); take it as a matter of speed and of \
      the number of updates
      """,
    examples: [
      .fires(
        """
        training:
          batch_size: 4096   #! B509
        """, on: ExampleTable(rows: 75_000),
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(noiseScale: 300)),
        fixed: """
          training:
            batch_size: 256
          """),
      .fires(
        """
        training:
          batch_size: 8   #! B509
        """, on: ExampleTable(rows: 75_000),
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(noiseScale: 300)),
        fixed: """
          training:
            batch_size: 32
          """),
      .silent(
        "training: {batch_size: 32}", on: ExampleTable(rows: 75_000),
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(noiseScale: 3000))),
      .silent(
        "training: {batch_size: 256}", on: ExampleTable(rows: 75_000),
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(noiseScale: 300))),
    ]
  ) { facts, report in
    guard let scale = facts.probe?.steps?.noiseScale, scale > 0, !facts.needsAllRows,
      let rows = facts.rowsPerStep, let batch = facts.batchSize, let trainRows = facts.trainRows
    else { return }
    let isLarge = Double(rows) > 4 * scale
    guard isLarge || Double(rows) < min(scale / 20, 32) else { return }
    var better = 8
    let most = isLarge ? scale : min(scale, 32)
    while Double(2 * better) <= most, 2 * better * 20 <= trainRows { better *= 2 }
    guard isLarge ? better < rows : better > rows else { return }
    report.at(
      "training.batch_size",
      """
      steps of \(rows) rows are \(isLarge ? "far above" : "far below") the noise scale of \
      \(roundedText(scale.rounded())) rows
      """,
      label: isLarge ? "most rows add little" : "steps are mostly noise",
      notes: ["change the learning rate with it, or test rates again"],
      remedies: [
        rows == batch
          ? .set("training.batch_size", .integer(better), "use \(better) rows")
          : Remedy(
            "use \(better) rows in one batch",
            [
              ("training.batch_size", .integer(better)),
              ("training.gradient_accumulation", .integer(1)),
            ])
      ])
  }
}
