import SpecSyntax

extension Rule {
  static let dropoutNeedsWidth = Rule(
    code: "X806", name: "dropout-needs-width-and-time", level: .advice,
    title: "dropout without the width or the time that repays it",
    needs: [.spec], evidence: .textbook,
    rationale: """
      A share of the units is absent in each step, so capacity per step falls and gradients get \
      noisier; both are repaid with units and updates, in proportion to the share that is kept. \
      Reported for a dropout at least 0.2 above the earlier one where widths, epochs and patience \
      stayed, and for 0.4 and more where every layer has fewer than 64 units, a proposal.
      """,
    source: """
      Srivastava et al. 2014, appendix on the practice (units divided by the share kept); Deep \
      Learning Tuning Playbook 2023 (dropout may raise the steps that are needed).
      """,
    failsWhen: "The network was oversized to begin with.",
    examples: [
      .fires(
        """
        model: {hidden_layers: [128, 128], dropout: 0.5}
        training:
          epochs: 50   #! X806
        """,
        earlier: """
          model: {hidden_layers: [128, 128], dropout: 0}
          training: {epochs: 50}
          """,
        fixed: """
          model: {hidden_layers: [128, 128], dropout: 0.5}
          training:
            epochs: 100
          """),
      .fires(
        """
        model:
          hidden_layers: [32]
          dropout: 0.5   #! X806
        """,
        fixed: """
          model:
            hidden_layers: [32]
            dropout: 0.2
          """),
      .silent(
        """
        model: {hidden_layers: [256, 256], dropout: 0.5}
        training: {epochs: 50}
        """,
        earlier: """
          model: {hidden_layers: [128, 128], dropout: 0}
          training: {epochs: 50}
          """),
      .silent("model: {hidden_layers: [32], dropout: 0.2}"),
    ]
  ) { facts, report in
    let dropout = facts.dropout
    if dropout >= 0.4, let widest = facts.hiddenWidths.max(), widest < 64 {
      let remedy = facts.dropoutSetting(0.2).map { Remedy("use a dropout of 0.2", [$0]) }
      report.at(
        facts.spec.model.layers == nil ? "model.dropout" : "model.layers",
        """
        a dropout of \(roundedText(dropout)) leaves \(percentText(1 - dropout)) of \
        \(counted(widest, "unit"))
        """,
        label: "the share that is absent", because: [(facts.widthsPath, "the widths")],
        remedies: [remedy, .words("or widen the layers")].compactMap { $0 })
      return
    }
    guard let before = facts.before, dropout - before.dropout >= 0.2 - 1e-9,
      let epochs = facts.epochs, let epochsBefore = before.epochs, epochs <= epochsBefore,
      (facts.meanWidth ?? 0) <= (before.meanWidth ?? 0),
      (facts.earlyStopping?.patience ?? 0) <= (before.earlyStopping?.patience ?? 0)
    else { return }
    let factor = (1 - before.dropout) / (1 - dropout)
    let better = Int((Double(epochsBefore) * factor).rounded(.up))
    report.at(
      "training.epochs",
      """
      dropout rose from \(roundedText(before.dropout)) to \(roundedText(dropout)), but width, \
      epochs and patience did not
      """,
      label: "as before",
      remedies: [
        .set("training.epochs", .integer(better), "train for \(better) epochs"),
        .words("or make the layers \(timesText(factor)) as wide"),
      ])
  }
}
