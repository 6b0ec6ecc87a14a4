import NetworkGraph
import SpecSyntax

extension Rule {
  static let decayTooFast = Rule(
    code: "O412", name: "decay-too-fast", level: .warning,
    title: "the learning rate is practically zero long before the end",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      When the rate at half time is under a thousandth of its peak, the second half of the run \
      changes nothing and early stopping reports a plateau. A decay per epoch that was copied \
      from a larger table is worse still, because each epoch has fewer steps. The limit is a \
      proposal. A rate that comes back after each fall, as in `cosine_restarts`, is left alone.
      """,
    source: "Karpathy 2019 (decay that drives the rate to zero too early); arithmetic.",
    failsWhen: "The network has settled well before half time.",
    examples: [
      .fires(
        """
        training:
          epochs: 200
          learning_rate:
            schedule: exponential
            start: 0.01
            factor: 0.9   #! O412
        """,
        fixed: """
          training:
            epochs: 200
            learning_rate:
              schedule: exponential
              start: 0.01
              factor: 0.977
          """),
      .silent(
        """
        training:
          epochs: 200
          learning_rate: {schedule: exponential, start: 0.01, factor: 0.977}
        """),
      .silent(
        """
        training:
          epochs: 100
          learning_rate: {schedule: cosine_restarts, start: 0.01, period: 51}
        """),
    ]
  ) { facts, report in
    let schedule = facts.spec.training.learningRate.schedule
    guard facts.isWritten("training.learning_rate"), !(schedule is CosineRestarts),
      let epochs = facts.epochs, epochs >= 2
    else { return }
    let steps = facts.stepsPerEpoch ?? 1
    let halfTime = TrainingProgress(
      step: epochs * steps / 2, totalSteps: epochs * steps, stepsPerEpoch: steps)
    guard schedule.factor(at: halfTime) < 1e-3 else { return }
    let path: SpecPath = "training.learning_rate.factor"
    let cuts = cutCount(of: schedule, epochs: epochs)
    report.at(
      facts.isWritten(path) ? path : "training.learning_rate",
      "after half of \(counted(epochs, "epoch")) the rate is under a thousandth of its start",
      label: cuts.map { "applied \($0) times in the run" } ?? "",
      because: [("training.epochs", "the run is this long")],
      remedies: [remedy(for: schedule, cuts: cuts, facts)])
  }

  private static func remedy(
    for schedule: any Schedule, cuts: Int?, _ facts: Facts
  ) -> Remedy {
    if schedule is PolynomialDecay { return .words("lower `power`: 1 falls along a line") }
    if facts.isWritten("training.learning_rate.end") {
      return .words("raise `end` to a hundredth of `start`")
    }
    guard let cuts else { return .words("let the rate fall more slowly") }
    return .set(
      "training.learning_rate.factor", .number(onePercentFactor(over: max(1, cuts))),
      "end at about one percent of the start")
  }
}

/// How often a schedule multiplies the rate by its factor; nil where it has none.
private func cutCount(of schedule: any Schedule, epochs: Int) -> Int? {
  switch schedule {
  case let schedule as StepDecay: epochs / schedule.every
  case let schedule as MultiStepDecay: schedule.milestones.count
  case is ExponentialDecay: epochs
  default: nil
  }
}

/// The factor that leaves one percent when it is applied so many times, cut to three digits.
private func onePercentFactor(over count: Int) -> Double {
  var (low, high) = (0.0, 1.0)
  for _ in 0..<60 {
    let middle = (low + high) / 2
    let share = (0..<count).reduce(1) { product, _ in product * middle }
    if share < 0.01 { low = middle } else { high = middle }
  }
  return (high * 1000).rounded(.down) / 1000
}
