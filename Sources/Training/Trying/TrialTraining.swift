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

  /// What the network that training keeps is worth on some rows.
  public struct Scores: Sendable {
    /// Without what is not defined there.
    public var values: [Measure: Double] = [:]
    /// The same without each group of `LeftOutRows`, where that is asked for and defined.
    public var rests: [Measure: [Double]] = [:]
  }

  /// What a training gave.
  public struct Outcome: Sendable {
    /// `interrupted` where it was asked to stop.
    public var stopped: StopReason
    public var epochs: Int
    public var bestEpoch: Int
    /// On the judging rows.
    public var judged = Scores()
    /// On the spec's test rows, if asked for.
    public var test = Scores()
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
  ///   - isFinal: whether the test part is looked at, and how much the scores hang on the rows.
  ///   - checkpoint: where it is saved, and gone on from; the caller removes it.
  ///   - shouldStop: asked before every step.
  ///   - resumed: told how many epochs the checkpoint has that is gone on from.
  ///   - epoch: told each epoch from 1 with the first measure on the validation rows, where it is
  ///     defined, those before a checkpoint too; whether to go on.
  public func run(
    seed: UInt64, measures: [Measure], isFinal: Bool = false,
    checkpoint: TrialCheckpoint? = nil, shouldStop: () -> Bool,
    resumed: (_ epochs: Int) -> Void = { _ in },
    epoch: (_ epoch: Int, _ value: Double) -> Bool = { _, _ in true }
  ) throws(TrainingError) -> Outcome {
    var trainer = try job.trainer(seed: seed)
    if case .metric(let name)? = measures.first { trainer.watched = Metrics.named(name) }
    var isEnded = false
    func tell(_ report: EpochReport) {
      guard let value = report.value(of: measures.first) else { return }
      if !epoch(report.epoch, value) { isEnded = true }
    }
    let start = checkpoint.flatMap { checkpoint in
      checkpoint.state(for: trainer) { checkpoint.identity(job, seed: seed) }
    }
    if let start { resumed(start.epochs.count) }
    for report in start?.epochs ?? [] { tell(report) }
    let times = checkpoint.map { checkpoint in
      CheckpointTimes(every: nil, interval: TrialCheckpoint.interval) {
        [trainer] (state) throws(TrainingError) in
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
    return outcome(trained, of: trainer, measures: measures, isFinal: isFinal)
  }

  /// One of several trainings.
  public struct Task {
    public var training: TrialTraining
    public var seed: UInt64
    /// Whether the test part is looked at, and how much the scores hang on the rows.
    public var isFinal: Bool

    public init(_ training: TrialTraining, seed: UInt64, isFinal: Bool = false) {
      (self.training, self.seed, self.isFinal) = (training, seed, isFinal)
    }
  }

  /// Trains several with their seeds, and judges: each to what `run` gives, but networks of one
  /// shape side by side in the lanes of vectors where that is faster.
  ///
  /// - Parameters:
  ///   - measures: what to judge by.
  ///   - shouldStop: asked before every step.
  public static func run(
    _ tasks: [Task], measures: [Measure], shouldStop: () -> Bool
  ) -> [Result<Outcome, TrainingError>] {
    let trainers = tasks.map { task in
      Result { () throws(TrainingError) in try task.training.job.trainer(seed: task.seed) }
    }
    let trained = trainSideBySide(
      zip(tasks, trainers).compactMap { task, trainer in
        guard case .success(let trainer) = trainer else { return nil }
        return (trainer, task.training.job.laneKind(trainer))
      }, shouldStop: shouldStop)
    var rest = trained[...]
    return zip(tasks, trainers).map { task, trainer in
      trainer.flatMap { trainer in
        rest.removeFirst().map {
          task.training.outcome(
            $0, of: trainer, measures: measures, isFinal: task.isFinal)
        }
      }
    }
  }

  /// Whether so many trainings like this one are faster together than one after another.
  public func isFasterTogether(_ count: Int) -> Bool { job.isFasterInLanes(count) }

  private func outcome(
    _ trained: Trainer.Outcome, of trainer: Trainer, measures: [Measure], isFinal: Bool
  ) -> Outcome {
    var outcome = Outcome(
      stopped: trained.stopped, epochs: trained.epochs.count, bestEpoch: trained.bestEpoch)
    guard trained.stopped != .interrupted else { return outcome }
    outcome.judged = scores(on: rows.judging, by: measures, trainer, isFinal: isFinal)
    if isFinal, rows.testCount > 0 {
      outcome.test = scores(on: job.preparation.test, by: measures, trainer, isFinal: true)
    }
    return outcome
  }

  private func scores(
    on rows: PreparedRows, by measures: [Measure], _ trainer: Trainer, isFinal: Bool
  ) -> Scores {
    let data = rows.data()
    let outputs = trainer.executor.evaluate(rows: data.rows, of: data)
    var scores = Scores()
    for measure in measures {
      scores.values[measure] = value(
        of: measure, outputs.outputs, rows.truth, loss: { outputs.loss })
    }
    guard isFinal else { return scores }
    let losses = RowLosses(outputs: outputs.outputs, of: rows, job.recipe.loss).values
    let width = outputs.outputs.count / max(1, rows.count)
    for rest in LeftOutRows.rests(of: rows.count) {
      let values = rest.flatMap { outputs.outputs[($0 * width)..<(($0 + 1) * width)] }
      let truth = rows.truth(of: rest)
      for measure in measures {
        let value = value(
          of: measure, values, truth, loss: { mean(rest.map { losses[$0] }) ?? .nan })
        scores.rests[measure, default: []].append(value ?? .nan)
      }
    }
    scores.rests = scores.rests.filter { $1.allSatisfy(\.isFinite) }
    return scores
  }

  /// nil where it is not defined.
  private func value(
    of measure: Measure, _ outputs: [Float], _ truth: Truth, loss: () -> Double
  ) -> Double? {
    switch measure {
    case .loss:
      let loss = loss()
      return loss.isFinite ? loss : nil
    case .metric(let name):
      let predictions = job.preparation.target.predictions(Outputs(outputs, of: job.recipe.loss))
      return Metrics.named(name)?.value(of: predictions, against: truth)
    }
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
