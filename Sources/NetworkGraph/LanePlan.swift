import Tensors

/// What networks must be made of to be trained in lanes, and where their numbers lie there: without
/// the padding of an executor's.
struct LanePlan: Sendable {
  struct Layer: Sendable, Hashable {
    var inputs: Int
    var outputs: Int
    var activation: Activation
    var hasBias: Bool

    var parameterCount: Int { inputs * outputs + (hasBias ? outputs : 0) }
  }

  let plan: Plan
  let layers: [Layer]
  /// For each parameter, its place in an executor's flat buffers.
  let places: [Int]

  /// Nil for anything but dense layers in a row, trained by plain steps.
  init?(_ plan: Plan) {
    let rules = plan.rules
    guard rules.clipping == GradientClipping(), !plan.penalty.isActive, rules.accumulation == 1,
      rules.averaging == nil, !plan.optimizer.needsAllRows, plan.loss.levels.isEmpty,
      // A first step that fills what the optimiser remembers would fill it for all lanes.
      (plan.optimizer as? Adagrad)?.initialAccumulator ?? 0 == 0
    else { return nil }
    var (layers, places): ([Layer], [Int]) = ([], [])
    for (index, step) in plan.steps.enumerated() {
      let source: Graph.Source = index == 0 ? .input : .node(index - 1)
      guard let dense = step.node.op as? Dense, step.node.inputs == [source] else { return nil }
      layers.append(
        Layer(
          inputs: step.node.inputShapes[0].count, outputs: dense.units,
          activation: dense.activation, hasBias: dense.bias))
      for (tensor, region) in zip(step.node.parameters, step.parameters) {
        for row in 0..<tensor.rows {
          let start = region.offset + row * padded(tensor.columns)
          places += start..<start + tensor.columns
        }
      }
    }
    (self.plan, self.layers, self.places) = (plan, layers, places)
  }

  /// Puts the numbers of a lane where an executor has them; its padding is zero.
  func spread(_ numbers: [Float], into view: View) {
    view.fill(0)
    for (place, number) in zip(places, numbers) { view[place] = number }
  }
}

extension Plan {
  /// What plans must have in common for their networks to be trained side by side; nil for those
  /// that cannot be.
  public var laneShape: LaneShape? {
    LanePlan(self).map { LaneShape(layers: $0.layers, batch: batch) }
  }

  /// Whether so many networks of this plan are trained faster side by side than one after another.
  public func isFasterInLanes(_ count: Int) -> Bool {
    guard let lanePlan = LanePlan(self) else { return false }
    let laneCount = InstructionSet.current.laneCount
    let filled = Double(min(count, laneCount)) / Double(laneCount)
    return filled * lanePlan.speedUp(laneCount: laneCount) >= 1.1
  }
}

/// Layers and batch of a network that can be trained in a lane.
public struct LaneShape: Sendable, Hashable {
  let layers: [LanePlan.Layer]
  let batch: Int
}

extension LanePlan {
  /// How many times faster full lanes are than networks one after another, as measured by
  /// `Benchmarks/lanes`: less for larger networks, of which a vector's lanes need more than the
  /// first cache, and which alone waste less on padding.
  fileprivate func speedUp(laneCount: Int) -> Double {
    switch (laneCount, places.count) {
    case (16, ...300): 1.7
    case (16, ...700): 1.5
    case (16, ...1_200): 1.3
    case (16, ...2_500): 1.15
    case (8, ...300): 1.6
    case (8, ...700): 1.4
    case (8, ...2_500): 1.1
    default: 1
    }
  }
}
