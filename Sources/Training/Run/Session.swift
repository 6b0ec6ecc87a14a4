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
  private let resolvedText: String

  init(
    _ job: Job, _ trainer: Trainer, _ folder: PartialRun, version: String, origin: RunOrigin
  ) {
    (self.job, self.trainer, self.folder, self.origin) = (job, trainer, folder, origin)
    let resolution = job.compilation.resolution
    resolvedText = resolution?.text ?? ""
    identity = RunIdentity(
      version: version, resolution: resolution, files: origin.files,
      rows: job.preparation.fingerprint)
  }

  /// Takes the state of the last checkpoint, if there is one, and writes what is known beforehand.
  func begin(_ place: RunPlace) throws(TrainingError) -> TrainingState {
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
    // The manifest first: it says that the folder is that of a run.
    try folder.write(JSONText.of(manifest) + "\n", to: RunFile.manifest)
    try folder.write(job.compilation.sources[0].bytes, to: RunFile.spec)
    try folder.write(resolvedText, to: RunFile.resolved)
    let preprocessing = Preprocessing(
      features: job.preparation.features, target: job.preparation.target)
    try folder.write(JSONText.of(preprocessing) + "\n", to: RunFile.preprocessing)
    return state
  }

  /// Trains on from a state; throws when it is stopped, after saving how far it came.
  func train(
    from state: TrainingState, _ place: RunPlace, _ shouldStop: () -> Bool,
    _ wantsMetric: () -> Bool, _ report: (RunEvent) -> Void, beforeSaving: @escaping () -> Void
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
      beforeSaving()
      try folder.save(trainer.checkpoint(of: state, identity))
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
  func end(
    _ outcome: Trainer.Outcome, _ judged: RunOutcome, _ timing: RunTiming
  ) throws(TrainingError) -> String {
    let lines = outcome.epochs.map { $0.json.text(.line) + "\n" }
    try folder.write(lines.joined(), to: RunFile.metrics)
    let tensors = trainer.executor.namedTensors().map {
      SafeTensors.Tensor(name: $0.name, shape: $0.shape, values: $0.values)
    }
    try folder.write(
      SafeTensors(tensors: tensors, metadata: ["format": "plumb"]).encoded(), to: RunFile.weights)
    try folder.write(JSONText.of(judged) + "\n", to: RunFile.result)
    try folder.write(JSONText.of(timing) + "\n", last: RunFile.timing)
    return try folder.finish(keepsCheckpoint: job.spec.training.checkpoint != nil)
  }

  private var manifest: Manifest {
    let (preparation, graph, table) = (job.preparation, job.graph, job.table)
    var classes: [String]?
    if case .classes(_, let levels) = preparation.target.target { classes = levels }
    let namedIn = job.compilation.dataOrigin
    return Manifest(
      format: Manifest.currentFormat, version: identity.version, name: job.compilation.name,
      command: origin.command, seed: job.recipe.seed, threads: job.threads,
      instructionSet: identity.instructionSet,
      spec: .init(
        sha256: sha256(job.compilation.sources[0].bytes),
        resolved: sha256(Array(resolvedText.utf8))),
      data: .init(
        path: job.spec.data.source, rows: table.rowCount, columns: table.columns.count,
        spec: namedIn.hasPrefix("--set") ? nil : namedIn, fingerprint: identity.rows,
        files: origin.files.isEmpty ? nil : origin.files),
      rows: job.rows, task: job.spec.data.task.decided.rawValue,
      target: preparation.target.columns, classes: classes,
      inputShape: graph.inputShape.sizes, inputNames: preparation.features.inputNames,
      outputs: graph.outputShape.count, parameters: graph.parameterCount,
      missing: table.format.missing.value)
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
