import Tensors

/// The memory of the networks in all lanes, cut into what layers and optimisers work on.
struct LaneMemory {
  let layers: [LaneLayer]
  let input: Matrix
  let targets: Matrix
  let output: Matrix
  let outputGradient: Matrix
  /// The loss of each column.
  let losses: View
  private let plan: LanePlan
  private let parameters: View
  private let slots: [View]
  private let decayMask: View?

  init(_ lanePlan: LanePlan, on set: InstructionSet) {
    let (plan, laneCount) = (lanePlan.plan, set.laneCount)
    let stride = set.laneStride(columns: plan.batch)
    func view(_ count: Int) -> View { Arena(floatCount: count).whole }
    func matrix(_ rows: Int) -> Matrix {
      Matrix(view(rows * stride), rows: rows, columns: plan.batch * laneCount, stride: stride)
    }
    let count = lanePlan.places.count * laneCount
    let parameters = view(count)
    let input = matrix(lanePlan.layers[0].inputs)
    let scratch = view(
      lanePlan.layers.map { LaneLayer.scratchCount(outputs: $0.outputs, on: set) }.max() ?? 0)
    var (layers, offset): ([LaneLayer], Int) = ([], 0)
    var (last, lastGradient): (Matrix, Matrix?) = (input, nil)
    for layer in lanePlan.layers {
      let weightCount = layer.inputs * layer.outputs * laneCount
      let (output, gradient) = (matrix(layer.outputs), matrix(layer.outputs))
      layers.append(
        LaneLayer(
          LaneLayer.Memory(
            weights: parameters.window(offset, weightCount),
            bias: layer.hasBias
              ? parameters.window(offset + weightCount, layer.outputs * laneCount) : nil,
            input: last, output: output,
            sums: layer.activation.gradientNeedsInput ? matrix(layer.outputs) : nil,
            outputGradient: gradient, inputGradient: lastGradient, scratch: scratch),
          activation: layer.activation, on: set))
      offset += layer.parameterCount * laneCount
      (last, lastGradient) = (output, gradient)
    }
    (self.layers, self.input, output, outputGradient) = (layers, input, last, lastGradient ?? last)
    targets = matrix(plan.loss.targetCount(outputs: last.rows))
    losses = view(stride)
    self.plan = lanePlan
    self.parameters = parameters
    slots = (0..<plan.optimizer.slotCount).map { _ in view(count) }
    decayMask = plan.optimizer.weightDecay > 0 ? view(count) : nil
  }

  /// The flat buffers of all lanes; steps are handed to `updates`.
  func optimizerBuffers(_ updates: LaneUpdates) -> OptimizerBuffers {
    if let decayMask {
      var offset = 0
      for layer in plan.layers {
        let laneCount = decayMask.count / plan.places.count
        decayMask.window(offset, layer.inputs * layer.outputs * laneCount).fill(1)
        offset += layer.parameterCount * laneCount
      }
    }
    // A layer's gradients are used up before those of the next are there.
    return OptimizerBuffers(
      parameters: parameters, gradients: parameters, slots: slots, decayMask: decayMask,
      collector: updates)
  }
}
