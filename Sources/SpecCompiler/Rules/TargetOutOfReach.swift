import SpecSyntax
import Tables

extension Rule {
  static let targetOutOfReach = Rule(
    code: "X809", name: "target-out-of-reach", level: .warning,
    title: "the optimiser cannot move far enough to reach the target",
    needs: [.profile], evidence: .mechanical,
    rationale: """
      A step of Adam moves a weight by about the rate, so over the whole run the output's bias \
      moves by the mean rate times the steps, and the units of the last hidden layer move the \
      output along with it; 0.4 of their number is taken for how much, a proposal. Reported where \
      all that is less than the target's mean as the loss sees it: at 0.45 of it a network just \
      arrived in 500 epochs, at 0.01 it did not.
      """,
    source: "The bounded step of Kingma & Ba 2015 (from memory); Karpathy 2019, on initialisation.",
    failsWhen: """
      The optimiser's steps grow with the error, or the last hidden layer is very active.
      """,
    examples: [
      .fires(
        """
        data:
          target_scale: none   #! X809
        training: {optimizer: adam, learning_rate: 0.001, batch_size: 32, epochs: 50}
        """, on: ExampleTable(rows: 6250, mean: 210_000, deviation: 90_000),
        fixed: """
          data:
            target_scale: standard
          training: {optimizer: adam, learning_rate: 0.001, batch_size: 32, epochs: 50}
          """),
      .silent(
        """
        data: {target_scale: standard}
        training: {optimizer: adam, learning_rate: 0.001, batch_size: 32, epochs: 50}
        """, on: ExampleTable(rows: 6250, mean: 210_000, deviation: 90_000)),
      .fires(
        """
        data:
          target_scale: none   #! X809
        training: {optimizer: adam, learning_rate: 0.001, batch_size: 32, epochs: 50}
        """, on: ExampleTable(rows: 6250, mean: 1000, deviation: 300),
        fixed: """
          data:
            target_scale: standard
          training: {optimizer: adam, learning_rate: 0.001, batch_size: 32, epochs: 50}
          """),
      .silent(
        """
        data: {target_scale: none}
        training: {optimizer: adam, learning_rate: 0.001, batch_size: 32, epochs: 50}
        """, on: ExampleTable(rows: 6250, mean: 1, deviation: 1)),
    ]
  ) { facts, report in
    guard facts.isAdamFamily, !facts.needsRawTarget, facts.targetScale == .none,
      facts.isWritten("data.target_scale"), let mean = facts.targetSeen?.mean, abs(mean) > 0,
      let rate = facts.meanRate, let steps = facts.totalSteps
    else { return }
    let distance = rate * Double(steps) * (1 + 0.4 * Double(facts.hiddenWidths.last ?? 0))
    guard distance < abs(mean) else { return }
    report.at(
      "data.target_scale",
      """
      \(counted(steps, "step")) at a mean rate of \(roundedText(rate)) move the output by about \
      \(roundedText(distance)), the target's mean is \(roundedText(mean))
      """,
      label: "the loss sees the target as it is",
      because: [(facts.ratePath, "the rate"), ("training.epochs", "the epochs")],
      remedies: [.set("data.target_scale", .name("standard"), "standardise the target")])
  }
}
