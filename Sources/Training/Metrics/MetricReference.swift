public import SpecCompiler

extension ReferencePage {
  /// The page of all metrics.
  public static var metrics: ReferencePage {
    ReferencePage(
      "metrics", title: "Metrics",
      introduction: """
        What `training.metrics` takes, and `early_stopping.monitor` as `validation.METRIC`. All \
        metrics of a task are measured; the key says which are shown. Where one is not defined, \
        as `roc_auc` on rows of one class, it is left out of the result and shown as –. Of several \
        targets it is the mean.
        """,
      body: [
        table("Classification", Metrics.classification), table("Regression", Metrics.regression),
      ])
  }

  private static func table(_ title: String, _ metrics: [Metric]) -> String {
    let rows = metrics.map { metric in
      let direction = metric.direction == .higherIsBetter ? "more" : "less"
      return "| `\(metric.name)` | \(direction) | \(metric.summary) |"
    }
    return (["## \(title)", "", "| metric | better | what it is |", "| --- | --- | --- |"] + rows)
      .joined(separator: "\n")
  }
}
