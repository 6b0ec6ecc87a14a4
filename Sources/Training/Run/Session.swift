internal import ModelExchange
internal import NetworkGraph
internal import SpecCompiler
internal import SpecSyntax
internal import Tables
internal import Tensors

/// One sitting of a run: from its start, or from where it was cut short, until it ends or is cut
/// short again.
struct Session {
  private let job: Job
  private let trainer: Trainer
  private let folder: PartialRun
  private let origin: RunOrigin
  private let identity: RunIdentity
  /// How long earlier sittings took.
  private let before: Sittings?

  init(
    _ job: Job, _ trainer: Trainer, _ folder: PartialRun, version: String, origin: RunOrigin
  ) {
    (self.job, self.trainer, self.folder, self.origin) = (job, trainer, folder, origin)
    identity = RunIdentity(
      version: version, resolution: job.compilation.resolution, files: origin.files,
      rows: job.preparation.fingerprint)
    before = folder.sittings
  }

  /// Takes the state of the last checkpoint, if there is one, and writes what is known beforehand.
  func begin(_ place: RunPlace) throws(TrainingError) -> TrainingState {
    try RepeatsLog.checkAbsent(in: folder)
    let checkpoint = try folder.checkpoint()
    var state = trainer.start
    if let checkpoint {
      let path = "\(folder.path)/\(RunFile.checkpoint)"
      try checkpoint.identity.check(identity, path: path, table: job.table.path)
      state = try trainer.state(of: checkpoint, path: path)
    } else if case .ended = place {
      throw TrainingError(
        "`\(folder.name)` has no checkpoint: there is nothing to end it with",
        hints: ["leave out `--finish`, and training begins anew"])
    } else {
      folder.clear()
    }
    try writeBeginning(to: folder)
    return state
  }

  /// Writes what is known before the first step.
  private func writeBeginning(to folder: PartialRun) throws(TrainingError) {
    try folder.write(Manifest(job, origin, identity), job)
    let preprocessing = Preprocessing(
      features: job.preparation.features, target: job.preparation.target)
    try folder.write(JSONText.of(preprocessing) + "\n", to: RunFile.preprocessing)
  }

  /// Trains on from a state; throws when it is stopped, after saving how far it came.
  func train(
    from state: TrainingState, _ place: RunPlace, _ shouldStop: () -> Bool,
    _ wantsMetric: () -> Bool, _ report: (RunEvent) -> Void,
    saving: @escaping (TrainingState) -> Sittings
  ) throws(TrainingError) -> Trainer.Outcome {
    if case .ended = place {
      guard !state.epochs.isEmpty else {
        throw TrainingError(
          "`\(folder.name)` has no whole epoch yet: there is nothing to end it with",
          hints: ["leave out `--finish` and let it train"])
      }
      return try trainer.run(from: state, shouldStop: { true }, report: report)
    }
    let checkpoints = CheckpointTimes(every: job.spec.training.checkpoint?.every) {
      (state) throws(TrainingError) in
      try folder.save(
        trainer.checkpoint(of: state, identity), saving(state).following(before))
    }
    let outcome = try trainer.run(
      from: state, checkpoints: checkpoints, shouldStop: shouldStop, wantsMetric: wantsMetric,
      report: report)
    guard outcome.stopped != .interrupted else {
      throw TrainingError(
        "interrupted after \(outcome.epochs.count) of \(job.recipe.epochs) epochs",
        kind: .interrupted)
    }
    return outcome
  }

  /// Writes what was found and gives the folder its name, which is returned.
  ///
  /// A run that was never saved is written elsewhere where its own folder takes it no more: the
  /// error then names that place, or says that the weights are lost.
  func end(
    _ outcome: Trainer.Outcome, _ judged: RunOutcome, _ timing: RunTiming, _ log: inout EventLog
  ) throws(TrainingError) -> String {
    do throws(TrainingError) {
      try log.end(judged)
      return try writeEnd(outcome, judged, timing, to: folder)
    } catch {
      guard !folder.hasCheckpoint else { throw error }
      throw SpareFolder.saving(error, events: folder) { (spare) throws(TrainingError) in
        try writeBeginning(to: spare)
        return try writeEnd(outcome, judged, timing, to: spare)
      }
    }
  }

  /// The time of this sitting, of a run that may have had others.
  func timing(_ sitting: Sittings) -> RunTiming { sitting.following(before).timing }

  private func writeEnd(
    _ outcome: Trainer.Outcome, _ judged: RunOutcome, _ timing: RunTiming, to folder: PartialRun
  ) throws(TrainingError) -> String {
    let lines = outcome.epochs.map { $0.json.text(.line) + "\n" }
    try folder.write(lines.joined(), to: RunFile.metrics)
    let tensors = trainer.executor.namedTensors().map {
      SafeTensors.Tensor(name: $0.name, shape: $0.shape, values: $0.values)
    }
    try folder.write(
      SafeTensors(tensors: tensors, metadata: ["format": "plumb"]).encoded(), to: RunFile.weights)
    try folder.write(JSONText.of(judged) + "\n", to: RunFile.result)
    try folder.write(JSONText.of(timing) + "\n", whole: RunFile.timing)
    return try folder.finish(keepsCheckpoint: job.spec.training.checkpoint != nil)
  }
}

extension RunPlace {
  /// Whether the folder may be that of a run which was cut short.
  var continues: Bool {
    switch self {
    case .resumed, .ended: true
    case .numbered, .folder: false
    }
  }
}
