import SpecSyntax
import Tables

extension Rule {
  static let uncalibratedProbabilities = Rule(
    code: "L316", name: "uncalibrated-probabilities",
    title: "predicted probabilities that are not met",
    needs: [.probe], evidence: .controlled,
    rationale: """
      Large networks become overconfident late in training, because the log loss goes on falling \
      on the training rows. Measured by the expected calibration error: the mean distance between \
      how sure predictions are and how often they are right. Reported above 0.03 on at least 1,000 \
      validation rows (proposals); fewer rows cannot tell. A network that is right more often than \
      it is sure has not been trained for long enough, or was held back too much.
      """,
    source: """
      Guo et al. 2017; documentation of pytabkit (temperature scaling); limits in arXiv \
      2306.00740 on classes that overlap strongly.
      """,
    failsWhen: """
      Only the order of rows or the most probable class matters; validation rows are few or of \
      another kind than later ones.
      """,
    conflict: """
      sources disagree: label smoothing improves calibration (Müller et al. 2019), or is to be \
      left out for log loss (practice on tables)
      """,
    examples: [
      .fires(
        """
        training:
          early_stopping: none   #! L316
        """, on: ExampleTable(rows: 10_000, classes: 3),
        probe: Probe(bestEpoch: 40, epochs: 100, calibrationError: 0.08),
        fixed: """
          training:
            early_stopping: {monitor: validation.loss, patience: 20, restore_best: true}
          """),
      .fires(
        """
        training:
          metrics: [log_loss]   #! L316
        """, on: ExampleTable(rows: 10_000, classes: 3),
        probe: Probe(bestEpoch: 40, epochs: 60, calibrationError: 0.08)),
      .silent(
        "training: {metrics: [log_loss]}", on: ExampleTable(rows: 10_000, classes: 3),
        probe: Probe(bestEpoch: 40, epochs: 60, calibrationError: 0.012)),
      .silent(
        "training: {metrics: [log_loss]}", on: ExampleTable(rows: 1000, classes: 3),
        probe: Probe(bestEpoch: 40, epochs: 60, calibrationError: 0.08)),
    ]
  ) { facts, report in
    guard let error = facts.probe?.calibrationError, error > 0.03, !facts.givesScores,
      facts.task == .classification, let rows = facts.validationRows, rows >= 1000
    else { return }
    let isSureTooLittle = (facts.probe?.overconfidence ?? 0) < 0
    let stopping = facts.earlyStopping
    let stopsByLoss = stopping?.monitor == "validation.loss" && stopping?.restoreBest == true
    let scaling = "divide the scores by one temperature, fitted on the validation rows, before use"
    var remedies: [Remedy] = []
    if isSureTooLittle {
      remedies.append(.words("train for longer, or hold the weights back less"))
    } else if !stopsByLoss {
      remedies.append(Remedy("keep the weights of the least log loss", facts.stoppingSettings))
    }
    remedies.append(.words(scaling))
    if facts.dropout < 0.1, !isSureTooLittle {
      remedies.append(.words("or hold the weights back: dropout, decay"))
    }
    let isAboutStopping = !stopsByLoss && !isSureTooLittle
    report.at(
      isAboutStopping ? "training.early_stopping" : "training.metrics",
      """
      probabilities are off by \(roundedText(error)) on average over \
      \(counted(rows, "validation row"))\(isSureTooLittle ? ", too low rather than too high" : "")
      """,
      label: isAboutStopping ? "training goes on while confidence grows" : "",
      remedies: remedies)
  }
}
