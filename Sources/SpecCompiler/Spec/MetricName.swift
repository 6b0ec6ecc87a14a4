/// A measure that a spec may ask for: its name and the task whose results it judges.
///
/// How it is computed is a matter of the training module, whose list a test compares with this.
public struct MetricName: Sendable {
  public let name: String
  public let task: TaskKind

  /// Whether it judges probabilities, which scores are not.
  public var needsProbabilities: Bool { name == "log_loss" || name == "brier" }

  public static let all: [MetricName] =
    [
      "accuracy", "balanced_accuracy", "precision", "recall", "f1", "roc_auc", "log_loss", "brier",
    ].map { MetricName(name: $0, task: .classification) }
    + [
      "mse", "rmse", "mae", "r2", "median_absolute_error", "mape", "pinball", "d2_pinball",
    ].map { MetricName(name: $0, task: .regression) }

  /// Names in other programs.
  static let synonyms: [String: String] = [
    "acc": "accuracy", "auc": "roc_auc", "rocauc": "roc_auc", "f1score": "f1",
    "meansquarederror": "mse", "rootmeansquarederror": "rmse", "meanabsoluteerror": "mae",
    "r2score": "r2", "logloss": "log_loss", "crossentropy": "log_loss", "brierscore": "brier",
    "brierscoreloss": "brier", "medianerror": "median_absolute_error",
    "medae": "median_absolute_error", "meanabsolutepercentageerror": "mape",
    "pinballloss": "pinball", "quantileloss": "pinball", "meanpinballloss": "pinball",
    "d2pinballscore": "d2_pinball",
  ]
}
