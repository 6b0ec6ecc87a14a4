import NetworkGraph
import SpecSyntax
import Tables

extension Rule {
  static let imbalanceCorrectionTradeOff = Rule(
    code: "L315", name: "imbalance-correction-trade-off", level: .warning,
    title: "classes weighted although probabilities matter, twice, or too much",
    needs: [.profile], evidence: .controlled,
    rationale: """
      Weights raise the predicted probability of rare classes, and in simulations did not order \
      rows better; moving the threshold gives the same balance of errors. Reported where the \
      author lets one class count more than twice as much as another and judges by `log_loss` or \
      `brier`; where `focal` corrects as well, because the two multiply; and where one class \
      counts more than 100 times as much as another. The limits are proposals.
      """,
    source: """
      van den Goorbergh et al. 2022; Carriero et al. 2024 (arXiv 2404.19494); arXiv 2603.00208 on \
      ten clinical tables. For images: Buda et al. 2018 (from memory).
      """,
    failsWhen: """
      A class is so rare that most batches have none of it and training does not start, or only \
      decisions at a fixed cost matter. The authors of focal loss weight classes beside it, but \
      the rare one less.
      """,
    conflict: """
      sources disagree: weighting and resampling are common practice; simulations in clinical \
      prediction find no better order and worse probabilities; studies on images find resampling \
      useful for accuracy
      """,
    examples: [
      .fires(
        """
        training:
          class_weights: balanced   #! L315
          metrics: [log_loss]
        """, on: ExampleTable(classes: 2, rareShare: 0.05),
        fixed: """
          training:
            class_weights: none
            metrics: [log_loss]
          """),
      .fires(
        """
        training:
          loss: focal
          class_weights: balanced   #! L315
        """, on: ExampleTable(classes: 3, rareShare: 0.05),
        fixed: """
          training:
            loss: focal
            class_weights: none
          """),
      .fires(
        """
        training:
          class_weights: {c1: 500}   #! L315
        """, on: ExampleTable(rows: 100_000, classes: 2, rareShare: 0.002),
        fixed: """
          training:
            class_weights: {c1: 20}
          """),
      .silent(
        "training: {class_weights: none, metrics: [log_loss]}",
        on: ExampleTable(classes: 2, rareShare: 0.05)),
      .silent(
        "training: {class_weights: balanced, metrics: [balanced_accuracy]}",
        on: ExampleTable(classes: 2, rareShare: 0.05)),
      .silent(
        "training: {class_weights: balanced, metrics: [log_loss]}",
        on: ExampleTable(classes: 2, rareShare: 0.45)),
    ]
  ) { facts, report in
    let path: SpecPath = "training.class_weights"
    guard facts.isWritten(path), let ratio = facts.weightRatio, ratio > 2 else { return }
    let judges = facts.writtenMetrics.filter { ["log_loss", "brier"].contains($0) }
    let without = Remedy.set(path, .name("none"), "leave the classes as they are")
    let threshold = Remedy.words("for decisions, move the threshold on the validation rows")
    if !judges.isEmpty {
      report.at(
        path, "weights for classes spoil the probabilities that `\(judges[0])` judges",
        label: "rare classes come out too probable",
        because: [("training.metrics", "judges probabilities")],
        remedies: [without, threshold])
    } else if facts.lossName == Focal.name {
      report.at(
        path, "`focal` and weights for classes correct the same thing twice",
        label: "one class counts \(roundedText(ratio)) times as much as another",
        because: [("training.loss", "leads by rare and hard rows already")],
        remedies: [without, .words("or use `cross_entropy` with the weights")])
    } else if ratio > 100, let rarest = facts.rarestClass {
      report.at(
        path, "one class counts \(roundedText(ratio)) times as much as another",
        label: "single rows lead the whole training",
        remedies: [
          .set(
            path, .map([.init(rarest, .integer(20))]), "let it count 20 times as much as others"),
          threshold,
        ])
    }
  }
}

extension Facts {
  /// How many times as much the class with the largest weight counts as that with the smallest.
  fileprivate var weightRatio: Double? {
    guard let counts = classCounts, let least = counts.min(), let most = counts.max(), least > 0
    else { return nil }
    switch spec.training.classWeights {
    case .none: return nil
    case .balanced: return Double(most) / Double(least)
    case .named(let weights):
      var values = weights.map(\.value)
      // A class without a weight counts 1.
      if values.count < counts.count { values.append(1) }
      guard let low = values.min(), let high = values.max(), low > 0 else { return nil }
      return high / low
    }
  }

  /// The name of the class with the fewest rows.
  fileprivate var rarestClass: String? { target?.levels.min { $0.count < $1.count }?.name }
}
