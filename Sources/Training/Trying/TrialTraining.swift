public import SpecCompiler
internal import NetworkGraph
internal import Tensors

/// A spec that is trained for its scores alone: nothing is written, and one thread takes the steps.
public struct TrialTraining {
  /// What judges it.
  public enum Measure: Sendable, Hashable {
    /// The loss that is trained.
    case loss
    /// A metric by name.
    case metric(String)
  }

  /// What a training gave.
  public struct Outcome: Sendable {
    /// `interrupted` where it was asked to stop.
    public var stopped: StopReason
    public var epochs: Int
    public var bestEpoch: Int
    /// Of the network that training keeps, on the judging rows; without what is not defined there.
    public var judged: [Measure: Double]
    /// The same on the spec's test rows, if asked for.
    public var test: [Measure: Double]
  }

  private let job: Job
  private let rows: TrialRows

  /// - Parameter rows: encoded for this spec or for one with the same `data` and as many inputs.
  public init(_ compilation: Compilation, on rows: TrialRows) throws(TrainingError) {
    job = try Job(compilation, prepared: rows.preparation, threads: 1)
    self.rows = rows
  }

  /// The seed of the spec.
  public var seed: UInt64 { job.recipe.seed }

  /// Trains with a seed, and judges.
  ///
  /// - Parameters:
  ///   - measures: what to judge by, of which the first is measured after each epoch too.
  ///   - judgesTest: whether the test part is looked at.
  ///   - checkpoint: where it is saved, and gone on from; the caller removes it.
  ///   - shouldStop: asked before every step.
  ///   - epoch: told each epoch from 1 with the first measure on the validation rows, where it is
  ///     defined, those before a checkpoint too; whether to go on.
  public func run(
    seed: UInt64, measures: [Measure], judgesTest: Bool = false,
    checkpoint: TrialCheckpoint? = nil, shouldStop: () -> Bool,
    epoch: (_ epoch: Int, _ value: Double) -> Bool = { _, _ in true }
  ) throws(TrainingError) -> Outcome {
    var recipe = job.recipe
    recipe.seed = seed
    var trainer = try Trainer(
      recipe, graph: job.graph, preparation: job.preparation, threads: 1)
    if case .metric(let name)? = measures.first { trainer.watched = Metrics.named(name) }
    var isEnded = false
    func tell(_ report: EpochReport) {
      guard let value = report.value(of: measures.first) else { return }
      if !epoch(report.epoch, value) { isEnded = true }
    }
    let start = checkpoint.flatMap { checkpoint in
      checkpoint.state(for: trainer) { checkpoint.identity(job, seed: seed) }
    }
    for report in start?.epochs ?? [] { tell(report) }
    let times = checkpoint.map { checkpoint in
      CheckpointTimes(every: nil) { [trainer] (state) throws(TrainingError) in
        // One that others end early is not gone on with.
        guard !isEnded else { return }
        checkpoint.save(trainer.checkpoint(of: state, checkpoint.identity(job, seed: seed)))
      }
    }
    let trained = try trainer.run(
      from: start, checkpoints: times, shouldStop: { isEnded || shouldStop() },
      report: { event in
        if case .epoch(let report) = event { tell(report) }
      })
    var outcome = Outcome(
      stopped: trained.stopped, epochs: trained.epochs.count, bestEpoch: trained.bestEpoch,
      judged: [:], test: [:])
    guard trained.stopped != .interrupted else { return outcome }
    outcome.judged = judged(rows.judging, by: measures, trainer)
    if judgesTest, rows.testCount > 0 {
      outcome.test = judged(job.preparation.test, by: measures, trainer)
    }
    return outcome
  }

  private func judged(
    _ rows: PreparedRows, by measures: [Measure], _ trainer: Trainer
  ) -> [Measure: Double] {
    let data = rows.data()
    let evaluation = trainer.executor.evaluate(rows: data.rows, of: data)
    let predictions = job.preparation.target.predictions(
      Outputs(evaluation.outputs, of: job.recipe.loss))
    var values: [Measure: Double] = [:]
    for measure in measures {
      switch measure {
      case .loss: values[measure] = evaluation.loss.isFinite ? evaluation.loss : nil
      case .metric(let name):
        values[measure] = Metrics.named(name)?.value(of: predictions, against: rows.truth)
      }
    }
    return values
  }
}

extension EpochReport {
  /// What a training is judged by, on the validation rows.
  fileprivate func value(of measure: TrialTraining.Measure?) -> Double? {
    switch measure {
    case .loss: validationLoss
    case .metric(let name): metrics[name]
    case nil: nil
    }
  }
}
