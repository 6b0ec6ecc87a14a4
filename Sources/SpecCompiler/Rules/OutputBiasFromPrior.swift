import SpecSyntax
import Tables

extension Rule {
  static let outputBiasFromPrior = Rule(
    code: "L311", name: "output-bias-from-prior",
    title: "outputs that start at 0, far from the mean of the target",
    needs: [.profile], evidence: .folklore,
    rationale: """
      The outputs start near 0. Where the target's mean is elsewhere, the first epochs are spent \
      on learning a constant, to be seen as a steep fall at the beginning. Reported for a target \
      that is not scaled and whose mean lies between 0.5 and 3 standard deviations from 0 (a \
      proposal); from 3 on D104 speaks. On a standard scale the mean is 0. `poisson` starts at the \
      mean of the counts.
      """,
    source: """
      Karpathy 2019, "init well"; Lin et al. 2017 start focal loss at a share of 0.01 (from \
      memory).
      """,
    failsWhen: """
      The rate is high enough to get there in a few steps. For rare classes the same is said of \
      the logarithm of their odds; the outputs of classes start at equal probabilities here, and \
      nothing can be written about it.
      """,
    examples: [
      .fires(
        """
        data:
          target_scale: none   #! L311
        """, on: ExampleTable(mean: 6, deviation: 3),
        fixed: """
          data:
            target_scale: standard
          """),
      .silent(
        """
        data:
          target_scale: none
        """, on: ExampleTable(mean: 0.5, deviation: 1.2)),
      .silent(
        """
        data:
          target_scale: none
        """, on: ExampleTable(mean: 210_000, deviation: 30_000)),
      .silent("data: {target_scale: standard}", on: ExampleTable(mean: 6, deviation: 3)),
      .silent(
        "data: {target_scale: none}\ntraining: {loss: poisson}",
        on: ExampleTable(mean: 6, deviation: 3, minimum: 0)),
    ]
  ) { facts, report in
    guard facts.isWritten("data.target_scale"), facts.targetScale == .none, !facts.needsRawTarget,
      let target = facts.targetSeen, (0.1...10).contains(target.deviation)
    else { return }
    let distance = abs(target.mean) / target.deviation
    guard distance > 0.5, distance <= 3 else { return }
    report.at(
      "data.target_scale",
      """
      outputs start at 0, \(roundedText(distance)) standard deviations from the target's mean \
      \(roundedText(target.mean))
      """,
      label: "the first epochs learn this constant",
      remedies: [
        .set("data.target_scale", .name("standard"), "use `standard`; predictions are scaled back")
      ])
  }
}
