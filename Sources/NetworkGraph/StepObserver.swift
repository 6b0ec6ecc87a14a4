/// A part of a training step.
public enum StepPart: Hashable, Sendable {
  /// Rows become columns of a batch.
  case gather
  /// The forward pass of an operation, by its place in `Executor.layers`.
  case forward(Int)
  case loss
  /// The backward pass of an operation.
  case backward(Int)
  /// The gradient's length, its bounds, and the optimiser's sweep.
  case update
}

/// Somebody who measures the parts of training steps.
public protocol StepObserver: AnyObject {
  /// Work on a batch begins; the update that follows begins with no rows.
  func begin(rows: Int)
  /// What was done since the last call, or since the beginning, was this part.
  func finish(_ part: StepPart)
}

extension Executor {
  /// An operation as the steps run it, for whoever measures them.
  public struct Layer: Sendable {
    public let name: String
    public let op: String
    /// Floating-point operations of one example.
    public let forwardFlops: Int
    /// As many again for each of: the gradients of the parameters, those of the inputs.
    public let backwardFlops: Int
  }

  /// The operations that steps run, activations merged into the layers before them.
  public var layers: [Layer] {
    layout.nodes.map { bound in
      let node = bound.node
      let passesBack = bound.buffers.inputGradients.contains { $0.matrix != nil }
      let gradients = (node.parameters.isEmpty ? 0 : 1) + (passesBack ? 1 : 0)
      return Layer(
        name: node.name, op: node.op.name, forwardFlops: node.flops,
        backwardFlops: gradients * node.flops)
    }
  }
}
