import NetworkGraph
import SpecSyntax

extension Rule {
  static let scheduleWithoutEffect = Rule(
    code: "O411", name: "schedule-without-effect", level: .warning,
    title: "a schedule that never acts in this run, or lets the rate rise",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      The spec promises a rate that falls, and trains at a constant one. Reported when every cut \
      of `step` or `multi_step` comes after the last epoch, when the patience of \
      `reduce_on_plateau` is as long as the run or its minimum as high as the start, and when the \
      rate ends at 99 % of its start or more. An end or a peak on the wrong side of the start and \
      a factor of 1 or more are refused, and a spec has one schedule, so that two cannot \
      overwrite each other.
      """,
    source: """
      Source of Keras ReduceLROnPlateau (a factor from 1 upwards raises the rate); Karpathy 2019 \
      on schedules copied from elsewhere; arithmetic.
      """,
    failsWhen: "The same spec is also used for longer runs, for which the cuts are meant.",
    examples: [
      .fires(
        """
        training:
          epochs: 20
          learning_rate:
            schedule: multi_step
            start: 0.001
            milestones: [30, 60, 90]   #! O411
        """,
        fixed: """
          training:
            epochs: 20
            learning_rate:
              schedule: multi_step
              start: 0.001
              milestones: [60%, 85%]
          """),
      .fires(
        """
        training:
          epochs: 30
          learning_rate: {schedule: step, start: 0.001, every: 30}   #! O411
        """,
        fixed: """
          training:
            epochs: 30
            learning_rate: {schedule: step, start: 0.001, every: 10}
          """),
      .fires(
        """
        training:
          epochs: 50
          learning_rate: {schedule: reduce_on_plateau, start: 0.001, patience: 50}   #! O411
        """,
        fixed: """
          training:
            epochs: 50
            learning_rate: {schedule: reduce_on_plateau, start: 0.001, patience: 5}
          """),
      .silent(
        """
        training:
          epochs: 100
          learning_rate: {schedule: multi_step, start: 0.001, milestones: [60, 85]}
        """),
      .silent("training: {learning_rate: {schedule: inverse_sqrt, start: 0.01, timescale: 5%}}"),
      .silent("training: {learning_rate: {schedule: one_cycle, start: 0.001}}"),
      .silent("training: {learning_rate: {schedule: cosine_restarts, start: 0.001, period: 10}}"),
      .refused("K103", "training: {learning_rate: {schedule: cosine, start: 0.01, end: 0.1}}"),
      .refused(
        "K103", "training: {learning_rate: {schedule: one_cycle, start: 0.001, peak: 0.001}}"),
      .refused(
        "K103", "training: {learning_rate: {schedule: exponential, start: 0.001, factor: 1}}"),
    ]
  ) { facts, report in
    guard facts.isWritten("training.learning_rate"), !facts.needsAllRows, !facts.isRateConstant,
      let epochs = facts.epochs, epochs >= 2, let fault = facts.idleSchedule(epochs)
    else { return }
    report.at(
      SpecPath("training.learning_rate").key(fault.key), fault.message,
      because: [("training.epochs", "the run is this long")],
      remedies: [
        Remedy(fault.title, [(SpecPath("training.learning_rate").key(fault.key), fault.better)])
      ])
  }
}

/// Why a schedule does nothing, and what would make it act.
private struct IdleSchedule {
  var key: String
  var message: String
  var better: PlainValue
  var title: String
}

extension Facts {
  /// What is wrong with a schedule that does not lower the rate in so many epochs; nil where it
  /// does.
  fileprivate func idleSchedule(_ epochs: Int) -> IdleSchedule? {
    let schedule = spec.training.learningRate.schedule
    let start = schedule.start.value
    switch schedule {
    case let schedule as MultiStepDecay
    where schedule.milestones.allSatisfy({ $0.isNever(in: epochs) }):
      return IdleSchedule(
        key: "milestones", message: "no milestone comes before the end of the run",
        better: .list([.name("60%"), .name("85%")]), title: "cut the rate at 60% and 85% of it")
    case let schedule as StepDecay where schedule.every >= epochs:
      let every = max(1, epochs / 3)
      return IdleSchedule(
        key: "every", message: "the first cut of the rate would come after the last epoch",
        better: .integer(every), title: "cut the rate every \(counted(every, "epoch"))")
    case let schedule as ReduceOnPlateau where schedule.patience >= epochs:
      return IdleSchedule(
        key: "patience", message: "the rate cannot fall in \(counted(epochs, "epoch"))",
        better: .integer(max(1, epochs / 10)), title: "wait for a tenth of the run")
    default:
      return start.flatMap(flatSchedule)
    }
  }

  /// The same for a rate whose lowest value is not low, or that falls too slowly to notice.
  private func flatSchedule(_ start: Double) -> IdleSchedule? {
    if let lowest = lowestRate, case .key(let key)? = lowest.path.steps.last,
      lowest.rate >= 0.99 * start
    {
      return IdleSchedule(
        key: key, message: "the rate cannot fall below \(roundedText(lowest.rate))",
        better: .number(threeDigits(start / 100)), title: "end at a hundredth of the start")
    }
    let schedule = spec.training.learningRate.schedule
    guard let steps = totalSteps, let stepsPerEpoch, (2...1_000_000).contains(steps) else {
      return nil
    }
    let last = TrainingProgress(
      step: steps - 1, totalSteps: steps, stepsPerEpoch: stepsPerEpoch)
    guard schedule is ExponentialDecay, schedule.rate(at: last) >= 0.99 * start else {
      return nil
    }
    return IdleSchedule(
      key: "factor", message: "the rate falls by less than 1 % in \(counted(steps, "step"))",
      better: .number(0.95), title: "lose a twentieth in each epoch")
  }
}

extension Amount {
  /// Whether this comes only after so many epochs.
  fileprivate func isNever(in epochs: Int) -> Bool { of(epochs) >= epochs }
}
