import SpecSyntax
import Tables

extension Rule {
  static let deltaFollowsTargetScale = Rule(
    code: "X808", name: "delta-follows-target-scale", level: .warning,
    title: "the target is scaled otherwise than before, Huber's delta is not",
    needs: [.history, .profile], evidence: .mechanical,
    rationale: """
      Delta has the unit of the target, so it has to be divided and multiplied with it; otherwise \
      the loss turns into pure squared or pure absolute error without a word. A delta that does \
      not fit its target, whatever stood before, is the matter of `huber-delta-unfit`.
      """,
    source: "The definition of the loss; arithmetic.",
    failsWhen: "Delta was meant in the new unit and left as it was on purpose.",
    examples: [
      .fires(
        """
        data: {target_scale: standard}
        training:
          loss: {huber: {delta: 20}}   #! X808
        """, on: ExampleTable(mean: 100, deviation: 40),
        earlier: """
          data: {target_scale: none}
          training: {loss: {huber: {delta: 20}}}
          """,
        fixed: """
          data: {target_scale: standard}
          training:
            loss: {huber: {delta: 0.5}}
          """),
      .silent(
        """
        data: {target_scale: standard}
        training: {loss: {huber: {delta: 0.5}}}
        """, on: ExampleTable(mean: 100, deviation: 40),
        earlier: """
          data: {target_scale: none}
          training: {loss: {huber: {delta: 20}}}
          """),
    ]
  ) { facts, report in
    guard let before = facts.before, let delta = facts.huberDelta,
      delta == before.huberDelta, facts.targetScale != before.targetScale,
      let now = facts.targetSeen?.deviation, let then = before.targetSeen?.deviation,
      now > 0, then > 0
    else { return }
    let better = threeDigits(delta * now / then)
    guard better != delta else { return }
    report.at(
      facts.huberDeltaPath,
      """
      a delta of \(roundedText(delta)) was for a target with deviation \(roundedText(then)), \
      which is now \(roundedText(now))
      """,
      label: "in units of the target",
      because: [("data.target_scale", "was `\(before.targetScale.rawValue)`")],
      remedies: [
        Remedy("use \(numberText(better)), the same in the new unit", [facts.huberSetting(better)])
      ])
  }
}
