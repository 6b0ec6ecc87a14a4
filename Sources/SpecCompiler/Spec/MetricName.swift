import SpecSyntax

/// A measure that a spec may ask for: its name and the task whose results it judges.
///
/// How it is computed is a matter of the training module, whose list a test compares with this.
public struct MetricName: Sendable {
  public let name: String
  public let task: TaskKind

  /// Whether it judges probabilities, which scores are not.
  public var needsProbabilities: Bool { name == "log_loss" || name == "brier" }

  /// Whether more of it is better.
  public var isLargerBetter: Bool {
    switch task {
    case .classification: !needsProbabilities
    case .regression: name == "r2" || name == "d2_pinball"
    }
  }

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

  /// What metrics are called in scikit-learn, Keras, TorchMetrics and XGBoost.
  static let synonyms: [String: ForeignName] = [
    "acc": "accuracy", "accuracyscore": "accuracy", "categoricalaccuracy": "accuracy",
    "sparsecategoricalaccuracy": "accuracy", "binaryaccuracy": "accuracy", "error": "accuracy",
    "merror": "accuracy", "balancedaccuracyscore": "balanced_accuracy", "bacc": "balanced_accuracy",
    "auc": "roc_auc", "rocauc": "roc_auc", "auroc": "roc_auc", "rocaucscore": "roc_auc",
    "f1score": "f1", "fscore": "f1", "f1macro": "f1", "f1weighted": "f1", "fbeta": "f1",
    "precisionscore": "precision", "recallscore": "recall", "sensitivity": "recall",
    "tpr": "recall", "ppv": "precision",
    "meansquarederror": "mse", "negmeansquarederror": "mse", "mseloss": "mse",
    "rootmeansquarederror": "rmse", "negrootmeansquarederror": "rmse",
    "meanabsoluteerror": "mae", "negmeanabsoluteerror": "mae", "l1": "mae",
    "r2score": "r2", "rsquared": "r2", "explainedvariance": "r2",
    "logloss": "log_loss", "neglogloss": "log_loss", "crossentropy": "log_loss",
    "binarycrossentropy": "log_loss", "mlogloss": "log_loss", "nll": "log_loss",
    "brierscore": "brier", "brierscoreloss": "brier", "negbrierscore": "brier",
    "ap": "average_precision", "prauc": "average_precision", "aucpr": "average_precision",
    "averageprecisionscore": "average_precision",
    "topk": "top_3", "topkaccuracy": "top_3", "top3accuracy": "top_3", "top5accuracy": "top_5",
    "topkcategoricalaccuracy": "top_5",
    "medianerror": "median_absolute_error", "medae": "median_absolute_error",
    "negmedianabsoluteerror": "median_absolute_error",
    "meanabsolutepercentageerror": "mape", "negmeanabsolutepercentageerror": "mape",
    "pinballloss": "pinball", "quantileloss": "pinball", "meanpinballloss": "pinball",
    "d2pinballscore": "d2_pinball",
    "loss": .none("remove it: the loss is always measured"),
    "confusionmatrix": .none("remove it: `plumb evaluate` shows it for every classification"),
    "mcc": .none("use `balanced_accuracy` or `f1`, which rare classes do not mislead either"),
    "matthewscorrcoef": .none(
      "use `balanced_accuracy` or `f1`, which rare classes do not mislead either"),
  ]
}
