public import SpecCompiler
internal import NetworkGraph
internal import Parallel
internal import Tensors

/// How long training will take, from some steps that were taken for that.
public struct TimeEstimate: Sendable, Encodable {
  /// Seconds for all epochs with their validation, if nothing stops them; without reading the table
  /// and the two baselines.
  public let seconds: Double
  /// What it would be at the fastest tenth of the steps measured, and half as much again as at
  /// the slowest: on the example specs, training took 1 to 1.5 times what was estimated.
  public let lowSeconds: Double
  public let highSeconds: Double
  /// How many steps were measured, on this machine.
  public let measuredSteps: Int
  public let threads: Int
  public let epochs: Int
  public let stepsPerEpoch: Int

  private enum CodingKeys: String, CodingKey {
    case seconds, threads, epochs
    case lowSeconds = "low_seconds"
    case highSeconds = "high_seconds"
    case measuredSteps = "measured_steps"
    case stepsPerEpoch = "steps_per_epoch"
  }
}

/// An estimate, or why there is none.
public enum TimeEstimation: Sendable {
  case estimate(TimeEstimate)
  case unknown(String)
}

/// Takes steps of a spec's network on zeros for a moment, at a rate of 0, and tells how long all of
/// them will take.
///
/// Zeros take as long as other numbers: no loop of ours looks at them.
public func estimateTime(
  _ compilation: Compilation, budgetSeconds: Double = 0.04
) -> TimeEstimation {
  guard let spec = compilation.spec, let graph = compilation.graph,
    let recipe = try? Recipe(spec.training)
  else { return .unknown("not every value is decided") }
  guard let rows = compilation.facts?.trainRows, rows > 0 else {
    return .unknown("how many rows there are is not known without the table")
  }
  guard !recipe.optimizer.needsAllRows else {
    return .unknown("`\(recipe.optimizer.name)` looks at all rows as often as a step asks for it")
  }
  let batch = min(recipe.batchSize, rows)
  let plan = Plan(
    graph: graph, batch: batch, loss: recipe.loss, optimizer: recipe.optimizer,
    rules: recipe.rules)
  let stepFlops = 3 * graph.flops * plan.rowsPerStep
  guard stepFlops <= TimeTrial.greatestStepFlops, plan.memoryBytes <= TimeTrial.greatestBytes else {
    return .unknown("a step of this network is too large to try it here")
  }
  let trial = TimeTrial(plan, rows: rows, stepFlops: stepFlops)
  let validationRows = compilation.facts?.validationRows ?? 0
  return .estimate(
    trial.estimate(
      rows: rows, validationRows: validationRows, epochs: recipe.epochs, budget: budgetSeconds))
}

/// An executor with rows of zeros to take steps on.
private struct TimeTrial {
  /// A step that takes longer than about a second is not tried.
  static let greatestStepFlops = 20_000_000_000
  static let greatestBytes = 1 << 30
  /// Rows that are made up; more would not change how they lie in the caches.
  private static let greatestRows = 4_096

  private let executor: Executor
  private let data: TrainingData
  private let threads: ThreadChoice

  init(_ plan: Plan, rows: Int, stepFlops: Int) {
    executor = Executor(plan, seed: 0)
    let width = plan.graph.inputShape.count
    let floats = Self.greatestBytes / 4 / max(1, width)
    let count = min(rows, max(plan.rowsPerStep, min(Self.greatestRows, floats)))
    let targets = plan.loss.targetCount(outputs: plan.graph.outputShape.count)
    data = TrainingData(
      features: Array(repeating: 0, count: count * width), featureCount: width,
      targets: Array(repeating: 0, count: count * targets), targetCount: targets)
    threads = ThreadChoice(nil, stepFlops: stepFlops)
  }

  /// Measures steps until the budget is spent, at least a few, and as long evaluations.
  func estimate(rows: Int, validationRows: Int, epochs: Int, budget: Double) -> TimeEstimate {
    let steps = (rows + executor.plan.rowsPerStep - 1) / executor.plan.rowsPerStep
    let times = stepTimes(budget: budget).sorted()
    let evaluation = validationRows > 0 ? evaluationSeconds() * Double(validationRows) : 0
    let between = betweenSeconds(rows: rows)
    func total(_ step: Double) -> Double {
      // The last step of an epoch may have fewer rows.
      let whole = Double(rows) / Double(executor.plan.rowsPerStep)
      return Double(epochs) * (step * whole + evaluation + between)
    }
    return TimeEstimate(
      seconds: total(times[times.count / 2]), lowSeconds: total(times[times.count / 10]),
      highSeconds: 1.5 * total(times[times.count - 1 - times.count / 10]),
      measuredSteps: times.count,
      threads: executor.workers.count, epochs: epochs, stepsPerEpoch: steps)
  }

  private func stepTimes(budget: Double) -> [Double] {
    let clock = ContinuousClock()
    var threads = threads
    executor.workers = threads.workers
    var order = data.rows
    var source = RandomSource(seed: 0)
    source.shuffle(&order)
    var place = 0
    func time() -> Double {
      let end = place + executor.plan.rowsPerStep
      let rows = order[place..<min(end, order.count)]
      place = end + executor.plan.rowsPerStep <= order.count ? end : 0
      let start = clock.now
      _ = executor.trainStep(rows: rows, of: data, rate: 0)
      return seconds(clock.now - start)
    }
    _ = time()
    while threads.isOpen {
      threads.observe(time())
      if threads.workers !== executor.workers { executor.workers = threads.workers }
    }
    var times: [Double] = []
    let start = clock.now
    while times.count < 3 || seconds(clock.now - start) < budget { times.append(time()) }
    return times
  }

  /// Seconds between two epochs: rows are shuffled, parameters looked at and kept.
  private func betweenSeconds(rows: Int) -> Double {
    let clock = ContinuousClock()
    var order = Array(repeating: Int32(0), count: min(rows, Self.greatestRows))
    var source = RandomSource(seed: 0)
    let start = clock.now
    source.shuffle(&order)
    let shuffled = clock.now
    _ = executor.nonFiniteParameters()
    _ = (executor.parameters, executor.state)
    let share = Double(rows) / Double(max(1, order.count))
    return seconds(shuffled - start) * share + seconds(clock.now - shuffled)
  }

  /// Seconds of validating one row.
  private func evaluationSeconds() -> Double {
    let rows = Array(data.rows.prefix(1_024))
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<2 {
      let start = clock.now
      _ = executor.loss(rows: rows, of: data)
      best = min(best, seconds(clock.now - start))
    }
    return best / Double(rows.count)
  }
}
