// Edits that set or remove a value in the author's own text, leaving every other byte alone.

/// The edit that makes the value at `path` be `value`, which is YAML text as it can stand after a
/// colon.
///
/// What stands there is replaced; a missing key is added after the last entry of its section,
/// with the sections that are missing too. Nil where the path runs through an alias or a merge
/// (the edit would change other places), through a scalar, or to an item that does not exist.
public func settingEdit(
  _ path: SpecPath, to value: String, in tree: SyntaxTree, of source: SourceText
) -> Edit? {
  SpecEditor(source: source).setting(path.steps[...], value, in: tree.root)
}

/// The edit that removes the entry or item at `path` with its line; nil where nothing of the
/// author's stands there, or where it is the only thing in its collection.
public func removingEdit(_ path: SpecPath, in tree: SyntaxTree, of source: SourceText) -> Edit? {
  guard let last = path.steps.last else { return nil }
  let editor = SpecEditor(source: source)
  guard let parent = editor.ownNode(path.parent.steps, in: tree.root) else { return nil }
  switch (parent.content, last) {
  case (.mapping(let mapping), .key(let key)):
    let own = mapping.entries.prefix(mapping.ownCount)
    guard let position = own.firstIndex(where: { $0.name == key }) else { return nil }
    guard own.allSatisfy({ $0.key.anchor == nil && $0.key.tag == nil }) else { return nil }
    let parts = own.map { $0.key.range.union($0.value.range) }
    return editor.removing(position, of: parts, isFlow: mapping.isFlow)
  case (.sequence(let items), .index(let index)):
    guard items.indices.contains(index) else { return nil }
    guard items.allSatisfy({ $0.anchor == nil && $0.tag == nil }) else { return nil }
    return editor.removing(
      index, of: items.map(\.range), isFlow: editor.byte(parent.range.lower) == 0x5B)
  default: return nil
  }
}

/// Makes edits of one text.
struct SpecEditor {
  let source: SourceText

  /// The node at `steps` that the author wrote there, not reached through alias or merge.
  func ownNode(_ steps: [SpecPath.Step], in root: Node) -> Node? {
    var node = root
    for step in steps {
      switch (node.content, step) {
      case (.mapping(let mapping), .key(let key)):
        guard let entry = own(key, in: mapping) else { return nil }
        node = entry.value
      case (.sequence(let items), .index(let index)) where items.indices.contains(index):
        node = items[index]
      default: return nil
      }
    }
    return node
  }

  func setting(_ steps: ArraySlice<SpecPath.Step>, _ value: String, in node: Node) -> Edit? {
    guard let step = steps.first else { return Edit(node.range, value) }
    let rest = steps.dropFirst()
    switch (node.content, step) {
    case (.mapping(let mapping), .key(let key)):
      guard let entry = own(key, in: mapping) else {
        return inserting(steps, value, into: mapping, at: node.range)
      }
      if rest.isEmpty { return replacing(entry, with: value) }
      if entry.value.content.isNull, entry.value.anchor == nil {
        return filling(entry, with: rest, value, isFlow: mapping.isFlow)
      }
      return setting(rest, value, in: entry.value)
    case (.sequence(let items), .index(let index)) where items.indices.contains(index):
      return setting(rest, value, in: items[index])
    default: return nil
    }
  }

  func byte(_ offset: Int) -> UInt8? {
    source.bytes.indices.contains(offset) ? source.bytes[offset] : nil
  }

  private func own(_ key: String, in mapping: Mapping) -> Mapping.Entry? {
    mapping.entries.prefix(mapping.ownCount).first { $0.name == key }
  }

  private func replacing(_ entry: Mapping.Entry, with value: String) -> Edit? {
    let node = entry.value
    if node.range.isEmpty {
      let needsSpace = node.range.lower > 0 && byte(node.range.lower - 1) == 0x3A
      return Edit(node.range, (needsSpace ? " " : "") + value)
    }
    // An override stands in a text of its own, where there is no key before it.
    guard node.isBlockCollection, node.range.source == entry.key.range.source else {
      return Edit(node.range, value)
    }
    // The collection's anchor would be lost, and aliases with it.
    guard node.anchor == nil, let colon = colon(after: entry.key) else { return nil }
    let range = SourceRange(source: node.range.source, lower: colon + 1, upper: node.range.upper)
    return Edit(range, " " + value)
  }

  private func colon(after key: Node) -> Int? {
    var offset = key.range.upper
    while byte(offset) == 0x20 || byte(offset) == 0x09 { offset += 1 }
    return byte(offset) == 0x3A ? offset : nil
  }

  /// Writes sections below a key that has no value yet.
  private func filling(
    _ entry: Mapping.Entry, with steps: ArraySlice<SpecPath.Step>, _ value: String, isFlow: Bool
  ) -> Edit? {
    if isFlow {
      guard let text = flowText(steps, value), entry.value.range.isEmpty else { return nil }
      return Edit(entry.value.range, " {\(text)}")
    }
    let column = column(of: entry.key.range.lower)
    guard let text = blockText(steps, value, column: column + step),
      let colon = colon(after: entry.key)
    else { return nil }
    let place = entry.value.range.isEmpty ? colon + 1 : entry.value.range.upper
    let end = source.lineRange(source.lineIndex(of: place)).upperBound
    return Edit(SourceRange(source: entry.key.range.source, lower: end, upper: end), text)
  }

