import Tensors

/// What a backward pass reads besides the gradient of the output and what `forward` has saved.
public struct BackwardReads: OptionSet, Sendable {
  public let rawValue: Int

  public init(rawValue: Int) { self.rawValue = rawValue }

  public static let inputs = BackwardReads(rawValue: 1)
  public static let output = BackwardReads(rawValue: 2)
}

/// Lays outputs, their gradients and what is saved over one another where no two are needed at the
/// same time.
///
/// A training step of `n` operations has moments: operation `i` goes forward at `i`, the loss comes
/// at `n`, and operation `i` goes backward at `2n − i`. Each block of memory has a life, the
/// moments between the first that writes it and the last that reads it. Evaluation reads less, so
/// that its lives lie within those of training.
struct MemoryPlanner {
  /// Memory of one purpose.
  private struct Block {
    var count: Int
    var life: ClosedRange<Int>
    var offset = 0
  }

  private let graph: Graph
  private let stride: Int
  private var blocks: [Block] = []
  /// Indices of blocks, by node.
  private var outputs: [Int] = []
  private var gradients: [Int] = []
  private var saved: [Int] = []
  /// Floats of all blocks together.
  private(set) var count = 0

  /// Plans for batches whose rows are `stride` floats long.
  init(_ graph: Graph, stride: Int) {
    (self.graph, self.stride) = (graph, stride)
    let consumers = Self.consumers(in: graph)
    for node in graph.nodes { addOutput(of: node, consumers) }
    gradients = graph.nodes.map { _ in 0 }
    for node in graph.nodes.reversed() { addGradient(of: node, consumers) }
    for node in graph.nodes {
      let count = node.op.savedCount(for: node.inputShapes, stride: stride)
      saved.append(add(count, forward(node.id)...backward(node.id)))
    }
    place()
  }

  func output(of node: Graph.Node.ID) -> Plan.Region { region(blocks[outputs[node]]) }
  func gradient(of node: Graph.Node.ID) -> Plan.Region { region(blocks[gradients[node]]) }
  func saved(of node: Graph.Node.ID) -> Plan.Region { region(blocks[saved[node]]) }

  /// Every block with its life, for the law that none disturbs another.
  var occupations: [(region: Plan.Region, life: ClosedRange<Int>)] {
    blocks.map { (region($0), $0.life) }
  }

  private func region(_ block: Block) -> Plan.Region {
    Plan.Region(offset: block.offset, count: block.count)
  }

  private func forward(_ node: Graph.Node.ID) -> Int { node }
  private var loss: Int { graph.nodes.count }
  private func backward(_ node: Graph.Node.ID) -> Int { 2 * graph.nodes.count - node }

  private mutating func add(_ count: Int, _ life: ClosedRange<Int>) -> Int {
    blocks.append(Block(count: count, life: life))
    return blocks.count - 1
  }

  /// An output lives until the last pass that reads it; it takes its input's place if it may.
  private mutating func addOutput(of node: Graph.Node, _ consumers: [[Graph.Node.ID]]) {
    var last = forward(node.id)
    for id in consumers[node.id] {
      let reads = graph.nodes[id].op.backwardReads.contains(.inputs)
      last = max(last, reads ? backward(id) : forward(id))
    }
    if node.id == graph.nodes.count - 1 { last = max(last, loss) }
    if node.op.backwardReads.contains(.output) { last = max(last, backward(node.id)) }
    guard let source = sourceInPlace(of: node, consumers),
      !graph.nodes[source].op.backwardReads.contains(.output),
      !node.op.backwardReads.contains(.inputs)
    else {
      return outputs.append(add(node.outputShape.count * stride, forward(node.id)...last))
    }
    let block = outputs[source]
    let life = blocks[block].life
    blocks[block].life = life.lowerBound...max(life.upperBound, last)
    outputs.append(block)
  }

  /// A gradient lives from the first consumer that passes it back to the pass that takes it on; it
  /// takes the place of its only consumer's if that may be.
  private mutating func addGradient(of node: Graph.Node, _ consumers: [[Graph.Node.ID]]) {
    let end = backward(node.id)
    guard let consumer = consumers[node.id].last else {
      gradients[node.id] = add(node.outputShape.count * stride, loss...end)
      return
    }
    if sourceInPlace(of: graph.nodes[consumer], consumers) == node.id {
      let block = gradients[consumer]
      blocks[block].life = blocks[block].life.lowerBound...end
      gradients[node.id] = block
    } else {
      gradients[node.id] = add(node.outputShape.count * stride, backward(consumer)...end)
    }
  }

  /// The node whose memory an operation may take over: its only input, which nobody else reads.
  private func sourceInPlace(
    of node: Graph.Node, _ consumers: [[Graph.Node.ID]]
  ) -> Graph.Node.ID? {
    guard node.op.worksInPlace, node.inputs.count == 1, case .node(let source) = node.inputs[0],
      consumers[source].count == 1, node.outputShape.count == node.inputShapes[0].count
    else { return nil }
    return source
  }

  /// Places the largest blocks first, each as low as those allow that live at the same time.
  private mutating func place() {
    let order = blocks.indices.sorted {
      (blocks[$1].count, $0) < (blocks[$0].count, $1)
    }
    var placed: [Int] = []
    for index in order where blocks[index].count > 0 {
      var offset = 0
      for other in placed where blocks[other].life.overlaps(blocks[index].life) {
        if offset + padded(blocks[index].count) <= blocks[other].offset { break }
        offset = max(offset, blocks[other].offset + padded(blocks[other].count))
      }
      blocks[index].offset = offset
      count = max(count, offset + padded(blocks[index].count))
      placed.insert(index, at: placed.firstIndex { blocks[$0].offset > offset } ?? placed.count)
    }
  }

  /// For each node, in order, the nodes that take its output; one that takes it twice is there
  /// twice.
  private static func consumers(in graph: Graph) -> [[Graph.Node.ID]] {
    var consumers = graph.nodes.map { _ in [Graph.Node.ID]() }
    for node in graph.nodes {
      for case .node(let id) in node.inputs { consumers[id].append(node.id) }
    }
    return consumers
  }
}
