import Tensors

/// Trains as many networks of one plan as a vector has lanes, one in each lane.
///
/// Each has parameters, rows, an order of them and rates of its own; a step takes the same places
/// of all orders. Every number is the one that an `Executor` would give, to the last bit. A lane
/// without a network does no harm.
public final class LaneExecutor {
  public let plan: Plan
  public let laneCount: Int
  private let lanePlan: LanePlan
  private let layers: [LaneLayer]
  private let input: Matrix
  private let targets: Matrix
  private let output: Matrix
  private let outputGradient: Matrix
  private let losses: View
  private let buffers: OptimizerBuffers
  private let updates: LaneUpdates
  private let training: LaneTables
  private let validation: LaneTables?
  /// The order of each lane's training rows, one lane after another.
  private var orders: [Int32]
  /// How many steps each lane's network has taken.
  private var stepCounts: [Int]
  /// The share of each classification target that is spread over all classes.
  private let smoothing: Float

  /// - Parameters:
  ///   - rowCount: of every network.
  ///   - validationCount: of every network; may be 0.
  public init?(
    _ plan: Plan, rowCount: Int, validationCount: Int, labelSmoothing: Double
  ) {
    guard let lanePlan = LanePlan(plan), rowCount > 0 else { return nil }
    let set = InstructionSet.current
    (self.plan, self.lanePlan, laneCount) = (plan, lanePlan, set.laneCount)
    smoothing = Float(labelSmoothing)
    let memory = LaneMemory(lanePlan, on: set)
    updates = LaneUpdates(on: set)
    (layers, buffers) = (memory.layers, memory.optimizerBuffers(updates))
    (input, targets, losses) = (memory.input, memory.targets, memory.losses)
    (output, outputGradient) = (memory.output, memory.outputGradient)
    let targetCount = targets.rows
    training = LaneTables(
      features: input.rows, targets: targetCount, rowCount: rowCount, on: set)
    validation =
      validationCount == 0
      ? nil
      : LaneTables(
        features: input.rows, targets: targetCount, rowCount: validationCount, on: set)
    orders = Array(repeating: 0, count: laneCount * rowCount)
    stepCounts = Array(repeating: 0, count: laneCount)
  }

  /// Puts a network into a lane, as it is.
  public func load(
    _ executor: Executor, training: TrainingData, validation: TrainingData?, lane: Int
  ) {
    let own = executor.optimizerBuffers
    set(own.parameters, in: buffers.parameters, lane)
    for (slot, mine) in zip(own.slots, buffers.slots) { set(slot, in: mine, lane) }
    stepCounts[lane] = executor.stepCount
    self.training.set(training, lane: lane)
    if let validation { self.validation?.set(validation, lane: lane) }
  }

  /// Makes an executor of the same plan go on where the lane is.
  public func unload(_ lane: Int, into executor: Executor) {
    let own = executor.optimizerBuffers
    lanePlan.spread(buffers.parameters.lane(lane, of: laneCount), into: own.parameters)
    for (slot, mine) in zip(own.slots, buffers.slots) {
      lanePlan.spread(mine.lane(lane, of: laneCount), into: slot)
    }
    executor.stepCount = stepCounts[lane]
  }

  /// Leaves a lane without a network.
  public func clear(_ lane: Int) {
    let none = [Float](repeating: 0, count: lanePlan.places.count)
    for view in [buffers.parameters] + buffers.slots { view.setLane(lane, of: laneCount, to: none) }
    stepCounts[lane] = 0
    training.set(nil, lane: lane)
    validation?.set(nil, lane: lane)
  }

  /// The parameters of a lane, as `restore(parameters:into:)` takes them.
  public func parameters(of lane: Int) -> [Float] { buffers.parameters.lane(lane, of: laneCount) }

  /// Sets the parameters of an executor of the same plan.
  public func restore(_ parameters: [Float], into executor: Executor) {
    lanePlan.spread(parameters, into: executor.optimizerBuffers.parameters)
  }

  /// The order in which a lane's training rows are taken.
  public func setOrder(_ order: [Int32], lane: Int) {
    precondition(order.count == training.rowCount, "an order has all rows")
    orders.replaceSubrange(lane * order.count..<(lane + 1) * order.count, with: order)
  }

  /// The lanes whose networks hold a number that is not finite: parameters or what the optimiser
  /// remembers.
  public func nonFiniteLanes() -> Set<Int> {
    var lanes: Set<Int> = []
    for view in [buffers.parameters] + buffers.slots {
      guard let first = firstNonFinite(view) else { continue }
      for i in first..<view.count where !view[i].isFinite { lanes.insert(i % laneCount) }
    }
    return lanes
  }

