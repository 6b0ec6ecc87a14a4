import NetworkGraph
import SpecSyntax

extension Rule {
  static let cosineHorizonMismatch = Rule(
    code: "O409", name: "cosine-horizon-mismatch", level: .warning,
    title: "the run ends while the cosine is still high",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      The gain of a cosine is collected in its last third, and a run that ends before loses it. \
      `cosine` takes its length from the run and cannot miss it; `cosine_restarts` counts epochs, \
      so its last fall may be cut off. Reported when the rate of the last step is more than a \
      tenth of the start (a proposal); as advice where the best epoch is kept, because then only \
      time is lost. A period that was counted in steps shows as one longer than the run.
      """,
    source: """
      Loshchilov and Hutter 2017 (the formula); Hoffmann et al. 2022 and Hägele et al. 2024 on \
      lengths that do not fit (language models, from memory); Karpathy 2019 on schedules copied \
      from elsewhere.
      """,
    failsWhen: "The run is meant to be stopped by hand at the end of a period.",
    examples: [
      .fires(
        """
        training:
          early_stopping: none
          epochs: 50
          learning_rate:
            schedule: cosine_restarts
            start: 0.003
            period: 20   #! O409
        """,
        fixed: """
          training:
            early_stopping: none
            epochs: 60
            learning_rate:
              schedule: cosine_restarts
              start: 0.003
              period: 20
          """),
      .fires(
        """
        training:
          epochs: 40
          learning_rate: {schedule: cosine_restarts, start: 0.003, period: 1000}   #! O409
        """, on: ExampleTable(rows: 1000),
        fixed: """
          training:
            epochs: 40
            learning_rate: {schedule: cosine_restarts, start: 0.003, period: 40}
          """),
      .silent("training: {epochs: 20, learning_rate: {schedule: cosine, start: 0.003}}"),
      .silent(
        """
        training:
          epochs: 70
          learning_rate: {schedule: cosine_restarts, start: 0.003, period: 10, multiplier: 2}
        """),
      .refused(
        "K101", "training: {learning_rate: {schedule: cosine, start: 0.003, horizon_epochs: 20}}"),
    ]
  ) { facts, report in
    guard let schedule = facts.spec.training.learningRate.schedule as? CosineRestarts,
      let start = schedule.start.value, let epochs = facts.epochs, let warmup = facts.warmupShare
    else { return }
    // Without a table any count of steps gives about the same last rate.
    let stepsPerEpoch = facts.stepsPerEpoch ?? 100
    let steps = epochs * stepsPerEpoch
    let last = TrainingProgress(step: steps - 1, totalSteps: steps, stepsPerEpoch: stepsPerEpoch)
    let rate = schedule.rate(at: last) / start
    let span = Double(epochs) * (1 - warmup)
    guard span >= 1, rate > 0.1, schedule.end < 0.1 * start else { return }
    let path: SpecPath = "training.learning_rate.period"
    let fall = schedule.lastFall(in: span)
    let whole = Int((fall.start + fall.length + Double(epochs) - span).rounded(.up))
    report.at(
      path, "the run ends at \(percentText(rate)) of the starting rate, in the middle of a fall",
      label: facts.totalSteps == schedule.period ? "counts epochs, not steps" : "",
      level: facts.earlyStopping?.restoreBest == true ? .advice : .warning,
      because: [("training.epochs", "ends here")],
      remedies: [
        fall.start == 0
          ? .set(path, .integer(max(1, Int(span))), "fall once, over the whole run")
          : .set("training.epochs", .integer(whole), "train for \(whole) epochs, to the end of it")
      ])
  }
}

extension CosineRestarts {
  /// The fall in which a span of epochs ends: the epoch it starts after, and its length.
  fileprivate func lastFall(in span: Double) -> (start: Double, length: Double) {
    var (start, length) = (0.0, Double(period))
    guard multiplier > 1 else {
      return (max(0, ((span - 1e-6) / length).rounded(.down)) * length, length)
    }
    while start + length + 1e-6 < span { (start, length) = (start + length, length * multiplier) }
    return (start, length)
  }
}
