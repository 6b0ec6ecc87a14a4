public import Tensors

/// The memory one node works on, bound once when the executor is made.
///
/// Every matrix has a feature per row and an example per column. Nothing here allocates.
public struct Buffers {
  /// Where the gradient of one input goes.
  public struct InputGradient {
    /// Nil where nobody needs the gradient: the network's input.
    public internal(set) var matrix: Matrix?
    /// Whether another consumer of the input has already written there.
    public let accumulates: Bool
  }

  public internal(set) var inputs: [Matrix]
  public internal(set) var output: Matrix
  public internal(set) var inputGradients: [InputGradient]
  /// The gradient of the output; `backward` may spoil it.
  public internal(set) var outputGradient: Matrix
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
  /// Whether this pass is part of training, rather than evaluation.
  public internal(set) var isTraining = false
  /// The number of the training step, from 0; counts the random numbers of a node.
  public internal(set) var step: UInt64 = 0
  /// The key of the node's random numbers.
  public let key: UInt64

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

extension Buffers {
  /// Room for one float per feature and example of the output, in `saved` from `offset`.
  func savedMatrix(at offset: Int = 0) -> Matrix {
    Matrix(
      saved.window(offset, output.rows * output.stride), rows: output.rows,
      columns: output.columns, stride: output.stride)
  }

  /// Uses the first `columns` examples of the batch from now on.
  mutating func use(columns: Int) {
    output = output.withColumns(columns)
    outputGradient = outputGradient.withColumns(columns)
    for i in inputs.indices { inputs[i] = inputs[i].withColumns(columns) }
    for i in inputGradients.indices {
      inputGradients[i].matrix = inputGradients[i].matrix?.withColumns(columns)
    }
  }
}
