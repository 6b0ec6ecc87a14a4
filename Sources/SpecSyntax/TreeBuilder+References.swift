// Anchors, aliases, tags and merges.

extension TreeBuilder {
  /// The node an alias stands for; a finding where there is none.
  mutating func alias(_ name: String, _ event: YAMLEvent) -> Built {
    let place = range(event.start, event.end)
    aliasCount += 1
    if aliasCount > SyntaxLimits.aliases { refuse(.tooManyAliases(at: place)) }
    guard let anchor = anchors[name] else {
      let near = nearest(to: name, among: anchors.keys.sorted(), limit: 1).first
      lacksValue = true
      report(.unknownAlias(name, at: place, near: near))
      return Built(node: nil, range: place)
    }
    anchors[name]?.isUsed = true
    guard let target = anchor.built else {
      lacksValue = true
      report(.recursiveAlias(name, at: place, anchor: anchor.range))
      return Built(node: nil, range: place)
    }
    let node = target.node.map { Node(.alias(name: name, target: $0), range: place) }
    return Built(
      node: node, range: place, size: target.size + 1, height: target.height,
      mergeDepth: target.mergeDepth)
  }

  /// Notes a node's anchor, checks its tag; the offset where its content starts.
  mutating func read(
    _ properties: YAMLEvent.Properties, _ event: YAMLEvent, isScalar: Bool, isMapping: Bool = false
  ) -> Int {
    guard !properties.isEmpty else { return event.start }
    let place = PropertyPlace(properties, in: source, from: event.start, to: event.end)
    if let name = properties.anchor, let anchor = place.anchor {
      declare(name, at: range(anchor.lowerBound, anchor.upperBound))
    }
    if let tag = properties.tag {
      let written = place.tag.map { range($0.lowerBound, $0.upperBound) }
      let at = written ?? range(event.start, event.end)
      let kinds = ["str", "int", "float", "bool", "null", "map", "seq"]
      let kind = tag.hasPrefix(tagPrefix) ? String(tag.dropFirst(tagPrefix.count)) : tag
      if tag != "!", !(tag.hasPrefix(tagPrefix) && kinds.contains(kind)) {
        report(.unsupportedTag(source.text(at), at: at, in: source))
      } else if tag != "!",
        isScalar == ["map", "seq"].contains(kind)
          || (!isScalar && isMapping != (kind == "map"))
      {
        report(.misplacedTag(source.text(at), at: at, in: source))
      }
    }
    return place.content
  }

  private var tagPrefix: String { "tag:yaml.org,2002:" }

  private mutating func declare(_ name: String, at place: SourceRange) {
    anchorCount += 1
    if anchorCount > SyntaxLimits.anchors { refuse(.tooManyAnchors(at: place)) }
    if let earlier = anchors[name] {
      report(.repeatedAnchor(name, at: place, first: earlier.range))
    }
    anchors[name] = Anchor(range: place, built: nil, isUsed: anchors[name]?.isUsed ?? false)
  }

  mutating func reportUnusedAnchors() {
    for (name, anchor) in anchors.sorted(by: { $0.value.range.lower < $1.value.range.lower })
    where !anchor.isUsed {
      report(.unusedAnchor(name, at: anchor.range, in: source))
    }
  }

  /// The mapping of a frame with what its `<<` keys bring in.
  ///
  /// The mapping's own keys win, then those of the earlier source.
  mutating func merged(_ frame: inout Frame) -> Mapping {
    var mapping = Mapping(frame.entries, isFlow: frame.isFlow)
    guard !frame.merges.isEmpty else { return mapping }
    var names = Set(frame.keys.names)
    for merge in frame.merges {
      guard let node = merge.value.node else { continue }
      frame.mergeDepth = max(frame.mergeDepth, merge.value.mergeDepth + 1)
      for source in node.sequence ?? [node] {
        guard let base = source.mapping else {
          lacksValue = true
          report(.mergeOfOther(at: source.range, key: merge.key))
          continue
        }
        mergedCount += base.entries.count
        guard mergedCount <= SyntaxLimits.aliasWork else {
          refuse(.tooMuchAliasWork(nodes: mergedCount, at: source.range))
          return mapping
        }
        for entry in base.entries where names.insert(entry.name).inserted {
          mapping.entries.append(entry)
        }
      }
    }
    return mapping
  }
}

/// Where the anchor, the tag and the content of a node stand.
struct PropertyPlace {
  private(set) var anchor: Range<Int>?
  private(set) var tag: Range<Int>?
  private(set) var content: Int

  /// Reads from `lower`, where the first property stands, not beyond `upper`.
  init(_ properties: YAMLEvent.Properties, in source: SourceText, from lower: Int, to upper: Int) {
    content = lower
    var offset = lower
    func skip(while condition: (UInt8) -> Bool) {
      while offset < upper, condition(source.bytes[offset]) { offset += 1 }
    }
    while offset < upper {
      let start = offset
      switch source.bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D:
        offset += 1
      case 0x23 where offset > lower:
        skip { $0 != 0x0A && $0 != 0x0D }
      case 0x26 where anchor == nil && properties.anchor != nil:
        offset += 1 + (properties.anchor?.utf8.count ?? 0)
        anchor = start..<min(offset, upper)
      case 0x21 where tag == nil && properties.tag != nil:
        if source.bytes[offset...].starts(with: "!<".utf8) {
          skip { $0 != 0x3E }
          offset += 1
        } else {
          skip { ![0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x5B, 0x5D, 0x7B, 0x7D].contains($0) }
        }
        tag = start..<min(offset, upper)
      default:
        content = offset
        return
      }
    }
    content = upper
  }
}
