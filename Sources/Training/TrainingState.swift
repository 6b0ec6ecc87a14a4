/// How far a training has come, beside the numbers of its executor.
struct TrainingState: Sendable {
  /// The weights and running statistics of the best epoch, in the layout of the executor.
  struct BestWeights: Sendable {
    var parameters: [Float]
    var state: [Float]
  }

  private let monitor: Monitor
  /// The epochs that are over.
  private(set) var epochs: [EpochReport] = []
  private(set) var stopping: EarlyStopping
  /// What the schedule watches, after each epoch.
  private(set) var losses: [Double] = []
  /// The epoch that is going on.
  var steps = EpochSteps()
  /// nil where no weights are restored.
  var best: BestWeights?
  /// Seconds spent on steps in this sitting, without validation.
  var stepSeconds = 0.0

  /// Before the first step.
  init(_ monitor: Monitor) {
    self.monitor = monitor
    stopping = monitor.stopping
  }

  /// After some epochs: the judge of epochs and the schedule see them again, one by one.
  init(_ monitor: Monitor, epochs: [EpochReport], steps: EpochSteps) {
    self.init(monitor)
    for epoch in epochs { _ = end(epoch) }
    self.steps = steps
  }

  /// Whether there was no progress for so long that training ends.
  var isExhausted: Bool { monitor.mayStop && stopping.isExhausted }

  /// The best epoch, or the last where none could be judged.
  var bestEpoch: Int { stopping.bestEpoch > 0 ? stopping.bestEpoch : epochs.count }

  /// How many rows steps were made from, where an epoch has so many.
  func rowsStepped(_ rowsPerEpoch: Int) -> Int { epochs.count * rowsPerEpoch + steps.rows }

  /// Ends the epoch that is going on; gives its report, which knows whether it is the best so far.
  mutating func end(_ report: EpochReport) -> EpochReport {
    var report = report
    report.isBest = stopping.observe(monitor.value(of: report), epoch: report.epoch)
    epochs.append(report)
    losses.append(report.validationLoss ?? report.trainingLoss)
    steps = EpochSteps()
    return report
  }
}

/// What the steps of an epoch gave so far.
struct EpochSteps: Sendable, Codable, Hashable {
  /// The rows they were made from.
  var rows = 0
  var lossSum = 0.0
  var greatestNorm = 0.0
  /// Of the last step.
  var rate = 0.0

  private enum CodingKeys: String, CodingKey {
    case rows, rate
    case lossSum = "loss_sum"
    case greatestNorm = "gradient_norm"
  }
}
