import NetworkGraph
import SpecSyntax

extension Rule {
  static let trainingDiverged = Rule(
    code: "O407", name: "training-diverged", level: .error,
    title: "the loss ran off, or units died",
    needs: [.probe], evidence: .mechanical,
    rationale: """
      A run that diverges is wasted from there on, and a rate ten times lower settles whether the \
      rate was at fault. Reported when a number was no longer finite, or when the loss rose to \
      more than three times its start and did not come back below it; a warning when more than \
      half of the `relu` values are 0 for all of a batch of validation rows, because units that \
      a large step has killed do not recover. The limits are proposals.
      """,
    source: """
      Deep Learning Tuning Playbook 2023, "How can optimization failures be debugged" (a lower \
      rate is listed as a last resort there); Goodfellow et al. 2016 (from memory).
      """,
    failsWhen: "An early spike recovers by itself: only growth that lasts counts.",
    conflict: """
      sources disagree: debugging habit lowers the rate first, the Tuning Playbook last, after \
      warm-up, clipping and architecture; lower it first as a test, last as a cure
      """,
    examples: [
      .fires(
        """
        training:
          optimizer: {sgd: {momentum: 0.9}}
          learning_rate: 0.5   #! O407
        """,
        probe: Probe(
          bestEpoch: 1, epochs: 3, trainingLosses: [4.1, 19, 38],
          steps: StepFacts(initialLoss: 2.3, greatestLoss: 41)),
        fixed: """
          training:
            optimizer: {sgd: {momentum: 0.9}}
            learning_rate: 0.05
          """),
      .fires(
        """
        training:
          learning_rate: {start: 0.01}   #! O407
        """,
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(nonFiniteStep: 17)),
        fixed: """
          training:
            learning_rate: {start: 0.001}
          """),
      .fires(
        """
        training:
          learning_rate: 0.01   #! O407
        """,
        probe: Probe(bestEpoch: 1, epochs: 1, steps: StepFacts(inactiveShare: 0.8)),
        fixed: """
          training:
            learning_rate: 0.001
          """),
      .silent(
        "training: {learning_rate: 0.05, optimizer: nesterov}",
        probe: Probe(
          bestEpoch: 3, epochs: 3, trainingLosses: [2.2, 1.9, 1.8],
          steps: StepFacts(initialLoss: 2.3, greatestLoss: 2.4, inactiveShare: 0.1))),
      .silent(
        "training: {learning_rate: 0.05, optimizer: nesterov}",
        probe: Probe(
          bestEpoch: 3, epochs: 3, trainingLosses: [5.2, 1.9, 1.8],
          steps: StepFacts(initialLoss: 2.3, greatestLoss: 9))),
    ]
  ) { facts, report in
    guard let probe = facts.probe, let peak = facts.peakRate else { return }
    let message: String
    var level = Level.error
    if let step = probe.steps?.nonFiniteStep {
      message = "the numbers ran off at step \(step)"
    } else if let growth = probe.lossGrowth, growth > 3 {
      message = "the training loss rose to \(roundedText(growth)) times its start, and stayed high"
    } else if let share = probe.steps?.inactiveShare, share > 0.5 {
      message = "\(percentText(share)) of the `relu` values are 0 for every row"
      level = .warning
    } else {
      return
    }
    var remedies = [
      Remedy(
        "try a tenth of the rate, to see whether it was at fault", facts.peakSettings(peak / 10))
    ]
    if facts.spec.training.gradientClipping == nil, level == .error {
      let norm = probe.steps?.gradientNorm(below: 0.9).map(threeDigits) ?? 1
      remedies.append(
        .set(
          "training.gradient_clipping", .map([.init("norm", .number(norm))]),
          "bound the gradient: `gradient_clipping: {norm: \(numberText(norm))}`"))
    }
    remedies.append(.words("or warm up over 5% of the steps, or normalise the layers"))
    report.at(
      facts.peakPath, message, label: "goes up to \(roundedText(peak))", level: level,
      notes: ["first see that inputs and target are scaled"], remedies: remedies)
  }
}

extension Probe {
  /// The greatest loss as a multiple of the first; nil where it came back below the first.
  fileprivate var lossGrowth: Double? {
    guard let first = steps?.initialLoss ?? trainingLosses.first, first > 0 else { return nil }
    if let last = trainingLosses.last, last < first { return nil }
    return (steps?.greatestLoss ?? trainingLosses.max()).map { $0 / first }
  }
}
