public import Parallel
import SpecSyntax
import Tensors

/// Runs a plan: takes training steps and evaluates.
///
/// All memory is allocated when it is made; a step allocates nothing, unless it is the first with
/// its number of rows.
public final class Executor {
  public let plan: Plan
  /// The share of each classification target that is spread over all classes in training.
  public var labelSmoothing: Double = 0
  /// Who measures the parts of training steps, if anybody does.
  public var observer: (any StepObserver)?
  /// How many training steps have been taken.
  public internal(set) var stepCount = 0

  /// The threads that share large layers and sweeps; results do not depend on their number.
  public var workers: Workers {
    get { pass.workers }
    set {
      pass.workers = newValue
      flushDenormals(on: newValue)
      optimizerParts = optimizerBuffers.parts(for: newValue)
    }
  }

  let memory: View
  private let pass = Pass()
  /// What a pass over the present number of rows works on.
  private(set) var layout: BatchLayout
  /// The same for numbers of rows that were met before.
  private var layouts: [Int: BatchLayout] = [:]
  let weights: View
  let optimizerBuffers: OptimizerBuffers
  let gradientSum: View?
  let penalty: WeightPenalty
  /// Whether the optimiser evaluates the loss by itself.
  private let searches: Bool
  /// How many terms the loss of one example has.
  private let termsPerExample: Int
  var average: WeightAverage?
  /// The number of the batch within its step.
  var batchOfStep = 0
  /// What the rows of the batch count together.
  var batchWeight = 0.0
  /// Whether the rows of the batch have weights.
  private var isWeighted = false
  /// What the gradient of the batch's loss is divided by.
  private(set) var normaliser: Float = 1
  /// What each thread updates.
  private var optimizerParts: [OptimizerBuffers]
  /// Parameters are looked at after so many steps; their gradients at every step.
  private static let parameterCheckInterval = 32

  /// Allocates the plan's memory and draws the first parameters; the seed decides them all.
  public init(_ plan: Plan, seed: UInt64) {
    self.plan = plan
    memory = Arena(floatCount: plan.floatCount).whole
    let binder = Binder(
      plan: plan, memory: memory, source: RandomSource(seed: seed), pass: pass)
    weights = binder.view(plan.weights)
    let nodes = binder.boundNodes()
    layout = BatchLayout(
      nodes, input: binder.matrix(plan.input), targets: binder.matrix(plan.targets))
    termsPerExample = plan.loss.termsPerExample(outputs: layout.output.rows)
    optimizerBuffers = binder.optimizerBuffers()
    optimizerParts = [optimizerBuffers]
    penalty = plan.penalty
    searches = plan.optimizer.needsAllRows
    gradientSum = plan.gradientSum.map(binder.view)
    average = plan.average.map { region in
      WeightAverage(
        of: [optimizerBuffers.parameters] + nodes.flatMap(\.buffers.state),
        in: binder.view(region))
    }
    binder.initialise(nodes)
  }

  /// Every byte that is allocated for numbers.
  public var memoryBytes: Int { memory.count * MemoryLayout<Float>.stride }

  /// Takes one step on some rows of the data, at most `rowsPerStep` of the plan.
  public func trainStep(
    rows: ArraySlice<Int32>, of data: TrainingData, rate: Double
  ) -> StepResult {
    let mode = FloatingPointMode.flushDenormals()
    defer { mode.restore() }
    let loss = computeStepGradient(rows: rows, of: data)
    let norm = sumOfSquares(optimizerBuffers.gradients, workers).squareRoot()
    guard loss.isFinite, norm.isFinite else {
      return StepResult(loss: loss, gradientNorm: norm, nonFinite: nonFinitePlace(loss: loss))
    }
    if searches {
      search(from: loss, rows: rows, of: data, rate: rate)
    } else {
      clip(norm: norm)
      update(rate: Float(rate))
    }
    stepCount += 1
    if case .exponential(let decay)? = plan.rules.averaging { average?.add(decay: decay) }
    observer?.finish(.update)
    var place: NonFinite?
    if stepCount % Self.parameterCheckInterval == 0 { place = nonFiniteParameters() }
    return StepResult(loss: loss, gradientNorm: norm, nonFinite: place)
  }

  /// Computes the gradient that a step is made from, and gives the mean loss of its rows.
  func computeStepGradient(rows: ArraySlice<Int32>, of data: TrainingData) -> Double {
    let loss =
      rows.count <= plan.batch
      ? computeGradient(rows: rows, of: data) : accumulateGradient(rows: rows, of: data)
    observer?.begin(rows: 0)
    if penalty.isActive {
      addPenalty(to: optimizerBuffers, l1: Float(penalty.l1), l2: Float(penalty.l2))
    }
    return loss
  }

  /// Computes the gradient of the mean loss of a batch, and gives that loss.
  func computeGradient(rows: ArraySlice<Int32>, of data: TrainingData) -> Double {
    observer?.begin(rows: rows.count)
    load(rows, of: data)
    observer?.finish(.gather)
    forward(isTraining: true)
    let loss = batchLoss(isTraining: true) / Double(normaliser)
    observer?.finish(.loss)
    backward()
    return loss
  }

