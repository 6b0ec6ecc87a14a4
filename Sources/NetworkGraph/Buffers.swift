public import Parallel
public import Tensors

/// The memory one node works on, bound once when the executor is made.
///
/// Every matrix has a feature per row and an example per column. A class without variables, so that
/// a step passes one reference per node: no copy, no allocation, no check for exclusive access.
public final class Buffers {
  /// Where the gradient of one input goes.
  public struct InputGradient {
    /// Nil where nobody needs the gradient: the network's input.
    public let matrix: Matrix?
    /// Whether another consumer of the input has already written there.
    public let accumulates: Bool
  }

  public let inputs: [Matrix]
  /// The shapes of one example's inputs.
  public let inputShapes: [Shape]
  public let output: Matrix
  public let inputGradients: [InputGradient]
  /// The gradient of the output; `backward` may spoil it.
  public let outputGradient: Matrix
  /// The trained tensors in the order of `Op.parameters`.
  public let parameters: [Matrix]
  /// Their gradients; `backward` overwrites them.
  public let parameterGradients: [Matrix]
  /// The kept tensors in the order of `Op.state`.
  public let state: [View]
  /// What `forward` leaves for `backward`.
  public let saved: View
  /// Room while `forward` or `backward` runs; its content is lost between calls.
  public let scratch: View
  /// The key of the node's random numbers.
  public let key: UInt64
  /// What all nodes of a network share: the pass that is under way.
  let pass: Pass

  /// Whether this pass is part of training, rather than evaluation.
  public var isTraining: Bool { pass.isTraining }
  /// The number of the training step, from 0; counts the random numbers of a node.
  public var step: UInt64 { pass.step }
  /// The threads that share large work; the result must not depend on their number.
  public var workers: Workers { pass.workers }

  init(
    inputs: [Matrix], inputShapes: [Shape], output: Matrix, inputGradients: [InputGradient],
    outputGradient: Matrix, parameters: [Matrix], parameterGradients: [Matrix], state: [View],
    saved: View, scratch: View, key: UInt64, pass: Pass
  ) {
    self.inputs = inputs
    self.inputShapes = inputShapes
    self.output = output
    self.inputGradients = inputGradients
    self.outputGradient = outputGradient
    self.parameters = parameters
    self.parameterGradients = parameterGradients
    self.state = state
    self.saved = saved
    self.scratch = scratch
    self.key = key
    self.pass = pass
  }

  /// The same memory with another number of examples in use.
  func withColumns(_ columns: Int) -> Buffers {
    Buffers(
      inputs: inputs.map { $0.withColumns(columns) }, inputShapes: inputShapes,
      output: output.withColumns(columns),
      inputGradients: inputGradients.map {
        InputGradient(matrix: $0.matrix?.withColumns(columns), accumulates: $0.accumulates)
      }, outputGradient: outputGradient.withColumns(columns), parameters: parameters,
      parameterGradients: parameterGradients, state: state, saved: saved, scratch: scratch,
      key: key, pass: pass)
  }
}

/// The pass that is under way; shared, so that a step need not visit the nodes to tell them.
final class Pass {
  var isTraining = false
  var step: UInt64 = 0
  var workers = Workers(count: 1)
}

extension Buffers {
  /// Room for one float per feature and example of the output, in `saved` from `offset`.
  func savedMatrix(at offset: Int = 0) -> Matrix {
    Matrix(
      saved.window(offset, output.rows * output.stride), rows: output.rows,
      columns: output.columns, stride: output.stride)
  }

  /// Passes a matrix on: adds it to the gradient of an input, or writes it there first.
  func pass(_ gradient: Matrix, to input: Int) {
    guard let target = inputGradients[input].matrix else { return }
    if inputGradients[input].accumulates {
      add(gradient, into: target)
    } else {
      copy(gradient, into: target)
    }
  }
}
