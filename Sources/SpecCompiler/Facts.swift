public import NetworkGraph
public import SpecSyntax
public import Tables

/// What rules may ask about a spec, its table, its network and a training run.
///
/// What is not known is nil, and rules that need it stay silent. A value that is still open is
/// nil too, so the same facts serve while values are decided and afterwards.
public struct Facts: Sendable {
  /// The spec, as far as its open values are decided.
  public var spec: Spec
  /// The tree that `spec` was read from, with decided values in place.
  public var tree: SyntaxTree
  public var profile: DataProfile?
  /// What becomes of each column, as far as the spec is decided.
  public var features: FeatureChoice?
  /// Inputs of the network's first layer, after encoding and embedding: d.
  public var inputWidth: Int?
  /// Outputs of the network: o, which is 1 for a binary cross-entropy.
  public var outputUnits: Int?
  /// The compiled network, and its layers and counts.
  public var graph: Graph?
  public var summary: Summary?
  /// What a training run showed.
  public var probe: Probe?
  /// The spec as it was before, with its values decided.
  public var earlier: Spec?
  /// What the project says to the rules.
  public var settings: RuleSettings

  public init(
    spec: Spec, tree: SyntaxTree, profile: DataProfile? = nil, features: FeatureChoice? = nil,
    inputWidth: Int? = nil, outputUnits: Int? = nil, graph: Graph? = nil,
    summary: Summary? = nil, probe: Probe? = nil, earlier: Spec? = nil,
    settings: RuleSettings = .standard
  ) {
    self.spec = spec
    self.tree = tree
    self.profile = profile
    self.features = features
    self.inputWidth = inputWidth
    self.outputUnits = outputUnits
    self.graph = graph
    self.summary = summary
    self.probe = probe
    self.earlier = earlier
    self.settings = settings
  }

  /// Whether the author wrote the value at `path`, or something inside it; `auto` leaves it open.
  public func isWritten(_ path: SpecPath) -> Bool {
    tree.root.written(at: path)?.isWritten ?? false
  }

  /// Where the value at `path` stands; where nothing does, the nearest section around it.
  ///
  /// A section in block style is shown by its key, because its text would show nothing in
  /// particular.
  public func place(of path: SpecPath) -> SourceRange {
    guard !path.steps.isEmpty else {
      return tree.root.mapping?.entries.first?.key.range ?? tree.root.range
    }
    guard let node = tree.root.written(at: path), node.isWritten else {
      return place(of: path.parent)
    }
    guard let mapping = node.mapping, !mapping.isFlow, case .key(let key)? = path.steps.last else {
      return node.range
    }
    return tree.root.at(path.parent)?.mapping?.entry(key)?.key.range ?? node.range
  }
}

extension Node {
  /// The author's node at `path`; nil where the program put it in, or something around it.
  fileprivate func written(at path: SpecPath) -> Node? {
    var node = self
    for step in path.steps {
      guard !node.isDecided, let next = node.at(step) else { return nil }
      node = next
    }
    return node
  }

  /// Whether the author wrote this node, or something inside it; `auto` leaves it open.
  fileprivate var isWritten: Bool {
    if isDecided { return false }
    if let scalar, scalar.style == .plain, scalar.text == "auto" { return false }
    guard let mapping, mapping.entries.contains(where: { $0.value.holdsDecided }) else {
      return true
    }
    return mapping.entries.contains { $0.value.isWritten }
  }

  /// Whether the program put in this node, or something inside it.
  private var holdsDecided: Bool {
    isDecided || (mapping?.entries.contains { $0.value.holdsDecided } ?? false)
  }
}
