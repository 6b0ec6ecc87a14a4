import SpecSyntax
import Tables

extension Rule {
  static let accuracyOnImbalancedClasses = Rule(
    code: "L314", name: "accuracy-on-imbalanced-classes", level: .warning,
    title: "accuracy as the only measure where one class dominates",
    needs: [.profile], evidence: .textbook,
    rationale: """
      Answering the most frequent class always is already as accurate as that class is frequent, \
      so accuracy hides failure on the others; as what early stopping watches it moves in steps of \
      one row. Reported when the author judges or stops by accuracy alone and one class has more \
      than 80 % of the rows (a proposal).
      """,
    source: """
      Goodfellow, Bengio and Courville 2016 (from memory); Kadra et al. 2021, who use balanced \
      accuracy.
      """,
    failsWhen: "Errors on all rows truly cost the same; log loss is then still better to stop by.",
    conflict: """
      sources disagree on what to do about rare classes: first ask what is needed; for \
      probabilities or an order no correction, for decisions another threshold
      """,
    examples: [
      .fires(
        """
        training:
          metrics: [accuracy]   #! L314
        """, on: ExampleTable(classes: 2, rareShare: 0.03),
        fixed: """
          training:
            metrics: [accuracy, balanced_accuracy, average_precision, log_loss]
          """),
      .fires(
        """
        training:
          metrics: [accuracy]   #! L314
          loss: hinge
        """, on: ExampleTable(classes: 2, rareShare: 0.1),
        fixed: """
          training:
            metrics: [accuracy, balanced_accuracy, average_precision]
            loss: hinge
          """),
      .fires(
        """
        training:
          early_stopping:
            monitor: validation.accuracy   #! L314
        """, on: ExampleTable(rows: 10_000, classes: 2, rareShare: 0.1),
        fixed: """
          training:
            early_stopping:
              monitor: validation.loss
          """),
      .silent(
        "training: {metrics: [average_precision]}",
        on: ExampleTable(classes: 2, rareShare: 0.03)),
      .silent("training: {metrics: [accuracy]}", on: ExampleTable(classes: 2, rareShare: 0.3)),
      .silent("training: {epochs: 60}", on: ExampleTable(classes: 2, rareShare: 0.03)),
    ]
  ) { facts, report in
    guard let counts = facts.classCounts, let most = counts.max() else { return }
    let share = Double(most) / Double(max(1, counts.reduce(0, +)))
    guard share > 0.8 else { return }
    let message =
      "answering the most frequent class always has an accuracy of \(percentText(share))"
    if facts.writtenMetrics == ["accuracy"] {
      var metrics = ["accuracy", "balanced_accuracy"]
      metrics.append(counts.count == 2 ? "average_precision" : "f1")
      if !facts.givesScores { metrics.append("log_loss") }
      report.at(
        "training.metrics", message, label: "hides failure on rare classes",
        remedies: [
          .set("training.metrics", .list(metrics.map { .name($0) }), "judge by others too")
        ])
    }
    let path: SpecPath = "training.early_stopping.monitor"
    if facts.isWritten(path), facts.earlyStopping?.monitor == "validation.accuracy" {
      report.at(
        path, message, label: "hardly moves while rare classes are learnt",
        remedies: [.set(path, .name("validation.loss"), "watch the validation loss")])
    }
  }
}
