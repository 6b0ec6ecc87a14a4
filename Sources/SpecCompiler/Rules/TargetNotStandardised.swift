import SpecSyntax
import Tables

extension Rule {
  static let targetNotStandardised = Rule(
    code: "D104", name: "target-not-standardised", level: .warning,
    title: "the numeric target is far from zero mean and unit variance",
    needs: [.profile], evidence: .textbook,
    rationale: """
      Gradients of squared error grow with the scale of the target, so learning rate, gradient \
      clipping and Huber's delta lose their usual meaning. A large mean must be learned by the \
      output bias first, which can take the whole run. Reported when the standard deviation lies \
      outside 0.1 to 10, or the mean beyond three standard deviations; both limits are proposals.
      """,
    source: """
      Code of Gorishniy et al. 2021 (standardises the target); Holzmüller et al. 2024; \
      Grinsztajn et al. 2022; Karpathy 2019, "init well".
      """,
    failsWhen: """
      The loss does not depend on scale, or the output layer starts at the target's mean and \
      spread. Counts under a Poisson loss must stay as they are.
      """,
    examples: [
      .fires(
        """
        data:
          target_scale: none   #! D104
        """, on: ExampleTable(mean: 210_000, deviation: 115_000),
        fixed: """
          data:
            target_scale: standard
          """),
      .silent(
        """
        data:
          target_scale: standard
        """, on: ExampleTable(mean: 210_000, deviation: 115_000)),
      .silent(
        """
        data:
          target_scale: none
        """, on: ExampleTable(mean: 0.5, deviation: 1.2)),
      .silent(
        """
        data:
          target_scale: none
        training:
          loss: poisson
        """, on: ExampleTable(mean: 40, deviation: 30)),
      .decides("standard", "data: {target_scale: auto}"),
    ],
    decides: Decider("data.target_scale") { facts in
      guard facts.task == .regression, !facts.needsRawTarget else { return nil }
      guard let mean = facts.target?.mean, let deviation = facts.target?.standardDeviation else {
        return Choice(
          .name("standard"), because: "rates and deltas keep their meaning on a standard scale")
      }
      return Choice(
        .name("standard"),
        because: """
          the target has mean \(roundedText(mean)) and standard deviation \
          \(roundedText(deviation)); on a standard scale rates and deltas keep their meaning
          """)
    }
  ) { facts, report in
    guard facts.isWritten("data.target_scale"), facts.targetScale == .none, !facts.needsRawTarget,
      let target = facts.targetSeen, target.deviation > 0
    else { return }
    let isFar = abs(target.mean) > 3 * target.deviation
    guard target.deviation < 0.1 || target.deviation > 10 || isFar else { return }
    report.at(
      "data.target_scale",
      """
      the target reaches the loss with mean \(roundedText(target.mean)) and standard deviation \
      \(roundedText(target.deviation))
      """,
      label: "not scaled",
      notes: ["gradients grow with this scale; a usual learning rate no longer fits"],
      remedies: [
        .set("data.target_scale", .name("standard"), "use `standard`; predictions are scaled back")
      ])
  }
}
