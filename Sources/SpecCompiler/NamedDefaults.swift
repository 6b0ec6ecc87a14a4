import NetworkGraph
import SpecSyntax

/// A value that the compiler gives to an open field without a rule of advice behind it.
struct NamedDefault: Sendable {
  /// How `plumb resolve` calls it.
  let name: String
  let path: SpecPath
  /// The value and why, with the numbers of this case; nil while too little is known.
  let decide: @Sendable (Facts) -> (value: PlainValue, reason: String)?
}

extension NamedDefault {
  static let all: [NamedDefault] = [
    task, encoding, targetScale, classLoss, regressionLoss, initializer, optimizer,
    allRows, batchSize, epochs, earlyStopping, metrics,
  ]

  static let task = NamedDefault(name: "task-from-target", path: "data.task") { facts in
    guard let profile = facts.profile,
      let found = facts.spec.data.inferredTask(profile, loss: facts.spec.training.loss.value)
    else { return nil }
    return (.name(found.task.rawValue), found.reason)
  }

  static let encoding = NamedDefault(name: "one-hot", path: "data.category.encode") { _ in
    (.name("one_hot"), "every level keeps an input of its own")
  }

  static let targetScale = NamedDefault(
    name: "standard-target", path: "data.target_scale"
  ) { facts in
    guard let task = facts.spec.data.task.value else { return nil }
    if let loss = facts.spec.training.loss.value, facts.needsRawTarget {
      return (.name("none"), "`\(lossText(loss))` takes the target as it is")
    }
    return task == .classification
      ? (.name("none"), "classes are not scaled")
      : (.name("standard"), "gradients then have the size the learning rate expects")
  }

  static let classLoss = NamedDefault(name: "loss-of-task", path: "training.loss") { facts in
    guard facts.spec.data.task.value == .classification, let classes = facts.classCount else {
      return nil
    }
    return classes == 2
      ? (.name("binary_cross_entropy"), "two classes need one output")
      : (.name("cross_entropy"), "\(classes) classes, one of which is right")
  }

  static let regressionLoss = NamedDefault(name: "squared-error", path: "training.loss") { facts in
    guard facts.spec.data.task.value == .regression else { return nil }
    return (.name("mse"), "the usual loss for numbers")
  }

  static let initializer = NamedDefault(
    name: "initializer-of-activation", path: "model.initializer"
  ) { facts in
    let activation = facts.spec.model.activation
    let name = type(of: Initializers.usual(before: activation)).name
    return (.name(name), "keeps the signal's size through the activation")
  }

  static let optimizer = NamedDefault(name: "adamw", path: "training.optimizer") { _ in
    (.name("adamw"), "steps of its own size for every weight, with decoupled decay")
  }

  static let allRows = NamedDefault(name: "all-rows", path: "training.batch_size") { facts in
    guard facts.needsAllRows, let rows = facts.trainRows, rows > 0,
      let optimizer = facts.spec.training.optimizer.value
    else { return nil }
    return (.integer(rows), "\(optimizerText(optimizer)) needs all training rows in each step")
  }

  static let batchSize = NamedDefault(name: "batch-of-32", path: "training.batch_size") { facts in
    guard !facts.needsAllRows else { return nil }
    return (.integer(32), "works often and keeps many steps in an epoch")
  }

  static let epochs = NamedDefault(name: "epoch-budget", path: "training.epochs") { facts in
    guard let rows = facts.trainRows else { return nil }
    let epochs = rows < 2_000 ? 500 : rows < 10_000 ? 300 : 100
    return (
      .integer(epochs),
      "an upper bound for \(rows) training rows; early stopping finds the right number"
    )
  }

  static let earlyStopping = NamedDefault(
    name: "stop-when-validation-halts", path: "training.early_stopping"
  ) { facts in
    guard facts.validationRows != 0 else {
      return (.name("none"), "there are no validation rows to watch")
    }
    return (
      .map([
        .init("monitor", .name("validation.loss")), .init("patience", .integer(20)),
        .init("min_delta", .number(0.0001)), .init("restore_best", .name("true")),
      ]), "the right number of epochs differs between tables and seeds"
    )
  }

  static let metrics = NamedDefault(name: "metrics-of-task", path: "training.metrics") { facts in
    guard let task = facts.spec.data.task.value else { return nil }
    let names: [String]
    switch task {
    case .regression:
      names = facts.isOfQuantiles ? ["pinball", "d2_pinball"] : ["rmse", "mae", "r2"]
    case .classification:
      names =
        ["accuracy", "balanced_accuracy", "f1"] + (facts.classCount == 2 ? ["roc_auc"] : [])
        + (facts.givesScores ? [] : ["log_loss"])
    }
    let judged =
      facts.isOfQuantiles
      ? "quantiles are" : facts.givesScores ? "scores of classes can be" : "\(task.rawValue) is"
    return (.list(names.map { .name($0) }), "what \(judged) usually judged by")
  }
}
