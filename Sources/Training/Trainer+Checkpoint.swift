internal import NetworkGraph

extension Trainer {
  /// What goes into a file when training stands so.
  func checkpoint(of state: TrainingState, _ identity: RunIdentity) -> Checkpoint {
    Checkpoint(
      identity: identity, epochs: state.epochs, steps: state.steps, executor: executor.snapshot(),
      best: state.best.map {
        executor.namedTensors(parameters: $0.parameters, state: $0.state)
      })
  }

  /// Gives the executor the numbers of a checkpoint; throws, naming its file, where they are those
  /// of another training.
  func state(of checkpoint: Checkpoint, path: String) throws(TrainingError) -> TrainingState {
    func foreign(_ words: String) -> TrainingError {
      TrainingError("`\(path)` does not fit this run: \(words)", hints: Checkpoint.wayOut)
    }
    let (rows, steps) = (preparation.train.count, checkpoint.steps)
    let numbers = checkpoint.epochs.map(\.epoch)
    guard numbers == Array(1..<numbers.count + 1), numbers.count <= recipe.epochs,
      steps.rows >= 0, steps.rows < rows, steps.rows % executor.plan.rowsPerStep == 0
    else { throw foreign("it stands where this training never does") }
    var state = TrainingState(monitor, epochs: checkpoint.epochs, steps: steps)
    do {
      if let best = checkpoint.best {
        try executor.load(best)
        state.best = .init(parameters: executor.parameters, state: executor.state)
      }
      try executor.restore(checkpoint.executor)
    } catch {
      throw foreign(error.message)
    }
    return state
  }
}
