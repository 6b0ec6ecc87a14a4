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
  /// Of these, the bytes for activations and their gradients, which take each other's place.
  public let activationBytes: Int

  private enum CodingKeys: String, CodingKey {
    case layers, parameters, flops
    case memoryBytes = "memory_bytes"
    case activationBytes = "activation_bytes"
  }
}

extension Graph {
  /// Counts for training with batches of `batch` examples.
  public func summary(
    batch: Int, loss: any Loss, optimizer: any Optimizer, rules: StepRules = StepRules()
  ) -> Summary {
    Plan(graph: self, batch: batch, loss: loss, optimizer: optimizer, rules: rules).summary
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
      memoryBytes: memoryBytes, activationBytes: activationBytes)
  }
}

extension Summary {
  /// The table for people: a line per layer, and the totals.
  public var text: String {
    var rows = [["layer", "op", "input", "output", "parameters", "FLOPs"]]
    for layer in layers {
      rows.append([
        layer.name, layer.op,
        layer.inputShape.map { Shape($0).description }.joined(separator: " + "),
        Shape(layer.outputShape).description, grouped(layer.parameters), grouped(layer.flops),
      ])
    }
    rows.append(["total", "", "", "", grouped(parameters), grouped(flops)])
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      row.indices.map { column in
        let gap = String(repeating: " ", count: widths[column] - row[column].count)
        return column < 2 ? row[column] + gap : gap + row[column]
      }.joined(separator: "  ")
    }
    let memory =
      "memory for training: \(bytes(memoryBytes)), of which activations \(bytes(activationBytes))"
    return (lines + ["", "FLOPs of one example, forward", memory]).joined(separator: "\n")
  }

  private func bytes(_ count: Int) -> String {
    if count < 1 << 20 { return "\((count + 1023) >> 10) KiB" }
    return "\(Double((count * 10) >> 20) / 10) MiB"
  }
}

/// A count with commas between groups of three digits.
private func grouped(_ count: Int) -> String {
  var text = ""
  for (index, digit) in String(count).reversed().enumerated() {
    if index > 0, index % 3 == 0, digit != "-" { text = "," + text }
    text = String(digit) + text
  }
  return text
}
