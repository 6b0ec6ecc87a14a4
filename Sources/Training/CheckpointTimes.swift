/// When the state of a training is saved, and who saves it.
///
/// With a number of epochs it is saved after every so many and after the last. Otherwise about once
/// a minute, so that a short training is never saved; where saving takes long, less often, so that
/// it takes no more than a twentieth of the time.
struct CheckpointTimes {
  private let epochs: Int?
  private let interval: Duration
  private let save: (TrainingState) throws(TrainingError) -> Void
  private let clock = ContinuousClock()
  private var due: ContinuousClock.Instant
  private var saved = -1

  /// Steps between two looks at the clock.
  private static let stepsPerLook = 64

  init(
    every epochs: Int?, interval: Duration = .seconds(60),
    save: @escaping (TrainingState) throws(TrainingError) -> Void
  ) {
    self.epochs = epochs
    self.interval = interval
    self.save = save
    due = clock.now + interval
  }

  /// Whether it is time to save in the middle of an epoch; `step` counts the steps of the epoch.
  func isDue(afterStep step: Int) -> Bool {
    step % Self.stepsPerLook == 0 && epochs == nil && clock.now >= due
  }

  /// Saves between two epochs if it is time to.
  mutating func epochEnded(_ state: TrainingState) throws(TrainingError) {
    let isDue = epochs.map { state.epochs.count % $0 == 0 } ?? (clock.now >= due)
    if isDue { try saveNow(state) }
  }

  /// Saves after the last epoch if the author asked for checkpoints.
  mutating func trainingEnded(_ state: TrainingState) throws(TrainingError) {
    if epochs != nil, saved != state.epochs.count { try saveNow(state) }
  }

  /// Saves, whatever the time.
  mutating func saveNow(_ state: TrainingState) throws(TrainingError) {
    let start = clock.now
    try save(state)
    let end = clock.now
    due = end + max(interval, (end - start) * 20)
    saved = state.steps.rows == 0 ? state.epochs.count : -1
  }
}
