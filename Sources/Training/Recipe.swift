internal import NetworkGraph
internal import SpecCompiler
internal import SpecSyntax

/// Everything a spec says about training, decided.
struct Recipe: Sendable {
  let loss: any Loss
  let optimizer: any Optimizer
  let schedule: any Schedule
  let batchSize: Int
  let epochs: Int
  let earlyStopping: EarlyStoppingSpec?
  let rules: StepRules
  let classWeights: ClassWeights
  let labelSmoothing: Double
  /// The names of the metrics to show.
  let metrics: [String]
  /// The spec's, or another where training is repeated.
  var seed: UInt64
  /// How many times the schedule's rate is taken, where rates are compared.
  var rateFactor = 1.0

  /// Takes the values of a spec; throws if one of them is still open.
  init(_ training: TrainingSection) throws(TrainingError) {
    guard let loss = training.loss.value else { throw .undecided("training.loss") }
    guard let optimizer = training.optimizer.value else { throw .undecided("training.optimizer") }
    guard let batchSize = training.batchSize.value else { throw .undecided("training.batch_size") }
    guard let epochs = training.epochs.value else { throw .undecided("training.epochs") }
    guard training.learningRate.start.value != nil else {
      throw .undecided("training.learning_rate.start")
    }
    guard let earlyStopping = training.earlyStopping.value else {
      throw .undecided("training.early_stopping")
    }
    self.loss = loss
    self.optimizer = optimizer
    schedule = training.learningRate.schedule
    self.batchSize = batchSize
    self.epochs = epochs
    self.earlyStopping = earlyStopping
    rules = training.stepRules
    classWeights = training.classWeights
    labelSmoothing = training.labelSmoothing
    metrics = training.metrics.value ?? []
    seed = UInt64(training.seed)
  }
}

extension TrainingError {
  static func undecided(_ path: String) -> TrainingError {
    TrainingError("`\(path)` is still open", hints: ["write a value for it in the spec"])
  }
}
