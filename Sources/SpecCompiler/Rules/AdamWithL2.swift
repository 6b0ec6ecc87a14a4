import NetworkGraph
import SpecSyntax

extension Rule {
  static let adamWithL2 = Rule(
    code: "O413", name: "adam-with-l2",
    title: "weight decay that the optimizer scales with the gradient",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Under `adam` and its relatives an L2 penalty is divided by the size of the gradient like \
      everything else, so that weights with large gradients decay less. Decoupled decay, as in \
      `adamw`, shrinks all alike and can be set apart from the rate. Its number is another: 0.01 \
      is usual, where an L2 penalty would be 0.0001. Reported for `weight_decay` of `adam`, \
      `nadam`, `radam`, `rmsprop`, `adagrad` and `adadelta`, and for `regularization.l2` beside \
      any optimizer that scales its gradient.
      """,
    source: "Loshchilov and Hutter 2019; PyTorch AdamW (0.01 by default).",
    failsWhen: """
      The penalty was tuned together with this optimizer; on small tables the difference is often \
      within the noise.
      """,
    examples: [
      .fires(
        """
        training:
          optimizer: {adam: {weight_decay: 0.01, beta2: 0.99}}   #! O413
        """,
        fixed: """
          training:
            optimizer: {adamw: {beta2: 0.99, weight_decay: 0.01}}
          """),
      .fires(
        """
        training:
          optimizer: adam
          regularization: {l2: 0.001}   #! O413
        """,
        fixed: """
          training:
            optimizer: {adamw: {weight_decay: 0.01}}
            regularization: {l2: 0}
          """),
      .fires(
        """
        training:
          optimizer: {adadelta: {weight_decay: 0.0001}}   #! O413
          learning_rate: 1
        """,
        fixed: """
          training:
            optimizer: {adamw: {weight_decay: 0.01}}
            learning_rate: 0.001
          """),
      .silent("training: {optimizer: {adamw: {weight_decay: 0.01}}}"),
      .silent("training: {optimizer: {sgd: {momentum: 0.9, weight_decay: 0.0005}}}"),
      .silent("training: {optimizer: {sgd: {momentum: 0.9}}, regularization: {l2: 0.0005}}"),
    ]
  ) { facts, report in
    guard facts.isAdaptive, let optimizer = facts.optimizer else { return }
    let name = optimizerText(optimizer)
    let isDecoupled = type(of: optimizer).isDecayDecoupled
    let l2: SpecPath = "training.regularization.l2"
    if optimizer.weightDecay > 0, !isDecoupled {
      report.at(
        facts.optimizerPath("weight_decay"), "`\(name)` scales its weight decay with the gradient",
        label: "shrinks weights with large gradients less",
        remedies: [Remedy("use `adamw`, whose decay is apart", facts.decoupledDecay)])
    } else if facts.l2Penalty > 0, optimizer.weightDecay == 0 {
      report.at(
        l2, "`\(name)` scales the penalty with the gradient",
        label: "shrinks weights with large gradients less",
        because: [("training.optimizer", "steps by the rate, not by the gradient")],
        remedies: [
          Remedy(
            isDecoupled ? "use its own weight decay" : "use the decay of `adamw`",
            facts.decoupledDecay)
        ])
    }
  }
}

extension Facts {
  /// The settings that decay all weights alike, with a rate that suits `adamw`.
  private var decoupledSettings: [(path: SpecPath, value: PlainValue)] {
    let isLion = optimizerName == Lion.name
    // Lion's rate is a tenth of the usual one, and its decay counts by the rate.
    let decay = PlainValue.Entry("weight_decay", .number(isLion ? 0.1 : 0.01))
    var settings = [optimizerSetting(as: isLion ? Lion.name : AdamW.name, [decay])]
    if !isLion, let peakRate, peakRate > AdamW().usefulLearningRates.upperBound * 1.000001 {
      settings += peakSettings(AdamW.usualLearningRate)
    }
    return settings
  }

  /// The same, without the penalty that does it now.
  fileprivate var decoupledDecay: [(path: SpecPath, value: PlainValue)] {
    l2Penalty > 0
      ? decoupledSettings + [("training.regularization.l2", .integer(0))] : decoupledSettings
  }
}