  /// The first layer with a parameter that is not finite.
  public func nonFiniteParameters() -> NonFinite? {
    guard !sumOfSquares(optimizerBuffers.parameters, workers).isFinite else { return nil }
    return layout.nodes.lazy.first { !$0.buffers.parameters.allSatisfy(\.isFinite) }
      .map { NonFinite(.parameters, in: $0.node) }
  }
}

extension Executor {
  /// Gathers rows into the batch; those beyond the last batch column are not there.
  func load(_ rows: ArraySlice<Int32>, of data: TrainingData) {
    precondition(!rows.isEmpty && rows.count <= plan.batch, "a batch has 1 row to a whole batch")
    if rows.count != layout.columns { use(columns: rows.count) }
    let layout = layout
    gatherColumns(
      rows: data.features, rowStride: data.featureStride, indices: rows,
      width: data.featureCount, into: layout.input, workers: workers)
    gatherColumns(
      rows: data.targets, rowStride: data.targetCount, indices: rows, width: data.targetCount,
      into: layout.targets)
    var total = Float(rows.count)
    isWeighted = data.weights != nil
    if let source = data.weights {
      let row = Matrix(weights, rows: 1, columns: rows.count, stride: plan.stride)
      gatherColumns(rows: source, rowStride: 1, indices: rows, width: 1, into: row)
      total = (0..<rows.count).reduce(0) { $0 + weights[$1] }
    }
    batchWeight = Double(total)
    // Rows that count nothing have no mean; their sum, which is 0, stands for it.
    normaliser = total > 0 ? total * Float(termsPerExample) : 1
  }

  /// Computes all outputs.
  func forward(isTraining: Bool) {
    pass.isTraining = isTraining
    pass.step = UInt64(stepCount * plan.rules.accumulation + batchOfStep)
    let layout = layout
    guard isTraining, let observer else { return layout.forward() }
    layout.forward { observer.finish(.forward($0)) }
  }

  /// The weighted sum of the loss over the batch; in training its gradient too.
  func batchLoss(isTraining: Bool) -> Double {
    let layout = layout
    return plan.loss.evaluate(
      LossBatch(
        outputs: layout.output, targets: layout.targets, weights: isWeighted ? weights : nil,
        smoothing: isTraining ? Float(labelSmoothing) : 0, normaliser: normaliser,
        gradient: isTraining ? layout.outputGradient : nil))
  }

  /// Computes all gradients from that of the output.
  private func backward() {
    let layout = layout
    guard let observer else { return layout.backward() }
    layout.backward { observer.finish(.backward($0)) }
  }

  /// Changes the parameters by their gradients.
  private func update(rate: Float) {
    let parts = optimizerParts
    guard parts.count > 1 else {
      return plan.optimizer.update(optimizerBuffers, step: stepCount + 1, rate: rate)
    }
    workers.run(parts: parts.count) { part in
      plan.optimizer.update(parts[part], step: stepCount + 1, rate: rate)
    }
  }

  /// Uses the first `columns` columns of all matrices.
  private func use(columns: Int) {
    layouts[layout.columns] = layout
    layout = layouts[columns] ?? layout.withColumns(columns)
  }

  /// Shortens the gradient to the bounds asked for.
  private func clip(norm: Double) {
    let (gradients, clipping) = (optimizerBuffers.gradients, plan.rules.clipping)
    if let bound = clipping.value { clamp(gradients, to: Float(bound)) }
    guard let bound = clipping.norm else { return }
    let norm = clipping.value == nil ? norm : sumOfSquares(gradients).squareRoot()
    if norm > bound { scale(gradients, by: Float(bound / norm)) }
  }

  /// Where the numbers of the last step stopped being finite, causes before effects.
  func nonFinitePlace(loss: Double) -> NonFinite {
    if !layout.input.isFinite { return NonFinite(.input) }
    // What was computed before may lie under what came after it, so it is computed once more.
    for bound in layout.nodes {
      if !bound.buffers.parameters.allSatisfy(\.isFinite) {
        return NonFinite(.parameters, in: bound.node)
      }
      if let fault = bound.node.op.fault(in: bound.buffers) {
        return NonFinite(.index, in: bound.node, fault: fault)
      }
      bound.bound.forward()
      if !bound.buffers.output.isFinite { return NonFinite(.activations, in: bound.node) }
    }
    if !loss.isFinite { return NonFinite(.loss) }
    let last = layout.nodes.last { !$0.buffers.parameterGradients.allSatisfy(\.isFinite) }
    return NonFinite(.gradient, in: last?.node)
  }
}

extension OptimizerBuffers {
  /// One part for each thread, or the whole where it is too small to share.
  fileprivate func parts(for workers: Workers) -> [OptimizerBuffers] {
    guard workers.count > 1, parameters.count >= 1 << 17 else { return [self] }
    let size = padded((parameters.count + workers.count - 1) / workers.count)
    return stride(from: 0, to: parameters.count, by: size).map {
      window($0, min(size, parameters.count - $0))
    }
  }
}

extension Matrix {
  /// Whether all numbers in use are finite.
  var isFinite: Bool {
    (0..<rows).allSatisfy { firstNonFinite(view.window($0 * stride, columns)) == nil }
  }
}
