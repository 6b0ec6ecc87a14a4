public import NetworkGraph

/// What a spec sets of each layer beside what its name, its work and its shape tell: the size of a
/// kernel, a stride, a share that is dropped.
///
/// The words are those of the spec: fields by their names, with their values as they are written.
/// Shown are those that the author wrote or a rule decided, and of the others those that an
/// operation wants shown.
public struct LayerSettings: Sendable {
  /// What the picture of a layer says anyway, and what is long and seldom asked for.
  private static let toldOtherwise: Set = [
    "units", "filters", "activation", "function", "initializer",
  ]

  private let values: [Resolution.Value]

  /// - Parameter values: every value of a spec; none where they are not known.
  public init(_ values: [Resolution.Value] = []) {
    self.values = values.filter { $0.path.hasPrefix("model.") }
  }

  /// The settings of a layer, such as `kernel 3, padding same`; empty where there are none.
  public func words(of node: Graph.Node) -> String {
    let path = "\(node.path)"
    // The author gives one share for all layers of a stack.
    if path.hasPrefix("model.hidden_layers"), node.op.name == Dropout.name {
      return values.first { $0.path == "model.dropout" }.map { "rate \($0.value)" } ?? ""
    }
    let prefix = "\(path).\(node.op.name)."
    let shown = type(of: node.op).shownFields
    return values.compactMap { value -> String? in
      guard value.path.hasPrefix(prefix) else { return nil }
      let name = String(value.path.dropFirst(prefix.count))
      guard !name.contains("."), !name.contains("["), !Self.toldOtherwise.contains(name),
        value.value != "none", value.origin != .default || shown.contains(name)
      else { return nil }
      return "\(name) \(value.value)"
    }.joined(separator: ", ")
  }

  /// The same of every layer of a network, by its name.
  public func words(of graph: Graph) -> [String: String] {
    Dictionary(uniqueKeysWithValues: graph.nodes.map { ($0.name, words(of: $0)) })
  }
}
