/// Builds a document's tree from its events and reports what YAML allows but a spec does not.
struct TreeBuilder {
  let source: SourceText
  let index: Int
  var findings: [Diagnostic] = []
  /// The finished document.
  private(set) var root: Node?
  /// Every scalar in order of position.
  private(set) var spans: [ScalarSpan] = []
  /// Whether a limit ended reading, so that there is no whole tree.
  private(set) var isRefused = false
  /// Whether a value that was written is not in the tree, so that asking for it would mislead.
  var lacksValue = false
  var anchors: [String: Anchor] = [:]
  var anchorCount = 0
  var aliasCount = 0
  /// Entries that merges copied so far.
  var mergedCount = 0
  private var frames: [Frame] = []
  private let maximumNodes: Int
  private var nodeCount = 0
  private var eventCount = 0
  private var documentCount = 0

  init(_ source: SourceText, index: Int, maximumNodes: Int) {
    self.source = source
    self.index = index
    self.maximumNodes = maximumNodes
  }

  /// A finished node with what its size and shape cost.
  struct Built {
    /// Nil where a finding was made and nothing can stand in.
    var node: Node?
    var range: SourceRange
    /// Nodes that a walk through all aliases meets.
    var size = 1
    /// Collections inside collections, through aliases.
    var height = 0
    /// Merges inside merges.
    var mergeDepth = 0
  }

  /// An anchor; `built` is nil while its node is not finished.
  struct Anchor {
    var range: SourceRange
    var built: Built?
    var isUsed = false
  }

  /// A collection that is being read.
  struct Frame {
    var isMapping: Bool
    var isFlow: Bool
    var properties: YAMLEvent.Properties
    /// What the collection covers so far: its bracket, its children.
    var range: SourceRange?
    /// Where the event started, for a collection without children.
    var start: Int
    var items: [Node] = []
    var entries: [Mapping.Entry] = []
    var keys = KeyTable()
    var key: Built?
    var merges: [(key: SourceRange, value: Built)] = []
    /// Whether this is `{{ … }}`.
    var isTemplate = false
    var size = 1
    var height = 0
    var mergeDepth = 0
  }

  /// Whether the document holds nothing but an empty value.
  var isEmpty: Bool {
    guard let scalar = root?.scalar, scalar.style == .plain else { return false }
    return scalar.text.isEmpty
  }

  /// Takes the next event; false ends reading.
  mutating func visit(_ event: YAMLEvent) -> Bool {
    eventCount += 1
    switch event.kind {
    case .streamStart: break
    case .streamEnd: reportUnusedAnchors()
    case .documentStart(let version, _): startDocument(version, event)
    case .documentEnd: break
    case .alias(let name): add(alias(name, event))
    case .scalar(let scalar, let properties): add(self.scalar(scalar, properties, event))
    case .sequenceStart(let properties, let isFlow):
      open(isMapping: false, isFlow: isFlow, properties, event)
    case .mappingStart(let properties, let isFlow):
      open(isMapping: true, isFlow: isFlow, properties, event)
    case .sequenceEnd, .mappingEnd: close(event)
    }
    return !isRefused && documentCount < 2
  }

  /// What made reading end with `problem`.
  func cause(of problem: YAMLProblem) -> SyntaxCause {
    SyntaxCause(
      source: source, index: index, problem: problem, lastScalar: spans.last,
      openBrackets: frames.filter(\.isFlow).compactMap { $0.range?.lower })
  }

  /// Adds a finding, one more than the log keeps, which then says that there are others.
  mutating func report(_ diagnostic: Diagnostic) {
    guard findings.count <= SyntaxLimits.findings else { return }
    var diagnostic = diagnostic
    if diagnostic.path == .root { diagnostic.path = path }
    findings.append(diagnostic)
  }

  /// Reports that a limit was passed; reading ends.
  mutating func refuse(_ diagnostic: Diagnostic) {
    report(diagnostic)
    isRefused = true
  }

  func range(_ lower: Int, _ upper: Int) -> SourceRange {
    SourceRange(source: index, lower: lower, upper: max(lower, upper))
  }

  /// The place of the entry that is being read.
  private var path: SpecPath {
    let steps = frames.compactMap { frame -> SpecPath.Step? in
      guard frame.isMapping else { return .index(frame.items.count) }
      return frame.key?.node?.scalar.map { .key($0.text) }
    }
    return SpecPath(steps: steps)
  }

  private mutating func startDocument(_ version: YAMLEvent.Version?, _ event: YAMLEvent) {
    documentCount += 1
    if documentCount == 2 { report(.severalDocuments(at: range(event.start, event.end))) }
    guard documentCount == 1, let version, version.minor < 2 else { return }
    let line = source.lineRange(source.lineIndex(of: event.start))
    report(.oldYAMLVersion(at: range(line.lowerBound, line.upperBound)))
  }

