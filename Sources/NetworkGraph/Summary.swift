import Tensors

/// What a network is made of and what it costs, per layer and in total.
public struct Summary: Sendable, Encodable {
  /// One layer of the table.
  public struct Layer: Sendable, Encodable {
    public let name: String
    public let op: String
    public let inputShape: [[Int]]
    public let outputShape: [Int]
    public let parameters: Int
    public let flops: Int

    private enum CodingKeys: String, CodingKey {
      case name, op, parameters, flops
      case inputShape = "input_shape"
      case outputShape = "output_shape"
    }
  }

  public let layers: [Layer]
  /// How many numbers are trained.
  public let parameters: Int
  /// Floating-point operations of one example's forward pass.
  public let flops: Int
  /// Every byte that training allocates for parameters, gradients, optimiser and activations.
  public let memoryBytes: Int

  private enum CodingKeys: String, CodingKey {
    case layers, parameters, flops
    case memoryBytes = "memory_bytes"
  }
}

extension Graph {
  /// Counts for training with batches of `batch` examples.
  public func summary(
    batch: Int, loss: any Loss, optimizer: any Optimizer
  ) -> Summary {
    Plan(graph: self, batch: batch, loss: loss, optimizer: optimizer).summary
  }
}

extension Plan {
  /// Counts of the graph as written, with the memory of this plan.
  public var summary: Summary {
    let layers = graph.nodes.map { node in
      Summary.Layer(
        name: node.name, op: node.op.name, inputShape: node.inputShapes.map(\.sizes),
        outputShape: node.outputShape.sizes, parameters: node.parameterCount, flops: node.flops)
    }
    return Summary(
      layers: layers, parameters: graph.parameterCount, flops: graph.flops,
      memoryBytes: memoryBytes)
  }
}
