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
    /// Seconds spent on steps, without validation.
    var stepSeconds: Double
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
  private let validationRows: [Int32]
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

  /// Trains until all epochs are done, progress ends, or `shouldStop` says so.
  ///
  /// `wantsMetric` is asked after every epoch whether the author's first metric is to be told even
  /// if nothing depends on it. Throws when a number of the network is no longer finite.
  func run(
    shouldStop: () -> Bool, wantsMetric: () -> Bool = { false }, report: (RunEvent) -> Void
  ) throws(TrainingError) -> Outcome {
    var outcome = Outcome(epochs: [], bestEpoch: 0, stopped: .finished, stepSeconds: 0)
    var stopping = monitor.stopping
    var best: (parameters: [Float], state: [Float])?
    var losses: [Double] = []
    var order = train.rows
    let clock = ContinuousClock()
    let plan = executor.plan
    // The gradients of weights and of inputs each cost as much as the forward pass.
    var threads = ThreadChoice(threads, stepFlops: 3 * plan.graph.flops * plan.rowsPerStep)
    executor.workers = threads.workers
    for epoch in 1...recipe.epochs {
      let start = clock.now
      let steps = try self.steps(epoch, &order, &threads, losses, shouldStop, report)
      outcome.stepSeconds += seconds(clock.now - start)
      guard let steps else {
        outcome.stopped = .interrupted
        break
      }
      executor.endEpoch(epoch, of: recipe.epochs)
      let epochReport = executor.withAveragedWeights {
        var found = self.report(epoch, steps, wantsMetric, report)
        found.isBest = stopping.observe(monitor.value(of: found), epoch: epoch)
        if found.isBest, monitor.restoresBest { best = (executor.parameters, executor.state) }
        return found
      }
      losses.append(epochReport.validationLoss ?? epochReport.trainingLoss)
      if epoch == 1, let metric = monitor.metric, epochReport.metrics[metric.name] == nil,
        !validationRows.isEmpty
      {
        throw .unmeasurable(metric)
      }
      outcome.epochs.append(epochReport)
      report(.epoch(epochReport))
      if monitor.mayStop, stopping.isExhausted, epoch < recipe.epochs {
        outcome.stopped = .earlyStopping
        break
      }
    }
    guard !outcome.epochs.isEmpty else {
      throw TrainingError("stopped before the first epoch was over", kind: .interrupted)
    }
    executor.keepAveragedWeights()
    if let best { (executor.parameters, executor.state) = best }
    outcome.bestEpoch = stopping.bestEpoch > 0 ? stopping.bestEpoch : outcome.epochs.count
    report(.stopped(outcome.stopped))
    return outcome
  }

  /// What the steps of one epoch gave.
  private struct Steps {
    var lossSum = 0.0
    var greatestNorm = 0.0
    var rate = 0.0
  }

  /// Takes the steps of an epoch; nil if stopped in between.
  private func steps(
    _ epoch: Int, _ order: inout [Int32], _ threads: inout ThreadChoice, _ losses: [Double],
    _ shouldStop: () -> Bool, _ report: (RunEvent) -> Void
  ) throws(TrainingError) -> Steps? {
    for i in order.indices { order[i] = Int32(truncatingIfNeeded: i) }
    var source = RandomSource(seed: recipe.seed).split("order").split(UInt64(epoch))
    source.shuffle(&order)
    var progress = TrainingProgress(
      step: (epoch - 1) * stepsPerEpoch, totalSteps: recipe.epochs * stepsPerEpoch,
      stepsPerEpoch: stepsPerEpoch, losses: losses)
    var result = Steps()
    for start in stride(from: 0, to: order.count, by: executor.plan.rowsPerStep) {
      if shouldStop() { return nil }
      let rows = order[start..<min(start + executor.plan.rowsPerStep, order.count)]
      result.rate = recipe.rateFactor * recipe.schedule.rate(at: progress)
      let step = trainStep(rows, rate: result.rate, &threads)
      observeStep?(step)
      progress.step += 1
      if let place = step.nonFinite {
        throw .diverged(at: place, step: progress.step, epoch: epoch, rate: result.rate, recipe)
      }
      result.lossSum += step.loss * Double(rows.count)
      result.greatestNorm = max(result.greatestNorm, step.gradientNorm)
      report(.step(StepReport(epoch: epoch, step: progress.step)))
    }
    if let place = executor.nonFiniteParameters() {
      throw .diverged(at: place, step: progress.step, epoch: epoch, rate: result.rate, recipe)
    }
    return result
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

  private func report(
    _ epoch: Int, _ steps: Steps, _ wantsMetric: () -> Bool, _ tell: (RunEvent) -> Void
  ) -> EpochReport {
    var report = EpochReport(
      epoch: epoch, step: epoch * stepsPerEpoch,
      trainingLoss: steps.lossSum / Double(preparation.train.count), validationLoss: nil,
      metrics: [:], learningRate: steps.rate, gradientNorm: steps.greatestNorm, isBest: false)
    guard !validationRows.isEmpty else { return report }
    let first = recipe.metrics.first.flatMap { Metrics.named($0) }
    guard let metric = monitor.metric ?? (wantsMetric() ? first : nil) else {
      let loss = executor.loss(rows: validationRows, of: validation)
      report.validationLoss = loss.isFinite ? loss : nil
      return report
    }
    let evaluation = executor.evaluate(rows: validationRows, of: validation)
    report.validationLoss = evaluation.loss.isFinite ? evaluation.loss : nil
    let predictions = preparation.target.predictions(
      Outputs(evaluation.outputs, of: executor.plan.loss))
    let value = metric.value(of: predictions, against: preparation.validation.truth)
    if monitor.metric != nil {
      report.metrics[metric.name] = value
    } else if let value {
      tell(.measured(MeasuredMetric(name: metric.name, value: value)))
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
