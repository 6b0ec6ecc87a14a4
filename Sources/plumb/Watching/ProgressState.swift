import Training

/// What is known of a training while it goes on.
struct ProgressState: Sendable {
  /// Which of several runs it is; nil for one alone.
  private(set) var place: Repeats.Place?
  private(set) var start: RunStart?
  private(set) var last: EpochReport?
  /// The author's first metric when it was last measured.
  private(set) var metric: MeasuredMetric?
  private(set) var best: EpochReport?
  /// Steps taken so far.
  private(set) var step = 0
  private(set) var training = LossCurve()
  private(set) var validation = LossCurve()
  private(set) var stopped: StopReason?

  /// Takes what an event tells.
  mutating func take(_ event: RunEvent) {
    switch event {
    case .repeated(let place):
      self = ProgressState()
      self.place = place
    case .started(let start):
      let place = place
      self = ProgressState()
      (self.place, self.start, step) = (place, start, start.stepsDone)
      for epoch in start.earlier { take(epoch) }
    case .step(let report): step = report.step
    case .measured(let metric): self.metric = metric
    case .epoch(let report):
      take(report)
      step = report.step
    case .stopped(let reason): stopped = reason
    case .finished: break
    }
  }

  private mutating func take(_ report: EpochReport) {
    last = report
    if report.isBest { best = report }
    if let (name, value) = report.metrics.first { metric = .init(name: name, value: value) }
    training.append(report.trainingLoss)
    if let loss = report.validationLoss { validation.append(loss) }
  }

  /// The epoch that is going on, or was the last.
  var epoch: Int {
    guard let start, stopped == nil else { return last?.epoch ?? 0 }
    return min((last?.epoch ?? Int(epochsBefore)) + 1, start.epochs)
  }

  /// Epochs done, the steps of the one that is going on included.
  var epochsDone: Double {
    guard let start, start.stepsPerEpoch > 0 else { return 0 }
    return Double(step) / Double(start.stepsPerEpoch)
  }

  /// Which part of all epochs is done, 0 to 1.
  var share: Double {
    guard let start, start.epochs > 0 else { return 0 }
    return min(1, epochsDone / Double(start.epochs))
  }

  /// Epochs of a resumed run that are no work of this sitting.
  private var epochsBefore: Double {
    guard let start, start.stepsPerEpoch > 0 else { return 0 }
    return Double(start.stepsDone) / Double(start.stepsPerEpoch)
  }

  /// Training rows a second, validation and all else included.
  func samplesPerSecond(after seconds: Double) -> Double? {
    guard let start, seconds > 0, step > 0 else { return nil }
    return (epochsDone - epochsBefore) * Double(start.trainRows) / seconds
  }

  /// Seconds until all epochs are done, at the speed so far; nil while nothing is known of it.
  func secondsLeft(after seconds: Double) -> Double? {
    let done = epochsDone - epochsBefore
    guard let start, stopped == nil, share > 0, done > 0 else { return nil }
    return seconds * max(0, Double(start.epochs) - epochsDone) / done
  }
}
