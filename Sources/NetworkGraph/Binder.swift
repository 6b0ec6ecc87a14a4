import SpecSyntax
import Tensors

/// Cuts an arena into the windows that a plan says.
struct Binder {
  let plan: Plan
  let memory: View
  let source: RandomSource
  let pass: Pass

  func view(_ region: Plan.Region) -> View { memory.window(region.offset, region.count) }

  /// A region as rows of a batch.
  func matrix(_ region: Plan.Region) -> Matrix {
    Matrix(
      view(region), rows: region.count / plan.stride, columns: plan.batch, stride: plan.stride)
  }

  /// The operations with their memory, in order.
  func boundNodes() -> [BoundNode] {
    plan.steps.map { step in
      BoundNode(step.node, buffers(of: step))
    }
  }

  private func buffers(of step: Plan.Step) -> Buffers {
    let node = step.node
    let inputs = node.inputs.map { source in
      switch source {
      case .input: matrix(plan.input)
      case .node(let id): matrix(plan.steps[id].output)
      }
    }
    let gradients = zip(node.inputs, step.accumulates).map { source, accumulates in
      switch source {
      case .input: Buffers.InputGradient(matrix: nil, accumulates: false)
      case .node(let id):
        Buffers.InputGradient(
          matrix: matrix(plan.steps[id].gradient), accumulates: accumulates)
      }
    }
    var keys = source.split("noise").split(node.name)
    return Buffers(
      inputs: inputs, inputShapes: node.inputShapes, output: matrix(step.output),
      inputGradients: gradients,
      outputGradient: matrix(step.gradient),
      parameters: parameters(of: step, in: plan.parameters),
      parameterGradients: parameters(of: step, in: plan.gradients),
      state: step.state.map(view), saved: view(step.saved), scratch: view(plan.scratch),
      key: keys.next(), pass: pass)
  }

  /// The node's tensors in one of the flat buffers.
  private func parameters(of step: Plan.Step, in buffer: Plan.Region) -> [Matrix] {
    zip(step.node.parameters, step.parameters).map { tensor, region in
      let window = memory.window(buffer.offset + region.offset, region.count)
      return Matrix(window, rows: tensor.rows, columns: tensor.columns)
    }
  }

  /// The flat buffers, with the mask of what decays filled in.
  func optimizerBuffers() -> OptimizerBuffers {
    if let mask = plan.decayMask {
      for step in plan.steps {
        for (tensor, region) in zip(step.node.parameters, step.parameters) {
          let decays: Float = tensor.kind == .weight ? 1 : 0
          memory.window(mask.offset + region.offset, region.count).fill(decays)
        }
      }
    }
    return OptimizerBuffers(
      parameters: view(plan.parameters), gradients: view(plan.gradients),
      slots: plan.slots.map(view), decayMask: plan.decayMask.map(view))
  }

  /// Draws the parameters and sets the state; each tensor's numbers depend on the seed and its
  /// name alone.
  func initialise(_ nodes: [BoundNode]) {
    for bound in nodes {
      for (tensor, matrix) in zip(bound.node.parameters, bound.buffers.parameters) {
        switch tensor.start {
        case .constant(let value):
          for row in 0..<tensor.rows {
            matrix.view.window(row * matrix.stride, tensor.columns).fill(value)
          }
        case .normal(let deviation):
          var source = source.split("parameters").split("\(bound.node.name).\(tensor.name)")
          for i in 0..<tensor.columns { matrix.view[i] = Float(deviation) * source.normal() }
        case .drawn(let initializer):
          var source = source.split("parameters").split("\(bound.node.name).\(tensor.name)")
          initializer.fill(matrix, fanIn: tensor.fanIn, fanOut: tensor.fanOut, from: &source)
        }
        matrix.view.window(0, tensor.zeroRows * matrix.stride).fill(0)
      }
      for (tensor, view) in zip(bound.node.state, bound.buffers.state) { view.fill(tensor.start) }
    }
  }
}
