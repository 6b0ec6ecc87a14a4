import NetworkGraph
import SpecSyntax

extension Rule {
  static let patienceOutOfRange = Rule(
    code: "E604", name: "patience-out-of-range", level: .warning,
    title: "patience too short for the noise, or so long that it never acts",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Real validation curves have several local minima, so a short patience stops at an accident. \
      Reported under 5 epochs with a constant or plateau schedule, under the warm-up plus 5, and \
      under 15 with fewer than 200 validation rows; as advice when the patience is as long as the \
      run and so never acts. After a run, also when `min_delta` is more than a twentieth of all \
      that the loss fell, so that real progress does not count. The 200, the 15 and the twentieth \
      are proposals.
      """,
    source: """
      Prechelt 1998: in 1296 runs slower criteria improved the error by about 4 % at 4 times the \
      cost. In use: 16 (Gorishniy et al. 2021), 20 (TabZilla), 40 (Grinsztajn et al. 2022), 10 \
      (scikit-learn), 0 (Keras).
      """,
    failsWhen: "Epochs are huge (millions of rows): count patience in updates, 5,000 to 10,000.",
    options: [
      .count("patience", default: 5, "Epochs under which a patience is short on any table."),
      .count("few_rows", default: 200, "Validation rows under which 15 epochs are wanted."),
    ],
    examples: [
      .fires(
        """
        training:
          learning_rate: 0.001
          early_stopping:
            patience: 1   #! E604
        """,
        fixed: """
          training:
            learning_rate: 0.001
            early_stopping:
              patience: 20
          """),
      .fires(
        """
        training:
          learning_rate: 0.001
          early_stopping:
            patience: 100   #! E604
        """,
        fixed: """
          training:
            learning_rate: 0.001
            early_stopping:
              patience: 20
          """),
      .fires(
        """
        training:
          early_stopping:
            patience: 12   #! E604
        """, on: ExampleTable(rows: 150)),
      .fires(
        """
        training:
          early_stopping:
            min_delta: 0.05   #! E604
        """,
        probe: Probe(bestEpoch: 9, epochs: 29, validationLosses: [0.7, 0.6, 0.5, 0.42, 0.4, 0.41]),
        fixed: """
          training:
            early_stopping:
              min_delta: 0.0001
          """),
      .silent("training: {epochs: 200, learning_rate: 0.001, early_stopping: {patience: 20}}"),
      .silent("training: {epochs: 20, early_stopping: {patience: 20}}"),
    ]
  ) { facts, report in
    reportCoarseDelta(facts, &report)
    let path: SpecPath = "training.early_stopping.patience"
    guard facts.isWritten(path), let patience = facts.earlyStopping?.patience,
      let epochs = facts.epochs
    else { return }
    let warmup = facts.warmupEpochs ?? 0
    let better = max(20, warmup + 20, report.count("patience"))
    let message: String
    var level = Level.warning
    if patience >= epochs {
      guard !facts.isDecayPlanned, better < epochs else { return }
      message = "a patience of \(patience) never acts in \(counted(epochs, "epoch"))"
      level = .advice
    } else if patience < report.count("patience"), !facts.isDecayPlanned {
      message = "a patience of \(counted(patience, "epoch")) stops at the first accident"
    } else if warmup > 0, patience < warmup + 5 {
      message = "a patience of \(patience) is hardly longer than the warm-up of \(warmup)"
    } else if let rows = facts.validationRows, rows < report.count("few_rows"),
      patience < 15
    {
      message = "a patience of \(patience) is short for \(counted(rows, "validation row"))"
    } else {
      return
    }
    report.at(
      path, message, label: level == .warning ? "curves go up and down" : "", level: level,
      remedies: [.set(path, .integer(better), "use \(better)")])
  }

  /// Reports a least change that is a large part of all the change there was.
  private static func reportCoarseDelta(_ facts: Facts, _ report: inout RuleReport) {
    let path: SpecPath = "training.early_stopping.min_delta"
    guard facts.isWritten(path), let stopping = facts.earlyStopping,
      stopping.monitor == "validation.loss", let losses = facts.probe?.validationLosses,
      let first = losses.first, let least = losses.min(), first > least,
      stopping.minDelta > 0.05 * (first - least)
    else { return }
    report.at(
      path,
      """
      the loss fell by \(roundedText(first - least)) in all, and progress under \
      \(roundedText(stopping.minDelta)) does not count
      """,
      remedies: [.set(path, .number(0.0001), "count every change from 0.0001 up")])
  }
}

extension Facts {
  /// Epochs in which the rate still rises, rounded up.
  fileprivate var warmupEpochs: Int? {
    switch spec.training.learningRate.schedule.warmup {
    case .share(let share): epochs.map { Int((share * Double($0)).rounded(.up)) }
    case .count(let steps): stepsPerEpoch.map { (steps + $0 - 1) / $0 }
    }
  }
}
