/// A node of a parsed document: what was written and where.
///
/// Nodes are immutable and shared: an alias refers to its target instead of copying it.
public final class Node: Sendable {
  public enum Content: Sendable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping(Mapping)
    /// `*name`; the node it refers to.
    case alias(name: String, target: Node)
  }

  public let content: Content
  /// The content without anchor and tag; a collection reaches from its first to its last child,
  /// or from bracket to bracket. An empty value is an empty range after the colon.
  public let range: SourceRange
  /// The name after `&`, if the node carries an anchor.
  public let anchor: String?
  /// The resolved tag, such as `tag:yaml.org,2002:str`, if one was written.
  public let tag: String?
  /// Whether the program put the node in, so that it does not count as written.
  public let isDecided: Bool

  public init(
    _ content: Content, range: SourceRange, anchor: String? = nil, tag: String? = nil,
    isDecided: Bool = false
  ) {
    self.content = content
    self.range = range
    self.anchor = anchor
    self.tag = tag
    self.isDecided = isDecided
  }

  /// This node, or the node an alias finally refers to.
  public var resolved: Node {
    var node = self
    while case .alias(_, let target) = node.content { node = target }
    return node
  }

  public var scalar: Scalar? {
    if case .scalar(let scalar) = resolved.content { scalar } else { nil }
  }

  public var sequence: [Node]? {
    if case .sequence(let items) = resolved.content { items } else { nil }
  }

  public var mapping: Mapping? {
    if case .mapping(let mapping) = resolved.content { mapping } else { nil }
  }

  /// The node at `path` below this one, through aliases and merges; nil where nothing stands.
  public func at(_ path: SpecPath) -> Node? {
    var node = self
    for step in path.steps {
      guard let next = node.at(step) else { return nil }
      node = next
    }
    return node
  }

  /// The node one step below this one, through aliases and merges; nil where nothing stands.
  public func at(_ step: SpecPath.Step) -> Node? {
    switch step {
    case .key(let key): return mapping?[key]
    case .index(let index):
      guard let items = sequence, items.indices.contains(index) else { return nil }
      return items[index]
    }
  }
}

/// The text of a scalar and how it was quoted.
public struct Scalar: Hashable, Sendable {
  public enum Style: Sendable { case plain, singleQuoted, doubleQuoted, literal, folded }

  /// The value, with escapes and line folding undone.
  public var text: String
  public var style: Style

  public init(_ text: String, style: Style = .plain) {
    self.text = text
    self.style = style
  }

  /// Whether a YAML 1.2 core reader takes this for null: empty, `~`, `null`, `Null` or `NULL`.
  public var isNull: Bool {
    style == .plain && ["", "~", "null", "Null", "NULL"].contains(text)
  }
}

/// The entries of a mapping in the order they were written.
public struct Mapping: Sendable {
  public struct Entry: Sendable {
    /// A scalar node; the parser reports other keys and leaves their entries out.
    public let key: Node
    public var value: Node
    /// The key's text.
    public let name: String

    public init(key: Node, value: Node) {
      self.key = key
      self.value = value
      name = key.scalar?.text ?? ""
    }
  }

  /// Own entries first, then those that `<<` brings in and this mapping does not have itself.
  /// No two entries have the same name: the parser reports duplicates and keeps the first.
  public var entries: [Entry]
  /// How many of `entries`, from the front, were written here and not merged in.
  public var ownCount: Int
  /// Whether the mapping was written in braces.
  public var isFlow: Bool

  public init(_ entries: [Entry], ownCount: Int? = nil, isFlow: Bool = false) {
    self.entries = entries
    self.ownCount = ownCount ?? entries.count
    self.isFlow = isFlow
  }

  public subscript(name: String) -> Node? { entry(name)?.value }

  public func entry(_ name: String) -> Entry? { index(of: name).map { entries[$0] } }

  /// Where among `entries` the one of this name stands.
  func index(of name: String) -> Int? { entries.firstIndex { $0.name == name } }
}

/// A document with its comments.
public struct SyntaxTree: Sendable {
  public var root: Node
  /// Every comment from `#` to the end of its line, in order of position; text after text.
  public var comments: [SourceRange]
  /// Whether a value that was written is not in the tree, because a mistake in the text, which is
  /// reported, leaves open what it is. Whoever misses the value would mislead.
  public var lacksValue: Bool

  public init(root: Node, comments: [SourceRange] = [], lacksValue: Bool = false) {
    self.root = root
    self.comments = comments
    self.lacksValue = lacksValue
  }
}
