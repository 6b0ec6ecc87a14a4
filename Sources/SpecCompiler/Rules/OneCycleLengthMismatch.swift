import NetworkGraph
import SpecSyntax

extension Rule {
  static let oneCycleLengthMismatch = Rule(
    code: "O410", name: "one-cycle-length-mismatch", level: .warning, refuses: true,
    title: "the rise of a one-cycle does not fit the run",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      A cycle that is as long as the run gains most in its fall. Its length follows from the \
      epochs, the rows, the batch size and the accumulation, so it cannot differ from the steps \
      taken; its `rise` can. A rise as long as the run never falls: an error. Reported above half \
      of the steps, and for a count of 10 to 90 that is under a hundredth of them, because it was \
      meant as a percentage then.
      """,
    source: """
      PyTorch OneCycleLR documentation (a rise of 30 % by default); Smith and Topin 2018 (gains \
      come as the rate falls, from memory); arithmetic.
      """,
    failsWhen: "A short rise of a few steps is meant, as a warm-up.",
    examples: [
      .fires(
        """
        training:
          epochs: 10
          learning_rate: {schedule: one_cycle, start: 0.0003, rise: 5000}   #! O410
        """,
        fixed: """
          training:
            epochs: 10
            learning_rate: {schedule: one_cycle, start: 0.0003, rise: 30%}
          """),
      .fires(
        """
        training:
          learning_rate:
            schedule: one_cycle
            start: 0.0003
            rise: 0.8   #! O410
        """,
        fixed: """
          training:
            learning_rate:
              schedule: one_cycle
              start: 0.0003
              rise: 30%
          """),
      .fires(
        """
        training:
          learning_rate: {schedule: one_cycle, start: 0.0003, rise: 30}   #! O410
        """, on: ExampleTable(rows: 12_500),
        fixed: """
          training:
            learning_rate: {schedule: one_cycle, start: 0.0003, rise: 30%}
          """),
      .silent("training: {learning_rate: {schedule: one_cycle, start: 0.0003}}"),
      .silent("training: {learning_rate: {schedule: one_cycle, start: 0.0003, rise: 500}}"),
      .refused(
        "K101", "training: {learning_rate: {schedule: one_cycle, start: 0.001, total_steps: 900}}"),
    ]
  ) { facts, report in
    let path: SpecPath = "training.learning_rate.rise"
    guard let schedule = facts.spec.training.learningRate.schedule as? OneCycle,
      facts.isWritten(path)
    else { return }
    let share: Double
    switch schedule.rise {
    case .share(let part): share = part
    case .count(let steps):
      guard let total = facts.totalSteps, total > 0 else { return }
      share = Double(steps) / Double(total)
    }
    var isPercent = false
    if case .count(10...90) = schedule.rise { isPercent = share < 0.01 }
    let message: String
    if share >= 1 {
      message = "the rate climbs for the whole run and never falls"
    } else if share > 0.5 {
      message = "the rate climbs for \(percentText(share)) of the run"
    } else if isPercent {
      message = "the rate climbs for \(schedule.rise.text) steps, \(percentText(share)) of the run"
    } else {
      return
    }
    report.at(
      path, message, label: isPercent ? "a count of steps; a share has a %" : "",
      level: share >= 1 ? .error : .warning,
      remedies: [.set(path, .name("30%"), "climb for 30% of the run")])
  }
}
