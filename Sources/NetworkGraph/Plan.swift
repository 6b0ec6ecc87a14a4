import Tensors

/// Where everything lies that training a graph needs: windows of one arena, known beforehand.
public struct Plan: Sendable {
  /// A part of the arena, in floats.
  struct Region: Sendable, Hashable {
    var offset: Int
    var count: Int

    /// The region so many floats further on.
    func moved(by floats: Int) -> Region { Region(offset: offset + floats, count: count) }
  }

  /// One node of the fused graph with its memory.
  struct Step: Sendable {
    var node: Graph.Node
    var output: Region
    var gradient: Region
    /// Offsets within the parameter buffers.
    var parameters: [Region]
    /// Offsets within the arena.
    var state: [Region]
    var saved: Region
    /// For each input, whether a later step has already written that gradient.
    var accumulates: [Bool]
  }

  /// The graph as written.
  public let graph: Graph
  /// The most examples of a step.
  public let batch: Int
  public let loss: any Loss
  public let optimizer: any Optimizer
  public let rules: StepRules
  /// Floats of one row of activations: the batch, padded to whole vectors.
  let stride: Int
  let steps: [Step]

  /// All outputs, their gradients and what is saved, where `MemoryPlanner` put them.
  let activations: Region
  let input: Region
  let targets: Region
  let weights: Region
  let scratch: Region
  /// Of one size: all parameters, their gradients, the optimiser's slots, the decay mask.
  let parameters: Region
  let gradients: Region
  let slots: [Region]
  let decayMask: Region?
  /// The sum of the gradients of a step's batches, where there are several.
  let gradientSum: Region?
  /// The mean of the parameters over training, then that of the nodes' state.
  let average: Region?
  /// How many floats the arena has.
  let floatCount: Int

  public init(
    graph: Graph, batch: Int, loss: any Loss, optimizer: any Optimizer,
    rules: StepRules = StepRules()
  ) {
    precondition(batch > 0, "a batch has at least one example")
    (self.graph, self.batch, self.loss, self.optimizer) = (graph, batch, loss, optimizer)
    self.rules = rules
    stride = padded(batch)
    let fused = graph.fusingActivations()
    var arena = Allocator()
    var flat = Allocator()
    let parameterRegions = fused.nodes.map { node in
      node.parameters.map { flat.take($0.storedCount) }
    }
    parameters = arena.take(flat.count)
    gradients = arena.take(flat.count)
    slots = (0..<optimizer.slotCount).map { _ in arena.take(flat.count) }
    let decays = optimizer.weightDecay > 0 || rules.penalty.isActive
    decayMask = decays ? arena.take(flat.count) : nil
    gradientSum = rules.accumulation > 1 ? arena.take(flat.count) : nil
    let stateCount = fused.nodes.flatMap(\.state).reduce(0) { $0 + $1.storedCount }
    average = rules.averaging == nil ? nil : arena.take(flat.count + stateCount)
    input = arena.take(graph.inputShape.count * stride)
    targets = arena.take(loss.targetCount(outputs: graph.outputShape.count) * stride)
    weights = arena.take(stride)
    let accumulation = Plan.accumulation(in: fused)
    let memory = MemoryPlanner(fused, stride: stride)
    activations = arena.take(memory.count)
    let start = activations.offset
    var steps: [Step] = []
    for node in fused.nodes {
      steps.append(
        Step(
          node: node, output: memory.output(of: node.id).moved(by: start),
          gradient: memory.gradient(of: node.id).moved(by: start),
          parameters: parameterRegions[node.id],
          state: node.state.map { arena.take($0.storedCount) },
          saved: memory.saved(of: node.id).moved(by: start),
          accumulates: accumulation[node.id]))
    }
    self.steps = steps
    let scratchCounts = fused.nodes.map { [stride] in
      $0.op.scratchCount(for: $0.inputShapes, stride: stride)
    }
    scratch = arena.take(scratchCounts.max() ?? 0)
    floatCount = arena.count
  }

  /// The penalty that joins the gradient before the optimiser sees it; an optimiser that compares
  /// losses needs its own decay there too.
  var penalty: WeightPenalty {
    var penalty = rules.penalty
    if optimizer.needsAllRows { penalty.l2 += optimizer.weightDecay }
    return penalty
  }

  /// The most examples of a step: those of all its batches.
  public var rowsPerStep: Int { batch * rules.accumulation }

  /// Every byte that an executor of this plan allocates for its numbers.
  public var memoryBytes: Int { floatCount * MemoryLayout<Float>.stride }

  /// The bytes for outputs, their gradients and what forward passes save: the most that live at
  /// once.
  public var activationBytes: Int { activations.count * MemoryLayout<Float>.stride }

  /// For each input of each node: whether, going backward, its gradient has been written before.
  private static func accumulation(in graph: Graph) -> [[Bool]] {
    var written: Set<Graph.Node.ID> = []
    var result = graph.nodes.map { _ in [Bool]() }
    for node in graph.nodes.reversed() {
      result[node.id] = node.inputs.map { source in
        guard case .node(let id) = source else { return false }
        return !written.insert(id).inserted
      }
    }
    return result
  }
}

/// Hands out regions one after another, each starting at a multiple of `lanePadding`.
private struct Allocator {
  private(set) var count = 0

  mutating func take(_ floats: Int) -> Plan.Region {
    defer { count += padded(floats) }
    return Plan.Region(offset: count, count: floats)
  }
}
