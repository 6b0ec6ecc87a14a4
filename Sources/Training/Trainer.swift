internal import NetworkGraph
internal import SpecCompiler
internal import Tensors

/// Trains a network on prepared rows: epochs of steps on batches of shuffled rows.
///
/// The order of the rows in an epoch depends on the seed and the epoch's number only.
struct Trainer {
  /// What training gave; the executor holds the weights to be kept.
  struct Outcome: Sendable {
    var epochs: [EpochReport]
    var bestEpoch: Int
    var stopped: StopReason
    /// Seconds spent on steps, without validation; of a run that was resumed, since then.
    var stepSeconds: Double
    /// How many rows steps were made from in that time.
    var steppedRows: Int
  }

  let recipe: Recipe
  let executor: Executor
  let preparation: Preparation
  let train: TrainingData
  let validation: TrainingData
  /// The mean loss of at most 1,024 evenly spread training rows before the first step; nil where it
  /// is not finite.
  let initialLoss: Double?
  /// Told of every step that is taken, if anybody wants to know.
  var observeStep: ((StepResult) -> Void)?
  /// Measured after every epoch beside what the spec monitors.
  var watched: Metric?
  let validationRows: [Int32]
  let monitor: Monitor
  private let threads: Int?

  /// - Parameter threads: how many take the steps; nil for as many as are fastest.
  init(
    _ recipe: Recipe, graph: Graph, preparation: Preparation, threads: Int? = nil
  ) throws(TrainingError) {
    self.threads = threads
    self.recipe = recipe
    self.preparation = preparation
    let rows = preparation.train.count
    let batch = min(recipe.batchSize, rows)
    var rules = recipe.rules
    if recipe.optimizer.needsAllRows { rules.accumulation = (rows + batch - 1) / batch }
    let plan = Plan(
      graph: graph, batch: batch, loss: recipe.loss, optimizer: recipe.optimizer, rules: rules)
    try checkMemory(bytes: plan.memoryBytes)
    executor = Executor(plan, seed: recipe.seed)
    executor.labelSmoothing = recipe.labelSmoothing
    // The way from a rate of 1 to counts in the hundreds would take most of a short run.
    if recipe.loss.link == .exponential {
      executor.startOutputs(at: meanLogarithms(preparation.train))
    }
    train = preparation.train.data(
      weights: try rowWeights(recipe.classWeights, preparation.train, preparation.target))
    let first = executor.loss(rows: spreadRows(rows, over: 1024), of: train)
    initialLoss = first.isFinite ? first : nil
    validation = preparation.validation.data()
    validationRows = validation.rows
    monitor = try Monitor(recipe.earlyStopping, hasValidation: preparation.validation.count > 0)
  }

  var stepsPerEpoch: Int {
    let (rows, step) = (preparation.train.count, executor.plan.rowsPerStep)
    return (rows + step - 1) / step
  }

  /// Before the first step.
  var start: TrainingState { TrainingState(monitor) }

  /// Trains until all epochs are done, progress ends, or `shouldStop` says so, on from a state that
  /// is the executor's own.
  ///
  /// What was trained until it was asked to stop is saved. `wantsMetric` is asked after every epoch
  /// whether the author's first metric is to be told even if nothing depends on it. Throws when a
  /// number of the network is no longer finite.
  func run(
    from start: TrainingState? = nil, checkpoints: CheckpointTimes? = nil,
    shouldStop: () -> Bool, wantsMetric: () -> Bool = { false }, report: (RunEvent) -> Void
  ) throws(TrainingError) -> Outcome {
    var (state, checkpoints) = (start ?? self.start, checkpoints)
    var stopped = StopReason.finished
    var order = train.rows
    let plan = executor.plan
    // The gradients of weights and of inputs each cost as much as the forward pass.
    var threads = ThreadChoice(threads, stepFlops: 3 * plan.graph.flops * plan.rowsPerStep)
    executor.workers = threads.workers
    let rowsBefore = state.rowsStepped(preparation.train.count)
    while state.epochs.count < recipe.epochs {
      if state.isExhausted {
        stopped = .earlyStopping
        break
      }
      let isWhole = try takeSteps(
        &state, &order, &threads, &checkpoints, shouldStop, report)
      guard isWhole else {
        stopped = .interrupted
        if executor.stepCount > 0 { try checkpoints?.saveNow(state) }
        break
      }
      report(.epoch(try endEpoch(&state, wantsMetric, report)))
      try checkpoints?.epochEnded(state)
    }
    if stopped != .interrupted { try checkpoints?.trainingEnded(state) }
    guard !state.epochs.isEmpty else {
      throw TrainingError("stopped before the first epoch was over", kind: .interrupted)
    }
    executor.keepAveragedWeights()
    if let best = state.best {
      (executor.parameters, executor.state) = (best.parameters, best.state)
    }
    report(.stopped(stopped))
    return outcome(of: state, stopped, rowsBefore: rowsBefore)
  }

