import NetworkGraph
import SpecSyntax

extension Facts {
  /// B: rows of each batch.
  var batchSize: Int? { spec.training.batchSize.value }

  /// Rows of each step: those of all batches whose gradients make it.
  var rowsPerStep: Int? { batchSize.map { $0 * spec.training.gradientAccumulation } }

  /// E: passes over the training rows, at the most.
  var epochs: Int? { spec.training.epochs.value }

  /// S: steps of one epoch, the last of which may be smaller.
  var stepsPerEpoch: Int? {
    guard let trainRows, let rowsPerStep, trainRows > 0 else { return nil }
    return (trainRows + rowsPerStep - 1) / rowsPerStep
  }

  /// T: steps of the whole run, if nothing stops it.
  var totalSteps: Int? {
    guard let stepsPerEpoch, let epochs else { return nil }
    return stepsPerEpoch * epochs
  }

  /// The name of the loss: `mse`, `huber`.
  var lossName: String? { spec.training.loss.value.map { type(of: $0).name } }

  /// Whether the loss takes the target as it is, because it models counts.
  var needsRawTarget: Bool { spec.training.loss.value?.link == .exponential }

  /// Whether the loss aims at quantiles.
  var isOfQuantiles: Bool { spec.training.loss.value?.levels.isEmpty == false }

  /// Whether the loss trains scores that are no probabilities.
  var givesScores: Bool { spec.training.loss.value?.link == .margin }

  /// The residual from which Huber's loss is linear; nil for other losses.
  var huberDelta: Double? { (spec.training.loss.value as? Huber)?.delta }

  /// Where Huber's delta is set: its own key, or the loss that has to be given one.
  var huberDeltaPath: SpecPath {
    let path: SpecPath = "training.loss.huber.delta"
    return tree.root.at(path) == nil ? "training.loss" : path
  }

  /// The setting that gives Huber's loss another delta.
  func huberSetting(_ delta: Double) -> (path: SpecPath, value: PlainValue) {
    let path = huberDeltaPath
    return (path, path.steps.count > 2 ? .number(delta) : .huber(delta))
  }

  /// The name of the optimiser: `adamw`.
  var optimizerName: String? { spec.training.optimizer.value.map { type(of: $0).name } }

  /// Whether every step is made from all training rows, as far as the optimiser is decided.
  var needsAllRows: Bool { spec.training.optimizer.value?.needsAllRows ?? false }

  /// λ: weight decay of the optimiser, 0 for none.
  var weightDecay: Double { spec.training.optimizer.value?.weightDecay ?? 0 }

  /// The name of the schedule: `constant`, `cosine`.
  var scheduleName: String { type(of: spec.training.learningRate.schedule).name }

  /// Whether the rate stays where it starts.
  var isRateConstant: Bool { scheduleName == ConstantRate.name }

  /// Whether the rate falls as planned over the length of the run, so that its end matters.
  var isDecayPlanned: Bool {
    !isRateConstant && ![ReduceOnPlateau.name, InverseSquareRoot.name].contains(scheduleName)
  }

  /// The settings that let the rate fall by cosine from where it starts now.
  var cosineSettings: [(path: SpecPath, value: PlainValue)] {
    let path: SpecPath = "training.learning_rate"
    if tree.root.at(path)?.mapping != nil, isWritten(path) {
      return [(path.key("schedule"), .name(CosineDecay.name))]
    }
    var entries = [PlainValue.Entry("schedule", .name(CosineDecay.name))]
    if isWritten(path), let start = spec.training.learningRate.start.value {
      entries.append(PlainValue.Entry("start", .number(start)))
    }
    return [(path, .map(entries))]
  }

  /// When training stops early; nil while that is open or where it never does.
  var earlyStopping: EarlyStoppingSpec? { spec.training.earlyStopping.value ?? nil }

  /// The settings that stop training when the validation loss halts, with rows to see it on.
  var stoppingSettings: [(path: SpecPath, value: PlainValue)] {
    let stopping: (SpecPath, PlainValue) = ("training.early_stopping", .stopping(patience: 20))
    return hasValidation ? [stopping] : [stopping, ("data.split.validation", .name("15%"))]
  }

  /// Whether anything holds the weights back: dropout, decay, a penalty or early stopping.
  var hasRegularisation: Bool {
    dropout > 0 || weightDecay > 0 || spec.training.stepRules.penalty.isActive
      || earlyStopping != nil
  }

  /// Whether the model is a mean of weights over training, which removes noise as a fall of the
  /// rate does.
  var isAveraged: Bool { spec.training.weightAveraging != nil }

  /// The measures the author asked for; empty where the choice is open.
  var writtenMetrics: [String] {
    isWritten("training.metrics") ? spec.training.metrics.value ?? [] : []
  }

  /// Whether the author measures by squared error, so that extremes are meant to count.
  var wantsSquaredError: Bool {
    writtenMetrics.contains { ["mse", "rmse", "r2"].contains($0) }
  }
}

extension PlainValue {
  /// Huber's loss with a delta.
  static func huber(_ delta: Double) -> PlainValue {
    .map([Entry("huber", .map([Entry("delta", .number(delta))]))])
  }

  /// Early stopping on the validation loss with the best weights kept.
  static func stopping(patience: Int) -> PlainValue {
    .map([
      Entry("monitor", .name("validation.loss")), Entry("patience", .integer(patience)),
      Entry("restore_best", .name("true")),
    ])
  }
}