  private mutating func scalar(
    _ scalar: Scalar, _ properties: YAMLEvent.Properties, _ event: YAMLEvent
  ) -> Built {
    let start = read(properties, event, isScalar: true)
    spans.append(ScalarSpan(lower: start, upper: event.end, style: scalar.style))
    var end = event.end
    if scalar.style == .literal || scalar.style == .folded {
      while end > start, [0x20, 0x09, 0x0A, 0x0D].contains(source.bytes[end - 1]) { end -= 1 }
    }
    let node = Node(
      .scalar(scalar), range: range(start, end), anchor: properties.anchor, tag: properties.tag)
    if scalar.text.utf8.count > SyntaxLimits.scalarBytes {
      report(.scalarTooLong(bytes: scalar.text.utf8.count, at: node.range))
    }
    if properties.anchor != nil, scalar.style == .plain, scalar.text.hasPrefix(":") {
      report(.colonAfterAnchor(at: range(start, start + 1)))
    }
    let built = Built(node: node, range: node.range)
    if let anchor = properties.anchor { anchors[anchor]?.built = built }
    return built
  }

  private mutating func open(
    isMapping: Bool, isFlow: Bool, _ properties: YAMLEvent.Properties, _ event: YAMLEvent
  ) {
    guard frames.count < SyntaxLimits.depth else {
      refuse(.tooDeep(at: range(max(event.start, event.end - 1), event.end)))
      return
    }
    _ = read(properties, event, isScalar: false, isMapping: isMapping)
    var frame = Frame(
      isMapping: isMapping, isFlow: isFlow, properties: properties, range: nil,
      start: event.start)
    if isFlow { frame.range = range(event.end - 1, event.end) }
    frames.append(frame)
  }

  private mutating func close(_ event: YAMLEvent) {
    guard var frame = frames.popLast() else { return }
    if frame.isFlow { frame.include(range(event.end - 1, event.end)) }
    let place = frame.range ?? range(frame.start, frame.start)
    var content = Node.Content.sequence(frame.items)
    if frame.isMapping { content = .mapping(merged(&frame)) }
    let node = Node(
      content, range: place, anchor: frame.properties.anchor, tag: frame.properties.tag)
    if frame.isTemplate {
      lacksValue = true
      report(.templateText(source.text(place), at: place))
    }
    let built = Built(
      node: frame.isTemplate ? nil : node, range: place, size: frame.size,
      height: frame.height + 1, mergeDepth: frame.mergeDepth)
    if let anchor = frame.properties.anchor { anchors[anchor]?.built = built }
    if built.size > SyntaxLimits.aliasWork {
      refuse(.tooMuchAliasWork(nodes: built.size, at: place))
    } else if built.height > SyntaxLimits.depth {
      refuse(.tooDeep(at: place))
    } else if built.mergeDepth > SyntaxLimits.mergeChain {
      refuse(.mergeChainTooLong(at: place))
    }
    add(built)
  }

  /// Puts a finished node where it belongs: into the open collection, or at the root.
  private mutating func add(_ built: Built) {
    nodeCount += 1
    if nodeCount > maximumNodes { refuse(.tooManyNodes(maximumNodes, at: built.range)) }
    guard let last = frames.indices.last else {
      root = built.node
      if aliasCount > 0, built.size > SyntaxLimits.aliasWorkPerEvent * eventCount {
        refuse(.tooMuchAliasWork(nodes: built.size, at: built.range))
      }
      return
    }
    // In place: a second reference to the frame would copy its entries at every addition.
    frames[last].include(built.range)
    frames[last].size += min(built.size, SyntaxLimits.aliasWork + 1)
    frames[last].height = max(frames[last].height, built.height)
    if !frames[last].isMapping {
      frames[last].mergeDepth = max(frames[last].mergeDepth, built.mergeDepth)
      if let node = built.node { frames[last].items.append(node) }
    } else if let key = frames[last].key {
      frames[last].key = nil
      addEntry(key, built)
    } else {
      frames[last].key = built
    }
  }

  private mutating func addEntry(_ key: Built, _ value: Built) {
    guard let last = frames.indices.last, let node = key.node else { return }
    guard let scalar = node.scalar else {
      if frames[last].isFlow, isTemplate(node) {
        frames[last].isTemplate = true
      } else {
        report(.collectionAsKey(at: node.range))
      }
      return
    }
    if scalar.text == "<<", scalar.style == .plain, node.tag == nil {
      if let first = frames[last].merges.first?.key {
        report(.repeatedMerge(at: node.range, first: first))
      }
      frames[last].merges.append((node.range, value))
      return
    }
    guard !scalar.text.isEmpty || scalar.style != .plain else {
      report(.emptyKey(at: node.range))
      return
    }
    if scalar.text.utf8.count > SyntaxLimits.keyBytes {
      report(.keyTooLong(bytes: scalar.text.utf8.count, at: node.range))
    }
    if let first = frames[last].keys.add(scalar.text, at: node.range) {
      report(.duplicateKey(scalar.text, at: node.range, first: first, in: path))
      return
    }
    guard let valueNode = value.node else { return }
    frames[last].entries.append(Mapping.Entry(key: node, value: valueNode))
  }

  /// Whether a key in braces is the inner half of `{{ … }}`.
  private func isTemplate(_ key: Node) -> Bool {
    guard case .mapping(let mapping) = key.content, mapping.isFlow else { return false }
    return key.range.lower > 0 && source.bytes[key.range.lower - 1] == 0x7B
  }
}

extension TreeBuilder.Frame {
  fileprivate mutating func include(_ other: SourceRange) {
    range = range.map { $0.union(other) } ?? other
  }
}
