/// A spec's text beside the tree it was read as, into which a finding may write its fix.
public struct SpecDocument: Sendable {
  public let source: SourceText
  public let root: Node

  public init(source: SourceText, root: Node) {
    self.source = source
    self.root = root
  }

  /// The edits that write the value of `entry`, which stands in the mapping at `section`, to
  /// `home`, where nothing stands yet; nil where that takes more than moving one line.
  ///
  /// - Parameter shorthands: of sections that may be a bare value, the key that it stands for.
  func moving(
    _ entry: Mapping.Entry, from section: SpecPath, to home: SpecPath,
    shorthands: [SpecPath: String]
  ) -> [Edit]? {
    let tree = SyntaxTree(root: root)
    guard own(home) == nil, let value = text(of: entry), let parent = own(section)?.mapping
    else { return nil }
    let steps = home.steps.dropFirst(section.steps.count)
    if home.isWithin(section), case .key(let first)? = steps.first,
      own(section.key(first)) == nil, parent.entries.contains(where: { $0.name == entry.name })
    {
      let text = PlainText.flow(Array(steps), value)
      return [Edit(entry.key.range.union(entry.value.range), text)]
    }
    guard let insertion = inserting(value, at: home, in: tree, shorthands),
      let removal = removing(section.key(entry.name), in: tree)
    else { return nil }
    if let edit = joined(insertion, removal) { return [edit] }
    let isApart =
      insertion.range.upper < removal.range.lower || removal.range.upper < insertion.range.lower
    return isApart ? [insertion, removal] : nil
  }

  /// One edit for an insertion at the edge of what is removed; nil where they lie apart.
  private func joined(_ insertion: Edit, _ removal: Edit) -> Edit? {
    guard insertion.range.isEmpty, insertion.range.lower >= removal.range.lower,
      insertion.range.upper <= removal.range.upper
    else { return nil }
    // Lines are inserted with the line end before them, and removed with the one behind.
    let lineEnd = insertion.replacement.prefix { $0.isNewline }
    guard removal.range.lower < insertion.range.lower, !lineEnd.isEmpty else {
      return Edit(removal.range, insertion.replacement)
    }
    let rest = source.text(insertion.range.upper..<removal.range.upper)
    return Edit(removal.range, insertion.replacement.dropFirst(lineEnd.count) + rest)
  }

  /// What the author wrote at a path in this text itself.
  private func own(_ path: SpecPath) -> Node? {
    let node = SpecEditor(source: source).ownNode(path.steps, in: root)
    return node?.range.source == 0 ? node : nil
  }

  /// The entry's value if it stands on the key's line, is the author's own, and no comment would
  /// go with it.
  private func text(of entry: Mapping.Entry) -> String? {
    let (key, value) = (entry.key.range, entry.value.range)
    guard key.source == 0, value.source == 0, value.lower >= key.upper, !value.isEmpty,
      entry.value.anchor == nil, entry.key.anchor == nil, entry.value.tag == nil
    else { return nil }
    let line = source.lineIndex(of: key.lower)
    let end = source.lineRange(line).upperBound
    guard source.lineIndex(of: value.upper) == line, value.upper <= end,
      !source.bytes[value.upper..<end].contains(0x23)
    else { return nil }
    return source.text(value)
  }

  /// The edit that writes a value to `home`, through a bare value that stands on the way.
  private func inserting(
    _ value: String, at home: SpecPath, in tree: SyntaxTree, _ shorthands: [SpecPath: String]
  ) -> Edit? {
    for count in 1..<max(home.steps.count, 1) {
      let path = SpecPath(steps: Array(home.steps.prefix(count)))
      guard let node = own(path), let scalar = node.scalar, !scalar.isNull else { continue }
      guard node.range.source == 0, case .scalar = node.content, scalar.text != "none" else {
        return nil
      }
      let rest = Array(home.steps.dropFirst(count))
      let text = PlainText.flow(rest, value)
      if scalar.text == "auto" || rest.first == .key(scalar.text) {
        return Edit(node.range, "{\(text)}")
      }
      guard let shorthand = shorthands[path], rest.first != .key(shorthand) else { return nil }
      return Edit(node.range, "{\(shorthand): \(source.text(node.range)), \(text)}")
    }
    return settingEdit(home, to: value, in: tree, of: source)
  }

  /// The edit that removes an entry, and the sections that would be left empty.
  private func removing(_ path: SpecPath, in tree: SyntaxTree) -> Edit? {
    var path = path
    while !path.steps.isEmpty {
      if let edit = removingEdit(path, in: tree, of: source) { return edit }
      guard own(path.parent)?.mapping?.ownCount == 1 else { return nil }
      path = path.parent
    }
    return nil
  }
}

/// Texts of entries in flow style.
enum PlainText {
  /// `a: {b: value}`; nothing but keys may be among the steps.
  static func flow(_ steps: [SpecPath.Step], _ value: String) -> String {
    var text = value
    for (position, step) in steps.reversed().enumerated() {
      guard case .key(let key) = step else { continue }
      text = "\(scalarText(key)): " + (position == 0 ? text : "{\(text)}")
    }
    return text
  }
}
