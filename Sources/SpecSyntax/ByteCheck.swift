/// What can be said about a text before it is read as YAML.
///
/// libyaml reads ahead, so a bad byte would hide every finding before it; and it accepts UTF-16.
struct ByteCheck {
  private let source: SourceText
  private let index: Int
  private(set) var findings: [Diagnostic] = []
  /// Ranges of U+0085, U+2028 and U+2029, which end a line in YAML 1.1 but in no editor.
  private var lineBreaks: [Range<Int>] = []
  /// Runs of characters that nobody sees, or sees as a space.
  private var invisible: [Range<Int>] = []

  init(_ source: SourceText, index: Int) {
    self.source = source
    self.index = index
  }

  /// Whether the text can be given to libyaml; if not, `findings` says why.
  mutating func run() -> Bool {
    guard source.bytes.count <= SyntaxLimits.bytes else {
      findings.append(.textTooLarge(bytes: source.bytes.count, index: index))
      return false
    }
    guard !isUTF16 else {
      findings.append(.utf16Text(index: index))
      return false
    }
    checkScalars()
    checkDirectives()
    return findings.isEmpty
  }

  /// Findings for the strange line breaks that do not stand inside quotes.
  func foreignLineBreaks(outside spans: [ScalarSpan]) -> [Diagnostic] {
    guard !lineBreaks.isEmpty else { return [] }
    let quoted = spans.filter(\.isQuoted).map { $0.lower..<$0.upper }
    var next = quoted.startIndex
    var found: [Diagnostic] = []
    for range in lineBreaks where found.count < SyntaxLimits.findings {
      while next < quoted.endIndex, quoted[next].upperBound <= range.lowerBound { next += 1 }
      if next < quoted.endIndex, quoted[next].contains(range.lowerBound) { continue }
      found.append(.foreignLineBreak(source.scalar(at: range.lowerBound), at: sourceRange(range)))
    }
    return found
  }

  /// Findings for characters that nobody sees, up to `end` and neither in quotes nor in a comment.
  func invisibleCharacters(outside spans: [ScalarSpan], before end: Int) -> [Diagnostic] {
    guard !invisible.isEmpty else { return [] }
    let quoted = spans.filter { $0.isQuoted || $0.isBlock }.map { $0.lower..<$0.upper }
    let comments = Comments(source, index: index, outside: spans).ranges.map { $0.lower..<$0.upper }
    let harmless = quoted + comments
    return invisible.prefix(SyntaxLimits.findings)
      .filter { range in
        range.lowerBound < end && !harmless.contains { $0.contains(range.lowerBound) }
      }
      .map { .invisibleCharacter(at: sourceRange($0), in: source) }
  }

  /// A byte order mark of UTF-16, or every other byte of the first few zero.
  private var isUTF16: Bool {
    let head = source.bytes.prefix(8)
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return true }
    guard head.count >= 4 else { return false }
    let pairs = stride(from: 0, to: head.count - 1, by: 2)
    return pairs.allSatisfy { head[$0] == 0 && head[$0 + 1] != 0 }
      || pairs.allSatisfy { head[$0] != 0 && head[$0 + 1] == 0 }
  }

  private mutating func checkScalars() {
    let bytes = source.bytes
    // Nearly every spec is plain ASCII, which is seen at a glance.
    var strange = 0
    for byte in bytes where byte >= 0x7F || (byte < 0x20 && byte != 0x0A) { strange += 1 }
    guard strange > 0 else { return }
    var offset = 0
    while offset < bytes.count, findings.count < SyntaxLimits.findings {
      let byte = bytes[offset]
      if byte < 0x80 {
        if byte == 0x7F || (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D) {
          findings.append(
            .controlCharacter(Unicode.Scalar(byte), at: sourceRange(offset..<offset + 1)))
        }
        offset += 1
        continue
      }
      guard let length = source.scalarLength(at: offset) else {
        findings.append(.notUTF8(byte, at: sourceRange(offset..<offset + 1)))
        return
      }
      check(source.scalar(at: offset), offset..<offset + length)
      offset += length
    }
  }

  private mutating func check(_ scalar: Unicode.Scalar, _ range: Range<Int>) {
    switch scalar.value {
    case 0x85, 0x2028, 0x2029:
      lineBreaks.append(range)
    case 0x80...0x9F, 0xFFFE, 0xFFFF:
      findings.append(.controlCharacter(scalar, at: sourceRange(range)))
    case 0x202A...0x202E, 0x2066...0x2069:
      findings.append(.directionControl(scalar, at: sourceRange(range)))
    case _ where InvisibleCharacter(scalar) != nil:
      if InvisibleCharacter.joinsLetters(scalar), !touchesASCII(range) { return }
      if invisible.last?.upperBound == range.lowerBound, let last = invisible.popLast() {
        invisible.append(last.lowerBound..<range.upperBound)
      } else {
        invisible.append(range)
      }
    case 0xFEFF where range.lowerBound > 0:
      findings.append(.controlCharacter(scalar, at: sourceRange(range)))
    default: break
    }
  }

  /// Whether a plain Latin character, a blank or the end of a line stands beside a character.
  private func touchesASCII(_ range: Range<Int>) -> Bool {
    let before = range.lowerBound == 0 || source.bytes[range.lowerBound - 1] < 0x80
    return before || range.upperBound == source.bytes.count
      || source.bytes[range.upperBound] < 0x80
  }

  private mutating func checkDirectives() {
    let lines = source.lineStarts.filter { start in
      start < source.bytes.count && source.bytes[start] == 0x25
        && (source.bytes[start...].starts(with: "%TAG".utf8)
          || source.bytes[start...].starts(with: "%YAML".utf8))
    }
    guard lines.count > SyntaxLimits.directives else { return }
    let line = source.lineRange(source.lineIndex(of: lines[SyntaxLimits.directives]))
    findings.append(.tooManyDirectives(at: sourceRange(line)))
  }

  private func sourceRange(_ range: Range<Int>) -> SourceRange {
    SourceRange(source: index, lower: range.lowerBound, upper: range.upperBound)
  }
}

extension SourceText {
  /// The length of the well-formed UTF-8 sequence of two to four bytes at `offset`; nil if there
  /// is none, which includes surrogates, overlong forms and values beyond U+10FFFF.
  func scalarLength(at offset: Int) -> Int? {
    let first = bytes[offset]
    let length: Int
    let second: ClosedRange<UInt8>
    switch first {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return nil }
    let rest = bytes[offset + 2..<offset + length]
    return rest.allSatisfy { $0 & 0xC0 == 0x80 } ? length : nil
  }

  /// The character that starts at `offset`; U+FFFD where none does.
  func scalar(at offset: Int) -> Unicode.Scalar {
    guard bytes.indices.contains(offset) else { return "\u{FFFD}" }
    let length = bytes[offset] < 0x80 ? 1 : scalarLength(at: offset) ?? 1
    return text(offset..<offset + length).unicodeScalars.first ?? "\u{FFFD}"
  }
}
