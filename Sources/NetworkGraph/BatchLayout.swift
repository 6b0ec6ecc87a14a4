import Tensors

/// An operation bound to its memory.
struct BoundNode {
  let node: Graph.Node
  let buffers: Buffers
  let bound: any BoundOp

  init(_ node: Graph.Node, _ buffers: Buffers) {
    (self.node, self.buffers) = (node, buffers)
    bound = node.op.bound(to: buffers)
  }
}

/// What passes over batches of one size work on.
///
/// A class without variables, so that a step takes no copy of it and a last, smaller batch of an
/// epoch costs no more than another reference.
final class BatchLayout {
  /// How many examples are in a batch.
  var columns: Int { input.columns }
  let nodes: [BoundNode]
  let input: Matrix
  let targets: Matrix
  let output: Matrix
  let outputGradient: Matrix
  /// What the nodes run.
  private let ops: [any BoundOp]

  init(_ nodes: [BoundNode], input: Matrix, targets: Matrix) {
    self.nodes = nodes
    self.input = input
    self.targets = targets
    ops = nodes.map(\.bound)
    let last = nodes[nodes.count - 1].buffers
    (output, outputGradient) = (last.output, last.outputGradient)
  }

  /// The same memory with another number of examples in use.
  func withColumns(_ columns: Int) -> BatchLayout {
    BatchLayout(
      nodes.map { BoundNode($0.node, $0.buffers.withColumns(columns)) },
      input: input.withColumns(columns), targets: targets.withColumns(columns))
  }

  /// Computes all outputs.
  func forward() {
    for i in ops.indices { ops[i].forward() }
  }

  /// Computes all gradients from that of the output.
  func backward() {
    for i in ops.indices.reversed() { ops[i].backward() }
  }

  /// The same with a word after each operation.
  func forward(finished: (Int) -> Void) {
    for i in ops.indices {
      ops[i].forward()
      finished(i)
    }
  }

  /// The same with a word after each operation.
  func backward(finished: (Int) -> Void) {
    for i in ops.indices.reversed() {
      ops[i].backward()
      finished(i)
    }
  }
}