  /// Takes one step of every lane on the rows at some places of its order; gives the mean losses
  /// before it.
  ///
  /// A number that is not finite spreads in its lane: `nonFiniteLanes` finds it later.
  public func trainStep(_ places: Range<Int>, rates: [Double]) -> [Double] {
    precondition(places.count <= plan.batch && rates.count == laneCount, "a step fits its plan")
    let mode = FloatingPointMode.flushDenormals()
    defer { mode.restore() }
    training.gather(places, orders, features: input, targets: targets)
    for layer in layers { layer.forward(columns: places.count) }
    let (sums, normaliser) = evaluate(columns: places.count, isTraining: true)
    updates.begin()
    for lane in 0..<laneCount {
      stepCounts[lane] += 1
      if lane > 0, stepCounts[lane] == stepCounts[lane - 1], rates[lane] == rates[lane - 1] {
        updates.repeatLast()
      } else {
        plan.optimizer.update(buffers, step: stepCounts[lane], rate: Float(rates[lane]))
      }
    }
    for layer in layers.reversed() { layer.backward(columns: places.count, updates) }
    return sums.map { $0 / Double(normaliser) }
  }

  /// The losses of the validation rows of each lane, and where they are wanted its outputs, a row
  /// for each example.
  public func evaluate(wantsOutputs: Bool) -> [(loss: Double, outputs: [Float])] {
    let mode = FloatingPointMode.flushDenormals()
    defer { mode.restore() }
    var results = Array(repeating: (loss: 0.0, outputs: [Float]()), count: laneCount)
    guard let validation else { return results }
    var total = 0.0
    for start in stride(from: 0, to: validation.rowCount, by: plan.batch) {
      let places = start..<min(start + plan.batch, validation.rowCount)
      validation.gather(places, features: input, targets: targets)
      for layer in layers { layer.forward(columns: places.count) }
      let (sums, normaliser) = evaluate(columns: places.count, isTraining: false)
      for lane in 0..<laneCount { results[lane].loss += sums[lane] }
      total += Double(normaliser)
      guard wantsOutputs else { continue }
      for column in places.indices {
        for lane in 0..<laneCount {
          for row in 0..<output.rows {
            results[lane].outputs.append(
              output.view[row * output.stride + (column - start) * laneCount + lane])
          }
        }
      }
    }
    for lane in 0..<laneCount { results[lane].loss /= total }
    return results
  }

  /// The sum of the losses of each lane, and what its mean is of.
  private func evaluate(columns: Int, isTraining: Bool) -> (sums: [Double], normaliser: Float) {
    let normaliser = Float(columns) * Float(plan.loss.termsPerExample(outputs: output.rows))
    let used = columns * laneCount
    _ = plan.loss.evaluate(
      LossBatch(
        outputs: output.withColumns(used), targets: targets.withColumns(used),
        smoothing: isTraining ? smoothing : 0, normaliser: normaliser,
        gradient: isTraining ? outputGradient.withColumns(used) : nil, losses: losses))
    return (laneLosses(losses, columns: columns), normaliser)
  }

  private func set(_ numbers: View, in view: View, _ lane: Int) {
    view.setLane(lane, of: laneCount, to: lanePlan.places.map { numbers[$0] })
  }
}

/// Features and targets of every lane's rows.
private struct LaneTables {
  let rowCount: Int
  private let features: LaneRows
  private let targets: LaneRows
  /// The rows in their own order, for each lane.
  private let plainOrders: [Int32]

  init(features: Int, targets: Int, rowCount: Int, on set: InstructionSet) {
    self.rowCount = rowCount
    self.features = LaneRows(width: features, rowCount: rowCount, on: set)
    self.targets = LaneRows(width: targets, rowCount: rowCount, on: set)
    plainOrders = (0..<set.laneCount).flatMap { _ in 0..<Int32(rowCount) }
  }

  func set(_ data: TrainingData?, lane: Int) {
    precondition(data?.rowCount ?? rowCount == rowCount, "all lanes have as many rows")
    features.set(data?.features, stride: data?.featureStride ?? 0, lane: lane)
    targets.set(data?.targets, stride: data?.targetCount ?? 0, lane: lane)
  }

  func gather(_ places: Range<Int>, _ orders: [Int32]? = nil, features: Matrix, targets: Matrix) {
    self.features.gather(places, orders: orders ?? plainOrders, into: features)
    self.targets.gather(places, orders: orders ?? plainOrders, into: targets)
  }
}
