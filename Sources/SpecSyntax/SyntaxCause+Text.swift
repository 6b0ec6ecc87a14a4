// Questions about the text around a syntax error.

extension SyntaxCause {
  func range(_ lower: Int, _ upper: Int) -> SourceRange {
    let end = source.bytes.count
    return SourceRange(source: index, lower: min(lower, end), upper: min(max(lower, upper), end))
  }

  func range(_ range: Range<Int>) -> SourceRange { self.range(range.lowerBound, range.upperBound) }

  /// The character at an offset; empty at a line's end.
  func character(_ offset: Int) -> SourceRange {
    let line = source.lineRange(source.lineIndex(of: offset))
    guard offset < line.upperBound else { return range(offset, offset) }
    return range(offset, offset + source.scalar(at: offset).utf8.count)
  }

  func line(at offset: Int) -> SourceRange {
    range(contentRange(ofLine: source.lineIndex(of: offset)))
  }

  /// A line without indentation, trailing blanks and comment.
  func contentRange(ofLine line: Int) -> Range<Int> {
    let whole = source.lineRange(line)
    var start = whole.lowerBound
    if line == 0, source.hasByteOrderMark { start += 3 }
    while start < whole.upperBound, isBlank(source.bytes[start]) { start += 1 }
    var end = whole.upperBound
    var quote: UInt8 = 0
    for i in start..<end {
      let byte = source.bytes[i]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27, i == start || !isWord(source.bytes[i - 1]) {
        quote = byte
      } else if byte == 0x23, i == start || isBlank(source.bytes[i - 1]) {
        end = i
        break
      }
    }
    while end > start, isBlank(source.bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  /// From an offset to the end of its line's content; inside brackets to the next `,` or bracket.
  func value(at offset: Int) -> SourceRange {
    var end = max(contentRange(ofLine: source.lineIndex(of: offset)).upperBound, offset)
    if !openBrackets.isEmpty, offset < end {
      let stop = source.bytes[offset..<end].firstIndex { [0x2C, 0x5D, 0x7D].contains($0) }
      end = stop ?? end
    }
    while end > offset, isBlank(source.bytes[end - 1]) { end -= 1 }
    return range(offset, end)
  }

  /// The blank-separated word around an offset.
  func word(at offset: Int) -> SourceRange {
    let content = contentRange(ofLine: source.lineIndex(of: offset))
    var (lower, upper) = (offset, offset)
    while lower > content.lowerBound, !isBlank(source.bytes[lower - 1]) { lower -= 1 }
    while upper < content.upperBound, !isBlank(source.bytes[upper]) { upper += 1 }
    return range(lower, upper)
  }

  /// The start of what follows the first `: ` outside quotes.
  func separator(in text: Range<Int>) -> Int? {
    var quote: UInt8 = 0
    for i in text {
      let byte = source.bytes[i]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27, i == text.lowerBound || isBlank(source.bytes[i - 1]) {
        quote = byte
      } else if byte == 0x3A, i + 1 == text.upperBound || isBlank(source.bytes[i + 1]) {
        var start = i + 1
        while start < text.upperBound, isBlank(source.bytes[start]) { start += 1 }
        return start
      }
    }
    return nil
  }

  /// The offset of the quote that closes the one at `start`.
  func closingQuote(from start: Int) -> Int? {
    var i = start + 1
    while i < source.bytes.count {
      if source.bytes[i] == source.bytes[start] { return i }
      i += source.bytes[i] == 0x5C ? 2 : 1
    }
    return nil
  }

  /// A finding if the problem's line is indented with a tab.
  var tabInIndentation: Diagnostic? {
    let line = source.lineRange(source.lineIndex(of: problem.offset))
    let blanks = source.bytes[line].prefix(while: isBlank)
    guard let tab = blanks.firstIndex(of: 0x09), openBrackets.isEmpty else { return nil }
    let run = source.bytes[tab..<blanks.endIndex].prefix { $0 == 0x09 }
    return .tabIndentation(at: range(tab, tab + run.count))
  }

  /// The last line above that is neither empty nor a comment.
  func previousLine(before line: Int) -> Int? {
    (0..<line).last { !contentRange(ofLine: $0).isEmpty }
  }

  func indentation(ofLine line: Int) -> Int {
    source.bytes[source.lineRange(line)].prefix { $0 == 0x20 }.count
  }

  func column(of offset: Int) -> Int {
    offset - source.lineStarts[source.lineIndex(of: offset)]
  }

  /// The indentation of the line above and of the nearest line above that is indented less.
  func neighbouringIndentations(ofLine line: Int) -> [Int] {
    guard let previous = previousLine(before: line) else { return [] }
    let own = indentation(ofLine: line)
    var found: Set<Int> = [indentation(ofLine: previous)]
    let outer = (0..<line).last {
      !contentRange(ofLine: $0).isEmpty && indentation(ofLine: $0) < own
    }
    if let outer { found.insert(indentation(ofLine: outer)) }
    found.remove(own)
    return found.sorted()
  }

  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: true
    default: false
    }
  }
}