  /// Adds an entry after the last one.
  private func inserting(
    _ steps: ArraySlice<SpecPath.Step>, _ value: String, into mapping: Mapping,
    at range: SourceRange
  ) -> Edit? {
    guard mapping.isFlow else {
      let column = column(of: range.lower)
      guard let text = blockText(steps, value, column: column) else { return nil }
      let end = source.lineRange(source.lineIndex(of: range.upper)).upperBound
      return Edit(SourceRange(source: range.source, lower: end, upper: end), text)
    }
    guard let text = flowText(steps, value) else { return nil }
    let lastOwn = mapping.entries.prefix(mapping.ownCount).map(\.value.range.upper).max()
    guard let last = lastOwn.map({ $0 - 1 }) ?? lastContent(ofFlow: range) else {
      return Edit(
        SourceRange(source: range.source, lower: range.lower + 1, upper: range.upper - 1), text)
    }
    let place = SourceRange(source: range.source, lower: last + 1, upper: last + 1)
    return Edit(place, ", " + text)
  }

  /// The last byte of content before a closing bracket; nil in an empty collection.
  private func lastContent(ofFlow range: SourceRange) -> Int? {
    var offset = range.upper - 2
    while offset > range.lower, let byte = byte(offset), [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
      offset -= 1
    }
    return offset > range.lower ? offset : nil
  }

  /// `a: {b: value}` inside brackets; nil for a list index.
  private func flowText(_ steps: ArraySlice<SpecPath.Step>, _ value: String) -> String? {
    var text = value
    for (position, step) in steps.reversed().enumerated() {
      guard case .key(let key) = step else { return nil }
      text = "\(scalarText(key)): " + (position == 0 ? text : "{\(text)}")
    }
    return text
  }

  /// One line for each step, each after a line end of the file's kind, at `column` and deeper.
  private func blockText(
    _ steps: ArraySlice<SpecPath.Step>, _ value: String, column: Int
  ) -> String? {
    var text = ""
    for (depth, step) in steps.enumerated() {
      guard case .key(let key) = step else { return nil }
      let indent = String(repeating: " ", count: column + depth * self.step)
      text += lineEnd + indent + scalarText(key) + ":"
    }
    return text + " " + value
  }

  /// The line end that the file uses first.
  private var lineEnd: String {
    guard let end = source.bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
      return "\n"
    }
    if source.bytes[end] == 0x0A { return "\n" }
    return byte(end + 1) == 0x0A ? "\r\n" : "\r"
  }

  /// By how many spaces the file indents: that of its first indented line, else 2.
  private var step: Int {
    for line in source.lineStarts.indices {
      let text = source.bytes[source.lineRange(line)]
      let blanks = text.prefix { $0 == 0x20 }.count
      if blanks > 0, blanks < text.count, text[text.startIndex + blanks] != 0x23 { return blanks }
    }
    return 2
  }

  private func column(of offset: Int) -> Int {
    let line = source.lineIndex(of: offset)
    let start = source.lineStarts[line] + (line == 0 && source.hasByteOrderMark ? 3 : 0)
    return source.text(start..<offset).unicodeScalars.count
  }
}

extension SpecEditor {
  /// Removes the part at `position`: its lines in a block, it and a comma in brackets.
  fileprivate func removing(_ position: Int, of parts: [SourceRange], isFlow: Bool) -> Edit? {
    guard parts.count > 1 else { return nil }
    let part = parts[position]
    func edit(_ lower: Int, _ upper: Int) -> Edit {
      Edit(SourceRange(source: part.source, lower: lower, upper: upper), "")
    }
    if isFlow {
      if position + 1 < parts.count { return edit(part.lower, parts[position + 1].lower) }
      return edit(parts[position - 1].upper, part.upper)
    }
    let first = source.lineIndex(of: part.lower)
    let before = source.bytes[source.lineStarts[first]..<part.lower]
    let isAlone = before.allSatisfy { $0 == 0x20 }
    let isItem =
      before.count { $0 == 0x2D } == 1
      && before.allSatisfy { $0 == 0x20 || $0 == 0x2D }
    if !isAlone, position == 0, isItem, source.lineIndex(of: parts[1].lower) > first {
      return edit(part.lower, parts[1].lower)
    }
    guard isAlone || isItem else { return nil }
    let last = source.lineIndex(of: part.upper)
    let isEnd = last + 1 >= source.lineStarts.count
    if isEnd, first > 0 { return edit(source.lineRange(first - 1).upperBound, source.bytes.count) }
    return edit(source.lineStarts[first], isEnd ? source.bytes.count : source.lineStarts[last + 1])
  }
}

extension Node {
  /// Whether this is a list or mapping without brackets.
  fileprivate var isBlockCollection: Bool {
    switch content {
    case .mapping(let mapping): !mapping.isFlow
    case .sequence(let items): items.first.map { $0.range.lower == range.lower } ?? false
    case .scalar, .alias: false
    }
  }
}

extension Node.Content {
  fileprivate var isNull: Bool {
    if case .scalar(let scalar) = self { scalar.isNull } else { false }
  }
}