  /// What a training gave whose weights to be kept are the executor's.
  func outcome(of state: TrainingState, _ stopped: StopReason, rowsBefore: Int = 0) -> Outcome {
    Outcome(
      epochs: state.epochs, bestEpoch: state.bestEpoch, stopped: stopped,
      stepSeconds: state.stepSeconds,
      steppedRows: state.rowsStepped(preparation.train.count) - rowsBefore)
  }

  /// Takes the steps that are left of an epoch; whether it was not stopped in between.
  private func takeSteps(
    _ state: inout TrainingState, _ order: inout [Int32], _ threads: inout ThreadChoice,
    _ checkpoints: inout CheckpointTimes?, _ shouldStop: () -> Bool,
    _ report: (RunEvent) -> Void
  ) throws(TrainingError) -> Bool {
    let epoch = state.epochs.count + 1
    let (clock, secondsBefore) = (ContinuousClock(), state.stepSeconds)
    let start = clock.now
    defer { state.stepSeconds = secondsBefore + seconds(clock.now - start) }
    shuffle(&order, epoch: epoch)
    let rowsPerStep = executor.plan.rowsPerStep
    var step = state.steps.rows / rowsPerStep
    var progress = progress(state, step: step)
    while state.steps.rows < order.count {
      if shouldStop() { return false }
      let rows = order[state.steps.rows..<min(state.steps.rows + rowsPerStep, order.count)]
      let rate = recipe.rateFactor * recipe.schedule.rate(at: progress)
      let result = trainStep(rows, rate: rate, &threads)
      observeStep?(result)
      progress.step += 1
      if let place = result.nonFinite {
        throw .diverged(at: place, step: progress.step, epoch: epoch, rate: rate, recipe)
      }
      state.steps.rows += rows.count
      state.steps.lossSum += result.loss * Double(rows.count)
      state.steps.greatestNorm = max(state.steps.greatestNorm, result.gradientNorm)
      state.steps.rate = rate
      step += 1
      report(.step(StepReport(epoch: epoch, step: progress.step)))
      if state.steps.rows < order.count, checkpoints?.isDue(afterStep: step) == true {
        state.stepSeconds = secondsBefore + seconds(clock.now - start)
        try checkpoints?.saveNow(state)
      }
    }
    if let place = executor.nonFiniteParameters() {
      throw .diverged(
        at: place, step: progress.step, epoch: epoch, rate: state.steps.rate, recipe)
    }
    return true
  }

  /// The order of the rows in an epoch.
  func shuffle(_ order: inout [Int32], epoch: Int) {
    for i in order.indices { order[i] = Int32(truncatingIfNeeded: i) }
    var source = RandomSource(seed: recipe.seed).split("order").split(UInt64(epoch))
    source.shuffle(&order)
  }

  /// What the schedule goes by after so many steps of the epoch that is going on.
  func progress(_ state: TrainingState, step: Int) -> TrainingProgress {
    TrainingProgress(
      step: state.epochs.count * stepsPerEpoch + step, totalSteps: recipe.epochs * stepsPerEpoch,
      stepsPerEpoch: stepsPerEpoch, losses: state.losses)
  }

