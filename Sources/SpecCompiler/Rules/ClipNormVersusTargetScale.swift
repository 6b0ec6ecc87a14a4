import NetworkGraph
import SpecSyntax
import Tables

extension Rule {
  static let clipNormVersusTargetScale = Rule(
    code: "X811", name: "clip-norm-vs-target-scale", level: .warning,
    title: "a clipping norm far below the gradients that this target makes",
    needs: [.profile], evidence: .mechanical,
    rationale: """
      At the start the gradient of the output's bias is twice the distance to the target. A norm \
      below a tenth of it, a proposal, clips nearly every step, so that all are of one length and \
      fine steps late in the run are impossible. Adam divides a constant factor out, so the rule \
      speaks of plain gradient descent only.
      """,
    source: "The derivative of the squared error; Deep Learning Tuning Playbook 2023, on clipping.",
    failsWhen: "Steps of one length are wanted.",
    examples: [
      .fires(
        """
        data: {target_scale: none}   #! X811
        training:
          optimizer: sgd
          gradient_clipping: {norm: 1}
        """, on: ExampleTable(mean: 12_000, deviation: 5000),
        fixed: """
          data: {target_scale: standard}
          training:
            optimizer: sgd
            gradient_clipping: {norm: 1}
          """),
      .silent(
        """
        data: {target_scale: standard}
        training: {optimizer: sgd, gradient_clipping: {norm: 1}}
        """, on: ExampleTable(mean: 12_000, deviation: 5000)),
      .silent(
        """
        data: {target_scale: none}
        training: {optimizer: adam, gradient_clipping: {norm: 1}}
        """, on: ExampleTable(mean: 12_000, deviation: 5000)),
    ]
  ) { facts, report in
    guard let norm = facts.spec.training.gradientClipping?.norm, facts.isSGDFamily,
      facts.lossName == MeanSquaredError.name, facts.targetScale == .none,
      facts.isWritten("data.target_scale"), let target = facts.targetSeen
    else { return }
    let gradient = 2 * max(target.deviation, abs(target.mean))
    guard norm < 0.1 * gradient else { return }
    report.at(
      "data.target_scale",
      """
      gradients of about \(roundedText(gradient)) are all clipped to \(roundedText(norm))
      """,
      label: "the loss sees the target as it is",
      because: [("training.gradient_clipping", "clips nearly every step")],
      remedies: [.set("data.target_scale", .name("standard"), "standardise the target")])
  }
}
