import SpecSyntax

extension Rule {
  static let stoppingMonitorInvalid = Rule(
    code: "E606", name: "stopping-monitor-invalid", level: .error,
    title: "early stopping watches what is not there, or what cannot tell",
    needs: [.spec], evidence: .mechanical,
    rationale: """
      Without validation rows there is no validation measure to watch, and training would never \
      stop: an error. The training loss goes on falling while the network overfits: a warning. \
      Accuracy on fewer than 500 validation rows (a proposal) moves in coarse steps: a warning.
      """,
    source: "Source of Keras EarlyStopping, which only warns of a missing measure; arithmetic.",
    failsWhen: "The measure is what counts and there are many validation rows: watch it then.",
    examples: [
      .fires(
        """
        data: {split: {validation: 0}}
        training:
          early_stopping:
            monitor: validation.loss   #! E606
        """,
        fixed: """
          data: {split: {validation: 15%}}
          training:
            early_stopping:
              monitor: validation.loss
          """),
      .fires(
        """
        training:
          early_stopping:
            monitor: training.loss   #! E606
        """,
        fixed: """
          training:
            early_stopping:
              monitor: validation.loss
          """),
      .fires(
        """
        training:
          early_stopping:
            monitor: validation.accuracy   #! E606
        """, on: ExampleTable(classes: 2),
        fixed: """
          training:
            early_stopping:
              monitor: validation.loss
          """),
      .silent("training: {early_stopping: {monitor: validation.loss, patience: 20}}"),
      .silent(
        "training: {early_stopping: {monitor: validation.accuracy}}",
        on: ExampleTable(rows: 10_000, classes: 2)),
    ]
  ) { facts, report in
    let path: SpecPath = "training.early_stopping.monitor"
    guard let monitor = facts.earlyStopping?.monitor, facts.isWritten("training.early_stopping")
    else { return }
    let watchLoss = Remedy.set(path, .name("validation.loss"), "watch the validation loss")
    if monitor.hasPrefix("validation."), !facts.hasValidation {
      report.at(
        path, "early stopping watches `\(monitor)`, but no rows are kept for validation",
        because: [("data.split.validation", "no rows")],
        remedies: [
          .set("data.split.validation", .name("15%"), "keep 15% of the rows for validation"),
          .words("or write `early_stopping: none`"),
        ])
    } else if monitor == "training.loss", facts.hasValidation {
      report.at(
        path, "early stopping watches the training loss",
        label: "goes on falling while the network overfits", level: .warning,
        remedies: [watchLoss])
    } else if monitor == "validation.accuracy", let rows = facts.validationRows, rows < 500 {
      report.at(
        path, "accuracy on \(counted(rows, "validation row")) is too coarse to stop by",
        label: "one row is \(percentText(1 / Double(max(1, rows))))", level: .warning,
        remedies: [watchLoss])
    }
  }
}
