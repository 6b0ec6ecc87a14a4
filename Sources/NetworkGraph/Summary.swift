public import SpecSyntax
import Tensors

/// What a network is made of and what it costs, per layer and in total.
public struct Summary: Sendable, Encodable {
  /// One layer of the table.
  public struct Layer: Sendable, Encodable {
    public let name: String
    public let op: String
    /// With the function that the operation applies itself: `dense + relu`.
    public let words: String
    /// The layers whose outputs it takes, or `input`.
    public let from: [String]
    public let inputShape: [[Int]]
    public let outputShape: [Int]
    public let parameters: Int
    public let flops: Int

    private enum CodingKeys: String, CodingKey {
      case name, op, from, parameters, flops
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
        name: node.name, op: node.op.name, words: node.op.words,
        from: node.inputs.map(graph.name), inputShape: node.inputShapes.map(\.sizes),
        outputShape: node.outputShape.sizes, parameters: node.parameterCount, flops: node.flops)
    }
    return Summary(
      layers: layers, parameters: graph.parameterCount, flops: graph.flops,
      memoryBytes: memoryBytes, activationBytes: activationBytes)
  }
}

extension Summary {
  /// The table for people: a line per layer, and the totals.
  ///
  /// Where a layer takes something else than the one before, a column tells what each takes.
  ///
  /// - Parameter settings: what is set of a layer beside that, by its name.
  public func text(style: TextStyle = .plain, settings: [String: String] = [:]) -> String {
    let branches = zip(layers.indices, layers).contains { index, layer in
      layer.from != [index == 0 ? "input" : layers[index - 1].name]
    }
    let isSet = layers.contains { settings[$0.name]?.isEmpty == false }
    let head = ["layer", "op"] + (isSet ? ["with"] : []) + (branches ? ["from"] : [])
    var table = TextTable(
      head + ["input", "output", "parameters", "FLOPs"], leading: head.count)
    for layer in layers {
      var cells = [layer.name, layer.words]
      if isSet { cells.append(shortened(settings[layer.name] ?? "", to: 36)) }
      if branches { cells.append(layer.from.joined(separator: ", ")) }
      cells.append(layer.inputShape.map { Shape($0).description }.joined(separator: " + "))
      cells.append(Shape(layer.outputShape).description)
      table.add(cells + [groupedText(layer.parameters), groupedText(layer.flops)])
    }
    let blanks = Array(repeating: "", count: head.count + 1)
    table.add(["total"] + blanks + [groupedText(parameters), groupedText(flops)], isStrong: true)
    let memory = """
      memory for training: \(byteText(memoryBytes)), of which activations \
      \(byteText(activationBytes))
      """
    return (table.lines(style: style) + ["", "FLOPs of one example, forward", memory])
      .joined(separator: "\n")
  }
}

/// A count of bytes in KiB or MiB.
public func byteText(_ count: Int) -> String {
  if count < 1 << 20 { return "\((count + 1023) >> 10) KiB" }
  return "\(Double((count * 10) >> 20) / 10) MiB"
}

extension Graph {
  /// The name of what a source gives: a layer's, or `input`.
  public func name(of source: Source) -> String {
    switch source {
    case .input: "input"
    case .node(let id): nodes[id].name
    }
  }
}

/// A count with commas between groups of three digits.
public func groupedText(_ count: Int) -> String {
  var text = ""
  for (index, digit) in String(count).reversed().enumerated() {
    if index > 0, index % 3 == 0, digit != "-" { text = "," + text }
    text = String(digit) + text
  }
  return text
}
