/// Where the text of a scalar stands; a `#` inside it starts no comment.
struct ScalarSpan: Sendable {
  /// First byte of the content, after anchor and tag; `|` or `>` for a block scalar.
  var lower: Int
  var upper: Int
  var style: Scalar.Style

  var isQuoted: Bool { style == .singleQuoted || style == .doubleQuoted }
  var isBlock: Bool { style == .literal || style == .folded }
}

/// The comments of a text, which libyaml drops.
///
/// Outside scalars every `#` starts a comment that reaches to the end of its line.
struct Comments {
  private(set) var ranges: [SourceRange] = []
  /// Comments that follow something other than a blank: libyaml takes them, YAML does not.
  private(set) var glued: [SourceRange] = []

  /// `spans` are in order of position.
  init(_ source: SourceText, index: Int, outside spans: [ScalarSpan]) {
    let skipped = spans.map { $0.skipped(in: source) }
    let bytes = source.bytes
    var next = 0
    var offset = source.hasByteOrderMark ? 3 : 0
    let start = offset
    while offset < bytes.count {
      guard bytes[offset] == 0x23 else {
        offset += 1
        continue
      }
      while next < skipped.count, skipped[next].upperBound <= offset { next += 1 }
      if next < skipped.count, skipped[next].contains(offset) {
        offset = skipped[next].upperBound
        continue
      }
      let end = source.lineRange(source.lineIndex(of: offset)).upperBound
      let range = SourceRange(source: index, lower: offset, upper: end)
      ranges.append(range)
      if offset > start, ![0x20, 0x09, 0x0A, 0x0D].contains(source.bytes[offset - 1]) {
        glued.append(range)
      }
      offset = end
    }
  }
}

extension ScalarSpan {
  /// The part that can hold no comment: of a block scalar what follows its header line.
  fileprivate func skipped(in source: SourceText) -> Range<Int> {
    guard isBlock, lower < source.bytes.count else { return lower..<upper }
    return min(source.lineRange(source.lineIndex(of: lower)).upperBound, upper)..<upper
  }
}
