import NetworkGraph
import SpecSyntax

extension Rule {
  static let learningRateMissing = Rule(
    code: "O404", name: "learning-rate-missing",
    title: "no learning rate given",
    needs: [.spec], evidence: .controlled,
    rationale: """
      The rate is the first parameter to tune, so `plumb resolve` shows the one that was taken. \
      An open rate becomes what is usual with the optimizer. Under 32 units, with at least ten \
      training rows for each input, a constant rate of `adam` or `adamw` becomes three times \
      that, because narrow networks are slow rather than too small; with many inputs and few rows \
      the higher rate harms. A `one_cycle` starts at a tenth of its peak, which is three times \
      the usual rate where none is written. Left open, the optimizer is `adamw`: it bears a wrong \
      rate better than `sgd`.
      """,
    source: """
      Measured on 12 public tables: 0.001 is safe; 0.003 is better on 4 of them with 6 to 22 \
      units and worse on one of 252 rows and 751 inputs; a cycle with a peak of 0.003 is no worse \
      on any at 128 units. In use: 0.001 (Kadra et al. 2021, TabZilla, Grinsztajn et al. 2022, \
      scikit-learn), 0.0003 (Karpathy 2019), 0.01 for `sgd` (Bengio 2012, from memory).
      """,
    failsWhen: "Often by a factor of three: nothing replaces a test of a few rates.",
    examples: [
      .decides("0.001", "training: {learning_rate: auto}"),
      .decides("0.01", "training: {learning_rate: auto, optimizer: sgd}"),
      .decides(
        "0.003",
        """
        model: {hidden_layers: [8]}
        training: {learning_rate: auto}
        """),
      .decides("0.0003", "training: {learning_rate: {schedule: one_cycle, start: auto}}"),
      .silent("training: {optimizer: adamw, learning_rate: 0.001}"),
    ],
    decides: Decider("training.learning_rate.start") { facts in
      guard let optimizer = facts.optimizer, let usual = facts.usualRate else { return nil }
      let name = optimizerText(optimizer)
      if let cycle = facts.spec.training.learningRate.schedule as? OneCycle {
        let peak = cycle.peak ?? 3 * usual
        let reason = cycle.peak == nil ? ", which is three times the usual rate of `\(name)`" : ""
        return Choice(
          .number(threeDigits(peak / 10)),
          because: "a tenth of the peak of \(roundedText(peak))" + reason)
      }
      guard facts.isSlowByWidth else {
        return Choice(.number(usual), because: "\(numberText(usual)) is usual with \(name)")
      }
      return Choice(
        .number(threeDigits(3 * usual)),
        because: """
          \(counted(facts.hiddenWidths.max() ?? 0, "unit")) learn slowly at the usual \
          \(numberText(usual)) of \(name)
          """)
    })
}

extension Facts {
  /// Whether the author's layers are so narrow, and rows so many, that a higher rate pays.
  fileprivate var isSlowByWidth: Bool {
    guard let optimizer, [Adam.name, AdamW.name].contains(optimizer.name), isRateConstant,
      hasWrittenWidths, let width = hiddenWidths.max(), width < 32, let inputWidth, let trainRows
    else { return false }
    return trainRows >= 10 * inputWidth
  }
}
