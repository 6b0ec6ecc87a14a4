import SpecSyntax

/// A comment that keeps findings from being reported.
///
/// `# plumb: ignore[B502] reason` at the end of a line is about that line; on a line of its own,
/// about the next key or item with everything under it; `# plumb: ignore-file[B502] reason` before
/// the first key, about the whole text.
struct Suppression {
  enum Scope: Int { case line, node, file }

  /// A code or name as it stands between the brackets.
  struct Name {
    var text: String
    var range: SourceRange
    /// The kind of finding; nil for none that exists.
    var code: DiagnosticCode?
    var isUsed = false
  }

  var scope: Scope
  var names: [Name]
  /// What stands after the bracket.
  var reason: String
  /// From its `#` to the end of the line.
  var range: SourceRange
  /// What it is about; nil where nothing follows it.
  var target: SourceRange?

  /// Marks the name that keeps a finding back, if one does.
  mutating func takes(_ finding: Diagnostic) -> Bool {
    let place = finding.primary.range
    guard let target, place.source == target.source,
      (target.lower...target.upper).contains(place.lower),
      let index = names.firstIndex(where: { $0.code == finding.code })
    else { return false }
    names[index].isUsed = true
    return true
  }

  /// The comment with only some of its names.
  func text(keeping kept: [Name]) -> String {
    let word = scope == .file ? "ignore-file" : "ignore"
    let list = kept.map(\.text).joined(separator: ", ")
    return "# plumb: \(word)[\(list)]" + (reason.isEmpty ? "" : " \(reason)")
  }
}

/// What a comment that speaks to the program says.
enum SuppressionComment {
  /// `start` is the offset of its `#`; scope and target are not yet known.
  case ignore(isForFile: Bool, names: [Suppression.Name], reason: String, start: Int)
  case malformed(SuppressionMistake, start: Int)

  /// Reads a comment; nil where it says nothing to the program.
  init?(_ range: SourceRange, in source: SourceText) {
    var scanner = CommentScanner(bytes: source.bytes, offset: range.lower, end: range.upper)
    guard let start = scanner.findAddress() else { return nil }
    let wordStart = scanner.offset
    let word = scanner.word()
    let wordEnd = scanner.offset
    scanner.skipBlanks()
    let hasBracket = scanner.byte == 0x5B
    guard word == "ignore" || word == "ignore-file" else {
      guard let meant = Self.meaning(of: word, hasBracket: hasBracket) else { return nil }
      let (before, after) = (source.text(start..<wordStart), source.text(wordEnd..<range.upper))
      let corrected = hasBracket ? meant.word.map { before + $0 + after } : nil
      self = .malformed(
        .unknownWord(word, meant: meant.word, corrected: corrected), start: start)
      return
    }
    guard hasBracket else {
      self = .malformed(.noCodes, start: start)
      return
    }
    guard let parts = scanner.list() else {
      self = .malformed(.openBracket, start: start)
      return
    }
    guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty }) else {
      self = .malformed(.noCodes, start: start)
      return
    }
    let names = parts.map { part in
      let text = source.text(part)
      let place = SourceRange(source: range.source, lower: part.lowerBound, upper: part.upperBound)
      return Suppression.Name(text: text, range: place, code: FindingNames.code(of: text))
    }
    let reason = source.text(scanner.reason())
    self = .ignore(
      isForFile: word == "ignore-file", names: names, reason: reason, start: start)
  }

  private struct Meaning { var word: String? }

  /// What a word that is neither `ignore` nor `ignore-file` was meant to be; nil where it is just
  /// a word.
  private static func meaning(of word: String, hasBracket: Bool) -> Meaning? {
    guard !word.isEmpty else { return nil }
    let known = ["noqa", "nolint", "disable", "allow", "suppress", "skip", "ignore"]
    if let similar = nearest(to: word, among: ["ignore", "ignore-file"]).first {
      return Meaning(word: similar)
    }
    if known.contains(where: { word.hasPrefix($0) }) {
      return Meaning(word: word.hasSuffix("file") ? "ignore-file" : "ignore")
    }
    return hasBracket ? Meaning(word: nil) : nil
  }
}

/// What is wrong with a comment that was meant to suppress something.
enum SuppressionMistake {
  /// No brackets, or nothing between them.
  case noCodes
  case openBracket
  /// The word before the bracket, the one that was probably meant, and the comment with that.
  case unknownWord(String, meant: String?, corrected: String?)
  /// `ignore-file` after the first key, or behind other text.
  case notInHead
}

/// Walks over the bytes of one comment.
private struct CommentScanner {
  let bytes: [UInt8]
  var offset: Int
  let end: Int

  var byte: UInt8? { offset < end ? bytes[offset] : nil }

  mutating func skipBlanks() {
    while byte == 0x20 || byte == 0x09 { offset += 1 }
  }

  /// Goes behind `# plumb:`; the offset of that `#`, or nil where the comment has none.
  mutating func findAddress() -> Int? {
    while let next = byte {
      let start = offset
      offset += 1
      guard next == 0x23 else { continue }
      while byte == 0x23 { offset += 1 }
      skipBlanks()
      guard bytes[offset..<end].starts(with: "plumb".utf8) else { continue }
      offset += 5
      skipBlanks()
      guard byte == 0x3A else { continue }
      offset += 1
      skipBlanks()
      return start
    }
    return nil
  }

  /// The letters and dashes that follow, in lower case.
  mutating func word() -> String {
    let start = offset
    while let next = byte, isLetter(next) || next == 0x2D || next == 0x5F { offset += 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self).lowercased()
  }

  /// What stands between brackets, split at commas; nil where the bracket is never closed.
  mutating func list() -> [Range<Int>]? {
    guard let close = bytes[offset..<end].firstIndex(of: 0x5D) else { return nil }
    let parts = bytes[(offset + 1)..<close]
      .split(separator: 0x2C, omittingEmptySubsequences: false)
      .map { trimmed($0.startIndex..<$0.endIndex) }
    offset = close + 1
    return parts
  }

  /// What follows, without the marks that set it off.
  mutating func reason() -> Range<Int> {
    while let next = byte, [0x20, 0x09, 0x3A, 0x2D].contains(next) { offset += 1 }
    return trimmed(offset..<end)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while lower < upper, bytes[lower] == 0x20 || bytes[lower] == 0x09 { lower += 1 }
    while upper > lower, bytes[upper - 1] == 0x20 || bytes[upper - 1] == 0x09 { upper -= 1 }
    return lower..<upper
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
