/// One step of reading a document, with byte offsets into its source.
struct YAMLEvent: Sendable {
  enum Kind: Sendable {
    case streamStart
    case streamEnd
    case documentStart(version: Version?, isExplicit: Bool)
    case documentEnd(isExplicit: Bool)
    case alias(String)
    case scalar(Scalar, Properties)
    case sequenceStart(Properties, isFlow: Bool)
    case sequenceEnd
    case mappingStart(Properties, isFlow: Bool)
    case mappingEnd
  }

  /// What may stand before a node: `&name` and a tag.
  struct Properties: Sendable {
    var anchor: String?
    var tag: String?

    var isEmpty: Bool { anchor == nil && tag == nil }
  }

  /// What a `%YAML` line asks for.
  struct Version: Sendable, Hashable {
    var major: Int
    var minor: Int
  }

  var kind: Kind
  /// Where the node starts, its anchor and tag included.
  var start: Int
  var end: Int
}

/// Why a text is not YAML, as libyaml says it.
struct YAMLProblem: Sendable {
  var text: String
  var context: String
  /// Byte offset of the place where reading gave up.
  var offset: Int
  /// Byte offset of the construct that was being read.
  var contextOffset: Int
}

/// From libyaml's marks, which count Unicode scalars after the byte order mark, to byte offsets.
struct MarkTable: Sendable {
  private let base: Int
  private let byteCount: Int
  /// Start of every scalar; empty for ASCII, where the two counts agree.
  private let starts: [Int]

  init(_ source: SourceText) {
    base = source.hasByteOrderMark ? 3 : 0
    byteCount = source.bytes.count
    var bits: UInt8 = 0
    for byte in source.bytes.dropFirst(base) { bits |= byte }
    guard bits >= 0x80 else {
      starts = []
      return
    }
    var starts: [Int] = []
    for (offset, byte) in source.bytes.enumerated().dropFirst(base) where byte & 0xC0 != 0x80 {
      starts.append(offset)
    }
    self.starts = starts
  }

  /// The byte offset of a mark; marks beyond the end are at the end.
  func offset(_ mark: Int) -> Int {
    guard !starts.isEmpty else { return min(base + mark, byteCount) }
    return mark < starts.count ? starts[mark] : byteCount
  }
}
