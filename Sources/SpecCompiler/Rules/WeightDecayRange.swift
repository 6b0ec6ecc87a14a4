import NetworkGraph
import SpecSyntax

extension Rule {
  static let weightDecayRange = Rule(
    code: "R704", name: "weight-decay-range", level: .warning,
    title: "weight decay outside its useful range, or applied twice",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Decoupled decay and an L2 penalty differ by orders of magnitude, so that a value copied from \
      one optimizer to another is wrong, and with both at once nobody can tell how strong they \
      are. Reported above 0.5 for `adamw` (5 for `lion`, whose rate is a tenth), above 0.01 for \
      an L2 penalty where steps follow the gradient (proposals), and where `regularization.l2` \
      joins a decay of the optimizer. As advice under 0.000001 where nothing else regularises \
      fewer than 10,000 training rows: it does nothing. The penalty under `adam` is O413's.
      """,
    source: """
      PyTorch AdamW (0.01); RealMLP (0.02); Gorishniy et al. 2021 (searched 0.000001 to 0.001, or \
      none); Smith 2018 (0.001 to 0.000001 for SGD, from memory).
      """,
    failsWhen: "Layers are normalised: decay then acts on the effective rate, not on the fit.",
    examples: [
      .fires(
        """
        training:
          optimizer: {adamw: {weight_decay: 0.01}}
          regularization: {l2: 0.001}   #! R704
        """,
        fixed: """
          training:
            optimizer: {adamw: {weight_decay: 0.01}}
            regularization: {l2: 0}
          """),
      .fires(
        """
        training:
          optimizer: {adamw: {weight_decay: 1}}   #! R704
        """,
        fixed: """
          training:
            optimizer: {adamw: {weight_decay: 0.01}}
          """),
      .fires(
        """
        training:
          optimizer:
            sgd:
              momentum: 0.9
              weight_decay: 0.05   #! R704
        """,
        fixed: """
          training:
            optimizer:
              sgd:
                momentum: 0.9
                weight_decay: 0.0005
          """),
      .fires(
        """
        training:
          optimizer: nesterov
          regularization:
            l2: 0.05   #! R704
        """,
        fixed: """
          training:
            optimizer: nesterov
            regularization:
              l2: 0.0005
          """),
      .fires(
        """
        model: {dropout: 0}
        training:
          early_stopping: none
          optimizer: {adamw: {weight_decay: 1e-8}}   #! R704
        """,
        fixed: """
          model: {dropout: 0}
          training:
            early_stopping: none
            optimizer: {adamw: {weight_decay: 0.01}}
          """),
      .silent("training: {optimizer: {adamw: {weight_decay: 0.05}}}"),
      .silent("training: {optimizer: {sgd: {momentum: 0.9, weight_decay: 0.0005}}}"),
      .silent("training: {optimizer: {lion: {weight_decay: 1}}}"),
    ]
  ) { facts, report in
    guard let optimizer = facts.optimizer else { return }
    let decay = optimizer.weightDecay
    let name = optimizerText(optimizer)
    let (path, l2): (SpecPath, SpecPath) = (
      facts.optimizerPath("weight_decay"), "training.regularization.l2"
    )
    if decay > 0, facts.l2Penalty > 0 {
      return report.at(
        l2, "weights shrink twice: by this penalty and by the decay of `\(name)`",
        because: [(path, "\(numberText(decay)) of its own")],
        notes: facts.isWritten(path) ? [] : ["`\(name)` decays by \(numberText(decay)) by itself"],
        remedies: [.set(l2, .integer(0), "keep the decay of `\(name)`")])
    }
    let usual = facts.usualDecay
    let strongest = max(decay, facts.l2Penalty)
    if strongest > usual.limit, !facts.isAdaptive || usual.isDecoupled {
      let place = decay > usual.limit ? path : l2
      report.at(
        place, "a weight decay of \(roundedText(strongest)) is strong for `\(name)`",
        label: "usual is \(numberText(usual.value))",
        remedies: [.set(place, .number(usual.value), "use \(numberText(usual.value))")])
    } else if usual.isDecoupled, decay > 0, decay < 1e-6, facts.dropout == 0,
      facts.earlyStopping == nil, (facts.trainRows ?? .max) < 10_000
    {
      report.at(
        path, "a weight decay of \(numberText(decay)) does nothing", level: .advice,
        remedies: [.set(path, .number(usual.value), "use \(numberText(usual.value))")])
    }
  }
}

extension Facts {
  /// The weight decay that is usual with the optimiser, above what it is too strong, and whether
  /// it leaves the gradient alone.
  fileprivate var usualDecay: (value: Double, limit: Double, isDecoupled: Bool) {
    guard let optimizer, type(of: optimizer).isDecayDecoupled else {
      return (needsAllRows ? 0.0001 : 0.0005, 0.01, false)
    }
    return optimizer is Lion ? (0.1, 5, true) : (0.01, 0.5, true)
  }
}
