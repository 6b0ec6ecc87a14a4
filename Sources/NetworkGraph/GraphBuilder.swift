public import SpecSyntax
public import Tensors

/// A name in a layer's `from`.
public struct Reference: Hashable, Sendable {
  /// A layer's name, `previous` or `input`.
  public let name: String
  public let range: SourceRange

  public init(_ name: String, at range: SourceRange = .none) {
    self.name = name
    self.range = range
  }

  /// The layer just above, or the network's input for the first.
  public static let previous = "previous"
  /// The network's input.
  public static let input = "input"
}

/// Makes a graph layer by layer: names, connections, shapes.
///
/// Mistakes are reported, and building goes on; `finish` gives a graph only if there were none.
public struct GraphBuilder {
  private let inputShape: Shape
  /// What `input` names: the network's input, or what it has been made into.
  private var input = Graph.Source.input
  /// How many layers make that of it; the author does not count them.
  private var inputLayerCount = 0
  private var nodes: [Graph.Node] = []
  /// Whether the shape of a node is known; what takes an unknown shape is not checked.
  private var isKnown: [Bool] = []
  private var hasErrors = false
  /// Whether a layer could not be read whole; its name and what it takes are not known then.
  private var hasMistaken = false

  /// A thousand million: the limit on the parameters of a network and the values of a layer.
  private static let limit = 1_000_000_000

  public init(input: Shape) { inputShape = input }

  /// Lets `input` name, from now on, what the last layer gives.
  public mutating func useLastLayerAsInput() {
    guard let last = nodes.last else { return }
    input = .node(last.id)
    inputLayerCount = nodes.count
  }

  /// Adds an operation behind the layer above it, or behind those that `from` names.
  ///
  /// - Parameters:
  ///   - name: the author's name for the layer and where it stands.
  ///   - range: what to underline if the operation as a whole is to blame.
  @discardableResult
  public mutating func add(
    _ op: any Op, name: Located<String>? = nil, from references: [Reference]? = nil,
    at range: SourceRange = .none, path: SpecPath = .root, into log: inout DiagnosticLog
  ) -> Graph.Node.ID {
    let name = freeName(name, for: op, path: path, into: &log)
    let sources = sources(references, path: path, into: &log)
    var inputs = sources
    if !type(of: op).inputCount.contains(sources.count) {
      report(
        .wrongInputCount(
          op.name, wanted: type(of: op).inputCount, found: sources.count, at: range, path: path),
        into: &log)
      inputs = []
    }
    let shapes = inputs.map(shape)
    let output = inputs.isEmpty ? nil : outputShape(op, shapes, name, range, path, into: &log)
    let node = Graph.Node(
      id: nodes.count, name: name, op: op, inputs: sources,
      inputShapes: sources.map { shape(of: $0) ?? [1] }, outputShape: output ?? [1],
      range: range, path: path)
    isKnown.append(output != nil)
    nodes.append(node)
    if output != nil, shapes.allSatisfy({ $0 != nil }) { checkSize(of: node, into: &log) }
    return node.id
  }

  /// Adds a layer whose mistake has been reported: others may name it, and what takes it is not
  /// checked.
  public mutating func addMistaken(
    _ op: any Op, name: Located<String>?, at range: SourceRange, path: SpecPath
  ) {
    hasErrors = true
    hasMistaken = true
    var silent = DiagnosticLog()
    let name = freeName(name, for: op, path: path, into: &silent)
    isKnown.append(false)
    nodes.append(
      Graph.Node(
        id: nodes.count, name: name, op: op, inputs: [input], inputShapes: [[1]],
        outputShape: [1], range: range, path: path))
  }

  /// The graph that ends in the last layer added, without layers that do not lead there; nil
  /// after a mistake.
  public func finish(into log: inout DiagnosticLog) -> Graph? {
    guard !nodes.isEmpty else { return nil }
    var isUsed = nodes.map { $0.id == nodes.count - 1 }
    for node in nodes.reversed() where isUsed[node.id] {
      for case .node(let id) in node.inputs { isUsed[id] = true }
    }
    // A layer whose only users are unused themselves is reported through the last of them.
    let taken = Set(nodes.flatMap(\.inputs))
    for node in nodes where !hasMistaken && !isUsed[node.id] && !taken.contains(.node(node.id)) {
      log.report(.unusedLayer(node))
    }
    guard !hasErrors else { return nil }
    var newIDs: [Graph.Node.ID] = []
    var kept: [Graph.Node] = []
    for var node in nodes {
      newIDs.append(kept.count)
      guard isUsed[node.id] else { continue }
      node.id = kept.count
      node.inputs = node.inputs.map { source in
        if case .node(let id) = source { .node(newIDs[id]) } else { source }
      }
      kept.append(node)
    }
    return Graph(inputShape: inputShape, nodes: kept)
  }
}

