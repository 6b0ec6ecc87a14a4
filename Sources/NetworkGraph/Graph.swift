public import SpecSyntax
public import Tensors

/// A network: operations in an order in which each can be computed from those before it.
public struct Graph: Sendable {
  /// Where an input of a node comes from.
  public enum Source: Hashable, Sendable {
    case input
    case node(Node.ID)
  }

  /// One operation, its connections, and where the author wrote it.
  public struct Node: Sendable {
    /// Its place in the graph's list.
    public typealias ID = Int

    public internal(set) var id: ID
    public let name: String
    public let op: any Op
    public internal(set) var inputs: [Source]
    public let inputShapes: [Shape]
    public let outputShape: Shape
    public let range: SourceRange
    public let path: SpecPath

    public var parameters: [ParameterTensor] { op.parameters(for: inputShapes) }
    /// How many numbers of this node are trained.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }
    public var state: [StateTensor] { op.state(for: inputShapes) }
    /// Floating-point operations of one example's forward pass.
    public var flops: Int { op.flops(for: inputShapes) }
  }

  public let inputShape: Shape
  /// Each node comes after those it takes its inputs from; the last one is the output.
  public let nodes: [Node]

  init(inputShape: Shape, nodes: [Node]) {
    self.inputShape = inputShape
    self.nodes = nodes
    precondition(violation == nil, "a graph is out of order: \(violation ?? "")")
  }

  /// The node whose output is the network's.
  public var output: Node { nodes[nodes.count - 1] }
  public var outputShape: Shape { output.outputShape }
  public var parameterCount: Int { nodes.reduce(0) { $0 + $1.parameterCount } }
  public var flops: Int { nodes.reduce(0) { $0 + $1.flops } }

  /// The shape that a source gives.
  public func shape(of source: Source) -> Shape {
    switch source {
    case .input: inputShape
    case .node(let id): nodes[id].outputShape
    }
  }

  /// What is wrong with the graph's own order, or nil: a check for tests and passes.
  var violation: String? {
    guard !nodes.isEmpty else { return "it has no node" }
    var used: Set<Node.ID> = []
    for (index, node) in nodes.enumerated() {
      guard node.id == index else { return "`\(node.name)` is not where its id says" }
      guard node.inputs.count == node.inputShapes.count else {
        return "`\(node.name)` has not one shape per input"
      }
      for (source, shape) in zip(node.inputs, node.inputShapes) {
        if case .node(let id) = source {
          guard id < index, id >= 0 else { return "`\(node.name)` comes before its input" }
          used.insert(id)
        }
        guard self.shape(of: source) == shape else { return "`\(node.name)` has a wrong shape" }
      }
    }
    guard used.count == nodes.count - 1 else { return "some node is not used" }
    return Set(nodes.map(\.name)).count == nodes.count ? nil : "two nodes have one name"
  }
}
