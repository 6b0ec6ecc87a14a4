import SpecSyntax

extension Rule {
  static let labelSmoothingMisuse = Rule(
    code: "R706", name: "label-smoothing-misuse", level: .warning,
    title: "label smoothing that is too strong, or against the metric",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Some smoothing keeps a network from being too sure, but it flattens the probabilities and \
      hides which classes are alike. Reported above 0.2. As advice where probabilities or their \
      order count: when the first metric or the watched one is `log_loss`, `brier`, `roc_auc` or \
      `average_precision`. The share is spread over all classes, so that only 1 would make them \
      all equal, which the language refuses; for numbers and for losses of scores it has no \
      effect (K107).
      """,
    source: """
      Müller, Kornblith and Hinton 2019; pytabkit documentation (on for the classification error, \
      off for log loss and AUC).
      """,
    failsWhen: "Labels are wrong at about this rate, where smoothing also helps the log loss.",
    conflict: """
      sources disagree: smoothing calibrates (Müller et al.), while practice on tables turns it \
      off for log loss and AUC; keep it for accuracy
      """,
    examples: [
      .fires(
        """
        training:
          label_smoothing: 0.5   #! R706
        """, on: ExampleTable(classes: 2),
        fixed: """
          training:
            label_smoothing: 0.1
          """),
      .fires(
        """
        training:
          label_smoothing: 0.1   #! R706
          metrics: [log_loss, accuracy]
        """, on: ExampleTable(classes: 3),
        fixed: """
          training:
            label_smoothing: 0
            metrics: [log_loss, accuracy]
          """),
      .silent(
        "training: {label_smoothing: 0.1, metrics: [accuracy]}", on: ExampleTable(classes: 3)),
      .refused("K103", "training: {label_smoothing: 1}", on: ExampleTable(classes: 3)),
    ]
  ) { facts, report in
    let path: SpecPath = "training.label_smoothing"
    let smoothing = facts.spec.training.labelSmoothing
    guard smoothing > 0, facts.isWritten(path), facts.task == .classification, !facts.givesScores
    else { return }
    let judge = facts.judgeOfProbabilities
    guard smoothing > 0.2 || judge != nil else { return }
    let better = judge == nil ? 0.1 : 0
    report.at(
      path,
      smoothing > 0.2
        ? "\(percentText(smoothing)) of each label is spread over all classes"
        : "smoothed labels flatten the probabilities that `\(judge ?? "")` judges",
      level: smoothing > 0.2 ? .warning : .advice,
      because: [("training.metrics", "judges probabilities")],
      remedies: [
        .set(path, .number(better), better > 0 ? "use 0.1" : "leave the labels as they are")
      ])
  }
}

extension Facts {
  /// The first or the watched metric, if it judges probabilities or their order.
  fileprivate var judgeOfProbabilities: String? {
    let watched = earlyStopping.map { String($0.monitor.dropFirst("validation.".count)) }
    return [writtenMetrics.first, watched].compactMap { $0 }.first {
      ["log_loss", "brier", "roc_auc", "average_precision"].contains($0)
    }
  }
}
