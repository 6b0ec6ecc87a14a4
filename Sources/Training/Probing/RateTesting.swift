internal import NetworkGraph
internal import SpecCompiler
internal import Tensors

/// Steps of a fresh network at rising rates, for each of three seeds.
struct RateTesting {
  private(set) var test: RateTest?

  private static let lowest = 1e-6
  /// A fiftieth of a decade a step: as long as the loss is smoothed over.
  private static let stepsPerDecade = 50
  /// `10^(1/50)`.
  private static let growth = 1.0471285480508996
  private static let decades = 7
  private static let seeds: UInt64 = 3

  /// Seeds beyond the first are left out where time is over; nothing is tested where a step needs
  /// all rows, where it sets its own length, or where a loss may be negative.
  init(_ job: Job, specRate: Double, isOver: () -> Bool) throws(TrainingError) {
    let optimizer = job.recipe.optimizer
    guard type(of: optimizer).stepLength != .history, !optimizer.needsAllRows,
      job.recipe.loss.link != .exponential
    else { return }
    let steps = Self.stepsPerDecade * Self.decades
    var tests: [[StepFacts.RateTrial]] = []
    var rowsPerStep = 0
    for offset in 0..<Self.seeds {
      var recipe = job.recipe
      recipe.seed += offset
      let trainer = try Trainer(recipe, graph: job.graph, preparation: job.preparation)
      guard let losses = Self.losses(trainer, steps: steps, isOver) else { break }
      tests.append(losses)
      rowsPerStep = min(trainer.executor.plan.rowsPerStep, job.preparation.train.count)
    }
    test = RateTest(tests, rowsPerStep: rowsPerStep, steps: steps, specRate: specRate)
  }

  /// The loss of each step, up to where it ran off; nil where time was over before.
  private static func losses(
    _ trainer: Trainer, steps: Int, _ isOver: () -> Bool
  ) -> [StepFacts.RateTrial]? {
    var batches = BatchStream(
      trainer.train.rows, size: trainer.executor.plan.rowsPerStep,
      RandomSource(seed: trainer.recipe.seed).split("rate test"))
    let executor = trainer.executor
    // A handover to other threads pays for large steps only.
    executor.workers =
      ThreadChoice(
        nil, stepFlops: 3 * executor.plan.graph.flops * executor.plan.rowsPerStep
      ).workers
    var test: [StepFacts.RateTrial] = []
    var rate = lowest
    for _ in 0..<steps {
      guard !isOver() else { return nil }
      let result = executor.trainStep(rows: batches.next(), of: trainer.train, rate: rate)
      let isFinite = result.nonFinite == nil && result.loss.isFinite
      test.append(.init(rate: rate, loss: isFinite ? result.loss : .infinity))
      if StepFacts.divergingRate(of: test) != nil { break }
      rate *= growth
    }
    return test
  }
}

/// Batches without an end: rows in a new order each time they are used up.
struct BatchStream {
  private var rows: [Int32]
  private let size: Int
  private var source: RandomSource
  private var place = 0

  init(_ rows: [Int32], size: Int, _ source: RandomSource) {
    self.rows = rows
    self.size = min(size, rows.count)
    self.source = source
    self.source.shuffle(&self.rows)
  }

  /// The next so many rows; those left over before a new order are not used.
  mutating func next() -> ArraySlice<Int32> {
    if place + size > rows.count {
      source.shuffle(&rows)
      place = 0
    }
    defer { place += size }
    return rows[place..<(place + size)]
  }
}
