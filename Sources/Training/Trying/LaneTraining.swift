internal import NetworkGraph
internal import Tensors

/// Trainings of one kind in the lanes of vectors, until too few are left.
///
/// All lanes take the steps of an epoch together, whichever epoch it is for each. A training that
/// ends makes room for one that waits. One whose numbers run off is trained again alone, which says
/// where they did.
struct LaneTraining {
  private struct Seat {
    var index: Int
    var trainer: Trainer
    var state: TrainingState
    /// Of the best epoch, where weights are restored.
    var best: [Float]?
    /// Whether a loss was not finite.
    var isOff = false
  }

  private let lanes: LaneExecutor
  private let trainers: [Trainer]
  private var seats: [Seat?]
  private var waiting: Range<Int>
  private var results: [Int: Result<Trainer.Outcome, TrainingError>] = [:]
  private var order: [Int32]

  /// Nil where these cannot be trained in lanes; all are of one `LaneKind`, before their first
  /// step.
  init?(_ trainers: [Trainer]) {
    guard let first = trainers.first,
      let lanes = LaneExecutor(
        first.executor.plan, rowCount: first.train.rowCount,
        validationCount: first.validation.rowCount, labelSmoothing: first.recipe.labelSmoothing)
    else { return nil }
    (self.lanes, self.trainers, order) = (lanes, trainers, first.train.rows)
    seats = Array(repeating: nil, count: lanes.laneCount)
    waiting = trainers.indices
  }

  /// Trains all, and gives what became of each; the executors hold the weights to be kept.
  mutating func run(shouldStop: () -> Bool) -> [Result<Trainer.Outcome, TrainingError>] {
    fillSeats()
    var stopped = false
    while !stopped, seats.contains(where: { $0 != nil }) {
      let count = seats.count { $0 != nil }
      if waiting.isEmpty, count < lanes.laneCount, !lanes.plan.isFasterInLanes(count) {
        finishAlone(shouldStop)
        break
      }
      stopped = !takeEpoch(shouldStop)
      if !stopped { endEpoch(shouldStop) }
      fillSeats()
    }
    return trainers.indices.map { results[$0] ?? .failure(.stoppedEarly) }
  }

  /// Gives free lanes to trainings that wait.
  private mutating func fillSeats() {
    for lane in seats.indices where seats[lane] == nil {
      guard let index = waiting.popFirst() else { return }
      let trainer = trainers[index]
      lanes.load(
        trainer.executor, training: trainer.train,
        validation: trainer.validationRows.isEmpty ? nil : trainer.validation, lane: lane)
      seats[lane] = Seat(index: index, trainer: trainer, state: trainer.start)
      if trainer.recipe.epochs == 0 { leave(lane, .finished) }
    }
  }

  /// Takes the steps of an epoch; whether it was not stopped in between.
  private mutating func takeEpoch(_ shouldStop: () -> Bool) -> Bool {
    let clock = ContinuousClock()
    let start = clock.now
    for (lane, seat) in seats.enumerated() {
      guard let seat else { continue }
      seat.trainer.shuffle(&order, epoch: seat.state.epochs.count + 1)
      lanes.setOrder(order, lane: lane)
    }
    let batch = lanes.plan.batch
    var progress = seats.map { seat in seat.map { $0.trainer.progress($0.state, step: 0) } }
    var rates = Array(repeating: 0.0, count: seats.count)
    for place in stride(from: 0, to: order.count, by: batch) {
      if shouldStop() { return false }
      let places = place..<min(place + batch, order.count)
      for (lane, seat) in seats.enumerated() {
        guard let seat, let own = progress[lane] else { continue }
        rates[lane] = seat.trainer.recipe.rateFactor * seat.trainer.recipe.schedule.rate(at: own)
        progress[lane]?.step += 1
      }
      let losses = lanes.trainStep(places, rates: rates)
      for lane in seats.indices where seats[lane] != nil {
        seats[lane]?.state.steps.rows += places.count
        seats[lane]?.state.steps.lossSum += losses[lane] * Double(places.count)
        seats[lane]?.state.steps.rate = rates[lane]
        if !losses[lane].isFinite { seats[lane]?.isOff = true }
      }
    }
    let share = seconds(clock.now - start) / Double(max(1, seats.count { $0 != nil }))
    for lane in seats.indices { seats[lane]?.state.stepSeconds += share }
    return true
  }

  /// Measures the epoch of every lane, and ends trainings that are over.
  private mutating func endEpoch(_ shouldStop: () -> Bool) {
    let off = lanes.nonFiniteLanes()
    let measured = lanes.evaluate(
      wantsOutputs: seats.contains { $0?.trainer.keptMetrics.isEmpty == false })
    for lane in seats.indices {
      guard var seat = seats[lane] else { continue }
      let trainer = seat.trainer
      if seat.isOff || off.contains(lane) {
        results[seat.index] = trainer.runAlone(shouldStop: shouldStop)
        leave(lane)
        continue
      }
      let report = seat.state.end(
        trainer.report(seat.state.epochs.count + 1, seat.state.steps, { _ in measured[lane] }))
      if report.isBest, trainer.monitor.restoresBest { seat.best = lanes.parameters(of: lane) }
      seats[lane] = seat
      do throws(TrainingError) {
        try trainer.checkMetric(report)
        if seat.state.epochs.count >= trainer.recipe.epochs {
          leave(lane, .finished)
        } else if seat.state.isExhausted {
          leave(lane, .earlyStopping)
        }
      } catch {
        results[seat.index] = .failure(error)
        leave(lane)
      }
    }
  }

  /// Ends the training in a lane with the weights to be kept.
  private mutating func leave(_ lane: Int, _ stopped: StopReason) {
    guard let seat = seats[lane] else { return }
    lanes.unload(lane, into: seat.trainer.executor)
    if let best = seat.best { lanes.restore(best, into: seat.trainer.executor) }
    results[seat.index] = .success(seat.trainer.outcome(of: seat.state, stopped))
    leave(lane)
  }

  private mutating func leave(_ lane: Int) {
    seats[lane] = nil
    lanes.clear(lane)
  }

  /// Trains those that are left one after another, on from where they are.
  private mutating func finishAlone(_ shouldStop: () -> Bool) {
    for lane in seats.indices {
      guard var seat = seats[lane] else { continue }
      let executor = seat.trainer.executor
      if let best = seat.best {
        lanes.restore(best, into: executor)
        seat.state.best = .init(parameters: executor.parameters, state: executor.state)
      }
      lanes.unload(lane, into: executor)
      results[seat.index] = seat.trainer.runAlone(from: seat.state, shouldStop: shouldStop)
      seats[lane] = nil
    }
  }
}

extension TrainingError {
  fileprivate static var stoppedEarly: TrainingError {
    TrainingError("stopped before training was over", kind: .interrupted)
  }
}
