import NetworkGraph
import SpecSyntax
import Tables

extension Rule {
  static let lossAtInitialisationOff = Rule(
    code: "L312", name: "loss-at-initialisation-off", level: .warning,
    title: "the loss before the first step is far above its expected value",
    needs: [.probe], evidence: .textbook,
    rationale: """
      At its start a network knows nothing, so its loss has a known value: that of outputs near 0, \
      which is ln C for C classes, ln 2 for two, 1 for hinge losses, and the mean square of the \
      target for squared error. Random weights spread the outputs a little, with a variance of at \
      most about 2 here, which may add 1 to the loss of classes and 2 to squared error. Reported \
      where the loss is more than twice that sum (a proposal: with scaled inputs it stays below). \
      What is far above shows inputs or a target on a scale that the weights were not drawn for.
      """,
    source: "Arithmetic; Karpathy 2019, \"verify loss @ init\".",
    failsWhen: "The last layers are drawn large on purpose, by a `gain`.",
    examples: [
      .fires(
        """
        data:
          numeric:
            scale: none   #! L312
        """, on: ExampleTable(classes: 10),
        probe: Probe(bestEpoch: 40, epochs: 60, initialLoss: 14.2),
        fixed: """
          data:
            numeric:
              scale: standard
          """),
      .fires(
        """
        data:
          numeric: {scale: standard}   #! L312
        """, on: ExampleTable(),
        probe: Probe(bestEpoch: 40, epochs: 60, initialLoss: 9.5),
        fixed: """
          data:
            numeric: {scale: standard, clip: smooth}
          """),
      .silent(
        "training: {epochs: 60}", on: ExampleTable(classes: 10),
        probe: Probe(bestEpoch: 40, epochs: 60, initialLoss: 2.33)),
      .silent(
        "training: {epochs: 60}", on: ExampleTable(classes: 2),
        probe: Probe(bestEpoch: 40, epochs: 60, initialLoss: 0.95)),
      .silent(
        "training: {loss: huber}", probe: Probe(bestEpoch: 40, epochs: 60, initialLoss: 9)),
    ]
  ) { facts, report in
    guard let measured = facts.probe?.initialLoss, let expected = facts.lossOfZeros else { return }
    let spread = facts.task == .classification ? 1.0 : 2
    guard measured > 2 * (expected + spread) else { return }
    let path: SpecPath = "data.numeric.scale"
    let isUnscaled = facts.spec.data.numeric.scale == .none
    report.at(
      path,
      """
      the loss before the first step is \(roundedText(measured)), for outputs near 0 it would be \
      \(roundedText(expected))
      """,
      label: isUnscaled ? "inputs as large as they come" : "some input is very large",
      remedies: [
        isUnscaled
          ? .set(path, .name("standard"), "scale the inputs")
          : .set("data.numeric.clip", .name("smooth"), "keep extreme inputs near the others"),
        .words("then look at `target_scale` and at a `gain` of the initialiser"),
      ])
  }
}

extension Facts {
  /// The loss of outputs that are all 0; nil where the table does not tell.
  fileprivate var lossOfZeros: Double? {
    let classes = Double(max(2, classCount ?? 2))
    switch spec.training.loss.value {
    case is CrossEntropy: return naturalLogarithm(classes)
    case is BinaryCrossEntropy: return naturalLogarithm(2)
    case is Hinge, is SquaredHinge: return 1
    case is MeanSquaredError:
      return targetSeen.map { $0.deviation * $0.deviation + $0.mean * $0.mean }
    default: return nil
    }
  }
}
