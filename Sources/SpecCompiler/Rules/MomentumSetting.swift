import NetworkGraph
import SpecSyntax

extension Rule {
  static let momentumSetting = Rule(
    code: "O405", name: "momentum-setting",
    title: "no momentum, or one that was changed without the rate",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Momentum averages gradients over about 1 / (1 - momentum) steps and makes the long-run step \
      longer by the same factor: from 0.9 to 0.99 is ten times the rate. Reported for `sgd` \
      without momentum where there are hidden layers, above 0.99, and when, compared with an \
      earlier spec, momentum alone changed the long-run step more than threefold (a proposal). \
      Below 0 and from 1 upwards the language refuses it.
      """,
    source: """
      Sutskever et al. 2013 (from memory); Smith 2018 (momentum and rate are coupled); Deep \
      Learning Tuning Playbook 2023 (Nesterov's variant preferred); Shallue et al. 2019 on the \
      effective rate (from memory).
      """,
    failsWhen: """
      The problem is convex or batches are tiny, where plain descent is as good; beside dropout \
      0.95 to 0.99 was advised (Srivastava et al. 2014).
      """,
    examples: [
      .fires(
        """
        training:
          optimizer: sgd   #! O405
          learning_rate: 0.05
        """,
        fixed: """
          training:
            optimizer: {sgd: {momentum: 0.9, nesterov: true}}
            learning_rate: 0.05
          """),
      .fires(
        """
        training:
          optimizer:
            sgd: {momentum: 0, weight_decay: 0.0005}   #! O405
          learning_rate: 0.5
        """,
        fixed: """
          training:
            optimizer: {sgd: {weight_decay: 0.0005, momentum: 0.9, nesterov: true}}
            learning_rate: 0.05
          """),
      .fires("training: {optimizer: {momentum: {momentum: 0.995}}}   #! O405"),
      .fires(
        """
        training:
          learning_rate: 0.01   #! O405
          optimizer: {nesterov: {momentum: 0.99}}
        """, earlier: "training: {learning_rate: 0.01, optimizer: nesterov}",
        fixed: """
          training:
            learning_rate: 0.001
            optimizer: {nesterov: {momentum: 0.99}}
          """),
      .silent("training: {optimizer: {sgd: {momentum: 0.9}}, learning_rate: 0.05}"),
      .silent(
        """
        model: {hidden_layers: []}
        training: {optimizer: sgd, learning_rate: 0.05}
        """),
      .silent(
        "training: {learning_rate: 0.001, optimizer: {nesterov: {momentum: 0.99}}}",
        earlier: "training: {learning_rate: 0.01, optimizer: nesterov}"),
      .refused("K103", "training: {optimizer: {sgd: {momentum: 1}}}"),
    ]
  ) { facts, report in
    guard facts.isWritten("training.optimizer"), let optimizer = facts.optimizer,
      let momentum = keptShare(of: optimizer)
    else { return }
    let path = facts.optimizerPath("momentum")
    if momentum == 0, !facts.hidden.isEmpty {
      report.at(
        path, "`\(optimizerText(optimizer))` without momentum follows every single batch",
        notes: ["a momentum of 0.9 makes the long-run step ten times as long"],
        remedies: [Remedy("keep 0.9 of each step, looking one step ahead", facts.withMomentum)])
    } else if momentum > 0.99 {
      report.at(
        path,
        """
        a momentum of \(numberText(momentum)) averages about \
        \(roundedText((1 / (1 - momentum)).rounded())) steps
        """,
        remedies: [
          .set(path, .number(0.9), "use 0.9, and raise the rate if training gets slow")
        ])
    } else if let factor = facts.stepFactor(momentum), factor > 3 || factor < 1 / 3.0,
      let rate = facts.peakRate
    {
      report.at(
        facts.peakPath,
        """
        the momentum changed and the rate did not: the long-run step is \(roundedText(factor)) \
        times what it was
        """,
        label: "belongs to the earlier momentum",
        because: [(path, "is now \(numberText(momentum))")],
        remedies: [
          Remedy("keep the step: \(roundedText(rate / factor))", facts.peakSettings(rate / factor))
        ])
    }
  }
}

/// The share of each step that is kept; nil for optimisers that step by more than the gradient.
private func keptShare(of optimizer: any Optimizer) -> Double? {
  switch optimizer {
  case let optimizer as SGD: optimizer.momentum
  case let optimizer as Momentum: optimizer.momentum
  case let optimizer as Nesterov: optimizer.momentum
  default: nil
  }
}

extension Facts {
  /// The settings that give the optimiser momentum, with a lower rate where it would run off.
  fileprivate var withMomentum: [(path: SpecPath, value: PlainValue)] {
    var fields = [PlainValue.Entry("momentum", .number(0.9))]
    if optimizerName == SGD.name { fields.append(.init("nesterov", .name("true"))) }
    let setting = optimizerSetting(fields)
    guard let peakRate, peakRate > 0.05 else { return [setting] }
    return [setting] + peakSettings(peakRate / 10)
  }

  /// How many times the long-run step `rate / (1 − momentum)` is that of the earlier spec; nil
  /// where there is nothing to compare, or no momentum before.
  fileprivate func stepFactor(_ momentum: Double) -> Double? {
    guard let old = earlier?.training.optimizer.value, let before = keptShare(of: old),
      before > 0, before != momentum, let rate = spec.training.learningRate.start.value,
      let rateBefore = earlier?.training.learningRate.start.value
    else { return nil }
    return rate / (1 - momentum) / (rateBefore / (1 - before))
  }
}