extension GraphBuilder {
  private mutating func report(_ diagnostic: Diagnostic, into log: inout DiagnosticLog) {
    hasErrors = true
    log.report(diagnostic)
  }

  /// The name the author gave, or the operation's with the first number that is free.
  private mutating func freeName(
    _ name: Located<String>?, for op: any Op, path: SpecPath, into log: inout DiagnosticLog
  ) -> String {
    if let name {
      let text = name.wrappedValue
      let path = path.key("name")
      if [Reference.previous, Reference.input].contains(text) {
        report(.reservedLayerName(text, at: name.projectedValue, path: path), into: &log)
      } else if let first = nodes.first(where: { $0.name == text }) {
        report(
          .duplicateLayerName(text, at: name.projectedValue, first: first, path: path), into: &log)
      } else {
        return text
      }
    }
    let names = Set(nodes.map(\.name))
    var number = nodes.dropFirst(inputLayerCount).count { $0.op.name == op.name } + 1
    while names.contains("\(op.name)\(number)") { number += 1 }
    return "\(op.name)\(number)"
  }

  /// Where the inputs come from; unknown names are reported and left out.
  private mutating func sources(
    _ references: [Reference]?, path: SpecPath, into log: inout DiagnosticLog
  ) -> [Graph.Source] {
    let previous: Graph.Source = nodes.isEmpty ? input : .node(nodes.count - 1)
    guard let references else { return [previous] }
    var sources: [Graph.Source] = []
    for (index, reference) in references.enumerated() {
      if reference.name == Reference.previous {
        sources.append(previous)
      } else if reference.name == Reference.input {
        sources.append(input)
      } else if let node = nodes.first(where: { $0.name == reference.name }) {
        sources.append(.node(node.id))
      } else {
        let names = [Reference.previous, Reference.input] + nodes.map(\.name)
        let path = path.key("from").index(index)
        hasErrors = true
        // The name may be lost with the mistake of the layer that has it.
        if !hasMistaken { report(.unknownLayer(reference, names: names, path: path), into: &log) }
        sources.append(previous)
      }
    }
    return sources
  }

  /// The shape of a source, or nil if a mistake has hidden it.
  private func shape(of source: Graph.Source) -> Shape? {
    switch source {
    case .input: inputShape
    case .node(let id): isKnown[id] ? nodes[id].outputShape : nil
    }
  }

  /// The shape that comes out; nil, with a report if this operation is to blame.
  private mutating func outputShape(
    _ op: any Op, _ shapes: [Shape?], _ name: String, _ range: SourceRange, _ path: SpecPath,
    into log: inout DiagnosticLog
  ) -> Shape? {
    guard shapes.allSatisfy({ $0 != nil }) else {
      // What comes out whatever goes in is known all the same: the width of a dense layer.
      let one = try? op.outputShape(for: shapes.map { $0 ?? [1] })
      let two = try? op.outputShape(for: shapes.map { $0 ?? [2] })
      return one == two ? one : nil
    }
    do throws(ShapeError) {
      let shape = try op.outputShape(for: shapes.compactMap { $0 })
      if shape.count <= Self.limit { return shape }
      report(.tooLarge(name, values: shape.count, at: range, path: path), into: &log)
      return nil
    } catch {
      report(.shapeMismatch(error, in: name, at: range, path: path), into: &log)
      return nil
    }
  }

  /// Reports the layer that takes the network over the limit.
  private mutating func checkSize(of node: Graph.Node, into log: inout DiagnosticLog) {
    let before = nodes.dropLast().reduce(0) { $0 + $1.parameterCount }
    guard before <= Self.limit, before + node.parameterCount > Self.limit else { return }
    report(.tooManyParameters(node), into: &log)
  }
}
