import SpecSyntax

/// What a comment is about, by where it stands.
struct SuppressionTarget {
  let source: SourceText
  let root: Node

  /// Whether nothing but blanks stands before an offset on its line.
  func startsLine(_ offset: Int) -> Bool {
    isBlank(lineStart(source.lineIndex(of: offset))..<offset)
  }

  /// The line that holds an offset.
  func line(of place: SourceRange) -> SourceRange {
    let line = source.lineRange(source.lineIndex(of: place.lower))
    return SourceRange(source: place.source, lower: line.lowerBound, upper: line.upperBound)
  }

  /// The whole text, if only comments and marks stand before a comment; else nil.
  func file(of comment: SourceRange) -> SourceRange? {
    let own = source.lineIndex(of: comment.lower)
    let isInHead = (0..<own).allSatisfy { index in
      let start = lineStart(index)
      let line = source.bytes[start..<max(start, source.lineRange(index).upperBound)]
      let text = line.drop { $0 == 0x20 || $0 == 0x09 }
      return text.isEmpty || text.first == 0x23 || text.first == 0x25
        || text.starts(with: "---".utf8) && isBlankOrComment(text.dropFirst(3))
    }
    guard isInHead, startsLine(comment.lower) else { return nil }
    return SourceRange(source: comment.source, lower: 0, upper: source.bytes.count)
  }

  /// The next key or item of a list after a comment, with everything under it.
  func node(after comment: SourceRange) -> SourceRange? {
    var found: SourceRange?
    search(root, after: comment, into: &found)
    return found
  }

  /// Looks through what a node holds; of parts that begin together the outermost is kept.
  private func search(_ node: Node, after comment: SourceRange, into found: inout SourceRange?) {
    switch node.content {
    case .mapping(let mapping):
      for entry in mapping.entries {
        let key = entry.key.range
        let isTogether = key.source == entry.value.range.source
        consider(isTogether ? key.union(entry.value.range) : key, comment, &found)
        search(entry.value, after: comment, into: &found)
      }
    case .sequence(let items):
      for item in items {
        consider(item.range, comment, &found)
        search(item, after: comment, into: &found)
      }
    case .scalar, .alias: break
    }
  }

  private func consider(
    _ range: SourceRange, _ comment: SourceRange, _ found: inout SourceRange?
  ) {
    guard range.source == comment.source, range.lower >= comment.upper else { return }
    if let best = found, best.lower <= range.lower { return }
    found = range
  }

  private func lineStart(_ index: Int) -> Int {
    source.lineStarts[index] + (index == 0 && source.hasByteOrderMark ? 3 : 0)
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    source.bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  private func isBlankOrComment(_ bytes: ArraySlice<UInt8>) -> Bool {
    let rest = bytes.drop { $0 == 0x20 || $0 == 0x09 }
    return rest.isEmpty || rest.first == 0x23
  }
}
