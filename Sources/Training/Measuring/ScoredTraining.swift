internal import NetworkGraph
public import SpecCompiler

/// What a training gave of which nothing is kept: its scores by name, for specs that are compared
/// in large numbers.
public struct ScoredTraining: Sendable {
  /// Every metric that is defined on the part, by name; none where an output is no number.
  public var validation: [String: Double]
  public var test: [String: Double]
  public var epochs: Int
  public var bestEpoch: Int
  /// How many steps were taken.
  public var steps: Int
  /// Seconds spent on steps.
  public var stepSeconds: Double
}

/// What the two baselines of a compilation score on its test rows, by name.
public struct BaselineScores: Sendable {
  public var constant: [String: Double]
  public var linear: [String: Double]
}

/// Trains on one thread and scores the network, which is then forgotten; no file is written.
///
/// Rows, first weights and order follow from `data.split.seed` and `training.seed`, so that
/// trainings of different specs with the same two seeds are paired. Throws an error of the kind
/// `diverged` where a number of the network is none.
public func score(
  _ compilation: Compilation, shouldStop: () -> Bool = { false }
) throws(TrainingError) -> ScoredTraining {
  let (job, trainer, outcome) = try trained(compilation, shouldStop)
  func scores(_ rows: PreparedRows) -> [String: Double] {
    let data = rows.data()
    let outputs = trainer.executor.evaluate(rows: data.rows, of: data).outputs
    guard rows.count > 0, outputs.allSatisfy(\.isFinite) else { return [:] }
    return Metrics.values(
      of: job.preparation.target.predictions(Outputs(outputs, of: job.recipe.loss)),
      against: rows.truth, including: job.recipe.metrics)
  }
  return ScoredTraining(
    validation: scores(job.preparation.validation), test: scores(job.preparation.test),
    epochs: outcome.epochs.count, bestEpoch: outcome.bestEpoch, steps: trainer.executor.stepCount,
    stepSeconds: outcome.stepSeconds)
}

/// Fits the baselines to the training rows of a compilation and scores them on its test rows.
public func scoreBaselines(
  _ compilation: Compilation
) throws(TrainingError) -> BaselineScores {
  let job = try Job(compilation, threads: 1, limitBytes: .max)
  let (baselines, rows) = (Baselines(job), job.preparation.test)
  func scores(_ predictions: Predictions) -> [String: Double] {
    Metrics.values(of: predictions, against: rows.truth, including: job.recipe.metrics)
  }
  return BaselineScores(
    constant: scores(baselines.constant.predictions(rows.count)),
    linear: scores(baselines.linearPredictions(rows)))
}

/// Trains on one thread, and returns what rules may know of the run for nothing.
public func probeOfTraining(
  _ compilation: Compilation, shouldStop: () -> Bool = { false }
) throws(TrainingError) -> Probe {
  let (job, trainer, outcome) = try trained(compilation, shouldStop)
  return Judgement(job, trainer, outcome, Baselines(job)).outcome.probe
}

private func trained(
  _ compilation: Compilation, _ shouldStop: () -> Bool
) throws(TrainingError) -> (Job, Trainer, Trainer.Outcome) {
  try checkInstructionSet()
  // Many of these may run at the same time: none writes its rows to a file.
  let job = try Job(compilation, threads: 1, limitBytes: .max)
  let trainer = try Trainer(
    job.recipe, graph: job.graph, preparation: job.preparation, threads: 1)
  let outcome = try trainer.run(shouldStop: shouldStop, report: { _ in })
  guard outcome.stopped != .interrupted else {
    throw TrainingError("stopped before training was over", kind: .interrupted)
  }
  return (job, trainer, outcome)
}
