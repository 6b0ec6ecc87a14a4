// Mistakes inside `[…]` and `{…}`.

extension SyntaxCause {
  /// A finding if the innermost open bracket is never closed.
  var unclosedBracket: Diagnostic? {
    guard let bracket = openBrackets.last, closer(of: bracket) == nil else { return nil }
    return .unclosedBracket(source.scalar(at: bracket), at: character(bracket))
  }

  /// What is wrong inside the brackets that open at `bracket`.
  func brokenBrackets(from bracket: Int) -> Diagnostic {
    let opening = source.scalar(at: bracket)
    let offset = problem.offset
    let byte = offset < source.bytes.count ? source.bytes[offset] : 0
    if byte == (opening == "[" ? 0x7D : 0x5D) {
      let closesOuter = openBrackets.contains { source.bytes[$0] != source.bytes[bracket] }
      return .mismatchedBracket(
        source.scalar(at: offset), at: character(offset), opening: character(bracket),
        closesOuter: closesOuter)
    }
    guard closer(of: bracket) != nil else {
      return .unclosedBracket(opening, at: character(bracket))
    }
    if byte == 0x2C { return .emptyItem(at: character(offset)) }
    return .missingComma(before: value(at: missingComma(near: offset)), in: source)
  }

  /// Where the part starts that lacks a comma: in `a: 1 b: 2` the last word before the colon.
  private func missingComma(near offset: Int) -> Int {
    guard offset < source.bytes.count, source.bytes[offset] == 0x3A else { return offset }
    return word(at: offset).lower
  }

  /// The bracket that closes the one at `start`; nil if the text ends before, or a line that can
  /// only be an entry of the block outside comes first.
  private func closer(of start: Int) -> Int? {
    let home = indentation(ofLine: source.lineIndex(of: start))
    var depth = 0
    var i = start
    while i < source.bytes.count {
      switch source.bytes[i] {
      case 0x5B, 0x7B: depth += 1
      case 0x5D, 0x7D:
        depth -= 1
        if depth == 0 { return i }
      case 0x22 where startsItem(i), 0x27 where startsItem(i):
        guard let end = closingQuote(from: i) else { return nil }
        i = end
      case 0x23 where isBlank(source.bytes[i - 1]):
        i = source.lineRange(source.lineIndex(of: i)).upperBound - 1
      case 0x0A, 0x0D:
        if startsEntry(at: i + 1, indentedAtMost: home) { return nil }
      default: break
      }
      i += 1
    }
    return nil
  }

  /// Whether a quote at `offset` opens a quoted value, rather than being part of a word.
  private func startsItem(_ offset: Int) -> Bool {
    let before = source.bytes[offset - 1]
    return isBlank(before) || [0x0A, 0x0D, 0x2C, 0x3A, 0x5B, 0x7B].contains(before)
  }

  /// Whether a line starts at `offset` that looks like `key: value` or `- item`.
  private func startsEntry(at offset: Int, indentedAtMost limit: Int) -> Bool {
    guard offset < source.bytes.count else { return false }
    let line = source.lineIndex(of: offset)
    guard source.lineStarts[line] == offset, indentation(ofLine: line) <= limit else {
      return false
    }
    let content = contentRange(ofLine: line)
    guard let first = source.bytes[content].first else { return false }
    if [0x5D, 0x7D, 0x2C, 0x7B, 0x5B].contains(first) { return false }
    return first == 0x2D || separator(in: content) != nil
  }
}
