import NetworkGraph
import SpecSyntax

extension Rule {
  static let learningRateTooHigh = Rule(
    code: "O402", name: "learning-rate-too-high", level: .warning,
    title: "a learning rate above the usable range of the optimizer",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Too large a step overshoots the minimum or runs off. Reported when the highest rate of the \
      schedule is more than ten times what is usual with the optimizer: above 0.01 for `adam` and \
      `adamw`. `sgd` may have up to 1, with momentum up to 0.5; these two are proposals.
      """,
    source: """
      Common teaching (overshoot); search spaces and run records of Gorishniy et al. 2021 and \
      Grinsztajn et al. 2022 (Adam searched up to 0.01, best between 0.00006 and 0.0013). \
      Measured on 12 public tables: 0.003 with `adamw` helps networks under 32 units and harms \
      few rows with many inputs.
      """,
    failsWhen: """
      Layers are normalised, which lets them bear more, or weights are scaled otherwise: RealMLP \
      uses 0.04 for classes and 0.2 for numbers.
      """,
    examples: [
      .fires(
        """
        training:
          optimizer: adam
          learning_rate: 0.1   #! O402
        """,
        fixed: """
          training:
            optimizer: adam
            learning_rate: 0.001
          """),
      .fires(
        """
        training:
          learning_rate:
            schedule: one_cycle
            start: 0.02
            peak: 0.2   #! O402
        """,
        fixed: """
          training:
            learning_rate:
              schedule: one_cycle
              start: 0.0003
              peak: 0.003
          """),
      .fires(
        """
        training:
          optimizer: nesterov
          learning_rate: {schedule: cosine, start: 3, end: 0.03}   #! O402
        """,
        fixed: """
          training:
            optimizer: nesterov
            learning_rate: {schedule: cosine, start: 0.01, end: 0.0001}
          """),
      .silent("training: {optimizer: adam, learning_rate: 0.001}"),
      .silent("training: {optimizer: {sgd: {momentum: 0.9}}, learning_rate: 0.1}"),
      .silent("training: {learning_rate: {schedule: one_cycle, start: 0.001}}"),
      .silent("training: {optimizer: lbfgs, learning_rate: 1}"),
    ]
  ) { facts, report in
    guard facts.isWritten("training.learning_rate"), !facts.needsAllRows,
      let optimizer = facts.optimizer, let usual = facts.usualRate, let peak = facts.peakRate
    else { return }
    let limit = optimizer.usefulLearningRates.upperBound
    // Ten times a start need not be exactly ten times the usual rate.
    guard peak > limit * 1.000001 else { return }
    let isCycle = facts.spec.training.learningRate.schedule is OneCycle
    let better = isCycle ? 3 * usual : usual
    report.at(
      facts.peakPath,
      """
      a learning rate of \(roundedText(peak)) is high for `\(optimizerText(optimizer))`: above \
      \(roundedText(limit)) training tends to run off
      """,
      label: "usual is \(numberText(usual))",
      because: [("training.optimizer", "takes steps of its own size")],
      notes: ["runs with a third and a tenth of it settle the question"],
      remedies: [Remedy("start from \(roundedText(better))", facts.peakSettings(better))])
  }
}