  /// Measures the epoch whose steps are all taken, and keeps its weights if they are the best.
  private func endEpoch(
    _ state: inout TrainingState, _ wantsMetric: () -> Bool, _ tell: (RunEvent) -> Void
  ) throws(TrainingError) -> EpochReport {
    let epoch = state.epochs.count + 1
    executor.endEpoch(epoch, of: recipe.epochs)
    let report = executor.withAveragedWeights {
      let report = state.end(
        self.report(epoch, state.steps, measure, wantsMetric: wantsMetric, tell))
      if report.isBest, monitor.restoresBest {
        state.best = .init(parameters: executor.parameters, state: executor.state)
      }
      return report
    }
    try checkMetric(report)
    return report
  }

  /// Throws where the first epoch shows that what is monitored has no value on these rows.
  func checkMetric(_ report: EpochReport) throws(TrainingError) {
    guard report.epoch == 1, let metric = monitor.metric, report.metrics[metric.name] == nil,
      !validationRows.isEmpty
    else { return }
    throw .unmeasurable(metric)
  }

  /// Takes a step, and measures it while that decides how many threads take the next.
  private func trainStep(
    _ rows: ArraySlice<Int32>, rate: Double, _ threads: inout ThreadChoice
  ) -> StepResult {
    guard threads.isOpen, rows.count == executor.plan.rowsPerStep else {
      return executor.trainStep(rows: rows, of: train, rate: rate)
    }
    let clock = ContinuousClock()
    let start = clock.now
    let result = executor.trainStep(rows: rows, of: train, rate: rate)
    threads.observe(seconds(clock.now - start))
    if threads.workers !== executor.workers { executor.workers = threads.workers }
    return result
  }

  /// The metrics that are measured after every epoch.
  var keptMetrics: [Metric] { [monitor.metric, watched].compactMap(\.self) }

  /// The loss of the validation rows, and their outputs where they are wanted.
  private func measure(wantsOutputs: Bool) -> (loss: Double, outputs: [Float]) {
    guard wantsOutputs else { return (executor.loss(rows: validationRows, of: validation), []) }
    let evaluation = executor.evaluate(rows: validationRows, of: validation)
    return (evaluation.loss, evaluation.outputs)
  }

  /// What there is to tell of an epoch.
  ///
  /// - Parameter measure: gives the loss of the validation rows, and their outputs.
  func report(
    _ epoch: Int, _ steps: EpochSteps,
    _ measure: (_ wantsOutputs: Bool) -> (loss: Double, outputs: [Float]),
    wantsMetric: () -> Bool = { false }, _ tell: (RunEvent) -> Void = { _ in }
  ) -> EpochReport {
    var report = EpochReport(
      epoch: epoch, step: epoch * stepsPerEpoch,
      trainingLoss: steps.lossSum / Double(preparation.train.count), validationLoss: nil,
      metrics: [:], learningRate: steps.rate, gradientNorm: steps.greatestNorm, isBest: false)
    guard !validationRows.isEmpty else { return report }
    let kept = keptMetrics
    let first = recipe.metrics.first.flatMap { Metrics.named($0) }
    let told = kept.isEmpty && wantsMetric() ? first : nil
    let measured = measure(told != nil || !kept.isEmpty)
    report.validationLoss = measured.loss.isFinite ? measured.loss : nil
    guard told != nil || !kept.isEmpty else { return report }
    let predictions = preparation.target.predictions(
      Outputs(measured.outputs, of: executor.plan.loss))
    let truth = preparation.validation.truth
    for metric in kept {
      report.metrics[metric.name] = metric.value(of: predictions, against: truth)
    }
    if let told, let value = told.value(of: predictions, against: truth) {
      tell(.measured(MeasuredMetric(name: told.name, value: value)))
    }
    return report
  }
}

/// The logarithm of each target's mean, of at least a millionth.
func meanLogarithms(_ rows: PreparedRows) -> [Float] {
  (0..<rows.targetCount).map { target in
    let values = stride(from: target, to: rows.targets.count, by: rows.targetCount)
      .map { Double(rows.targets[$0]) }
    return Float(logarithm(max(mean(values) ?? 0, 1e-6)))
  }
}

/// The numbers of at most so many of the rows, evenly spread.
func spreadRows(_ count: Int, over limit: Int) -> [Int32] {
  let taken = min(count, limit)
  return (0..<taken).map { Int32($0 * count / taken) }
}

/// A duration as a number of seconds.
func seconds(_ duration: Duration) -> Double {
  Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}
