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
      "accuracy", "balanced_accuracy", "precision", "recall", "f1", "roc_auc", "average_precision",
      "log_loss", "brier", "top_3", "top_5",
    ].map { MetricName(name: $0, task: .classification) }
    + [
      "mse", "rmse", "mae", "r2", "median_absolute_error", "mape", "pinball", "d2_pinball",
    ].map { MetricName(name: $0, task: .regression) }

  /// The metric of a name: one of the list, or `top_K`.
  public static func named(_ name: String) -> MetricName? {
    all.first { $0.name == name }
      ?? candidates(in: name).map { _ in MetricName(name: name, task: .classification) }
  }

  /// K of `top_K`, how many of the most probable classes may be right: from 2 to 999.
  public static func candidates(in name: String) -> Int? {
    guard name.hasPrefix("top_"), let count = Int(name.dropFirst(4)), name == "top_\(count)",
      (2...999).contains(count)
    else { return nil }
    return count
  }

  /// Names in other programs.
  static let synonyms: [String: String] = [
    "acc": "accuracy", "auc": "roc_auc", "rocauc": "roc_auc", "f1score": "f1",
    "meansquarederror": "mse", "rootmeansquarederror": "rmse", "meanabsoluteerror": "mae",
    "r2score": "r2", "logloss": "log_loss", "crossentropy": "log_loss", "brierscore": "brier",
    "brierscoreloss": "brier", "ap": "average_precision", "prauc": "average_precision",
    "averageprecisionscore": "average_precision", "topk": "top_3", "topkaccuracy": "top_3",
    "top3accuracy": "top_3", "top5accuracy": "top_5", "medianerror": "median_absolute_error",
    "medae": "median_absolute_error", "meanabsolutepercentageerror": "mape",
    "pinballloss": "pinball", "quantileloss": "pinball", "meanpinballloss": "pinball",
    "d2pinballscore": "d2_pinball",
  ]
}
