/// Finds what an author did wrong from where libyaml gave up.
///
/// libyaml notices a mistake late, often on the next line; each finding here points at the cause.
struct SyntaxCause {
  let source: SourceText
  let index: Int
  let problem: YAMLProblem
  /// The last scalar that was read whole.
  let lastScalar: ScalarSpan?
  /// Offsets of the brackets that are open, outermost first.
  let openBrackets: [Int]

  /// The finding for this problem.
  var diagnostic: Diagnostic {
    if let quote = quoteClosedByAnother { return .unclosedQuote(at: character(quote)) }
    switch problem.text {
    case "found unexpected end of stream", "found unexpected document indicator":
      return .unclosedQuote(at: character(problem.contextOffset))
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      return unknownEscape
    case "mapping values are not allowed in this context":
      return unclosedBracket ?? tabInIndentation ?? unexpectedColon
    case "could not find expected ':'":
      return unclosedBracket ?? tabInIndentation ?? missingColon
    case "found character that cannot start any token":
      return unclosedBracket ?? tabInIndentation ?? strangeStart
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      return tabInIndentation ?? .tabIndentation(at: character(problem.offset))
    case "did not find expected key", "did not find expected '-' indicator",
      "did not find expected <document start>":
      return tabInIndentation ?? misplacedToken
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      return brokenBrackets(from: problem.contextOffset)
    case "did not find expected node content":
      return missingContent
    default:
      return byConstruct
    }
  }

  /// The finding where libyaml's words and the construct it was reading say enough.
  private var byConstruct: Diagnostic {
    switch problem.text {
    case "block sequence entries are not allowed in this context":
      return tabInIndentation ?? .listOnKeyLine(at: character(problem.offset))
    case "mapping keys are not allowed in this context":
      return reserved(at: problem.offset)
    case "found unexpected ':'":
      return .missingSpace(source.text(word(at: problem.offset)), at: word(at: problem.offset))
    case "found incompatible YAML document":
      return .unsupportedYAMLVersion(at: line(at: problem.offset))
    case "memory ran out":
      return .textTooLarge(bytes: source.bytes.count, index: index)
    default: break
    }
    switch problem.context {
    case "while scanning an anchor", "while scanning an alias":
      return .badAnchorName(
        isAlias: problem.context.hasSuffix("alias"), value(at: problem.contextOffset), in: source)
    case "while scanning a tag", "while parsing a tag":
      return .badTag(value(at: problem.contextOffset), in: source)
    case "while scanning a block scalar":
      return .badBlockText(value(at: problem.contextOffset), in: source)
    case "while scanning a directive", "while scanning a %YAML directive",
      "while scanning a %TAG directive":
      return .badDirective(at: line(at: problem.contextOffset))
    default: break
    }
    if problem.text == "found undefined tag handle" {
      return .badTag(value(at: problem.contextOffset), in: source)
    }
    if problem.text.hasPrefix("found duplicate %") {
      return .badDirective(at: line(at: problem.offset))
    }
    return .unreadable(at: character(problem.offset))
  }

  private var unknownEscape: Diagnostic {
    let quote = problem.contextOffset
    let end = closingQuote(from: quote)
    let escape = range(problem.offset, min(problem.offset + 2, source.bytes.count))
    return .unknownEscape(escape, quoted: end.map { range(quote, $0 + 1) }, in: source)
  }

  /// A `: ` where a value is already being read.
  private var unexpectedColon: Diagnostic {
    let colon = problem.offset
    let current = source.lineIndex(of: colon)
    let content = contentRange(ofLine: current)
    if colon - content.lowerBound > SyntaxLimits.keyBytes { return .longKey(at: range(content)) }
    if let first = separator(in: content.lowerBound..<colon) {
      return .secondColon(
        at: character(colon), value: range(first, content.upperBound), in: source)
    }
    guard let previous = previousLine(before: current) else {
      return .unreadable(at: character(colon))
    }
    let earlier = contentRange(ofLine: previous)
    let key = range(content.lowerBound, colon)
    if separator(in: earlier) != nil, indentation(ofLine: current) > indentation(ofLine: previous) {
      return .indentedUnderValue(key, value: range(earlier), in: source)
    }
    return notAnEntry(earlier)
  }

  /// A line among `key: value` lines that has no `: `.
  private var missingColon: Diagnostic {
    let line = contentRange(ofLine: source.lineIndex(of: problem.contextOffset))
    let text = max(problem.contextOffset, line.lowerBound)..<line.upperBound
    if problem.contextOffset + SyntaxLimits.keyBytes < line.upperBound,
      separator(in: text) != nil
    {
      return .longKey(at: range(text))
    }
    return notAnEntry(text)
  }

  private func notAnEntry(_ text: Range<Int>) -> Diagnostic {
    let words = source.bytes[text]
    if let colon = words.firstIndex(of: 0x3A), colon + 1 < text.upperBound, colon > text.lowerBound
    {
      return .missingSpace(
        source.text(text), at: range(text), insertAt: range(colon + 1, colon + 1))
    }
    return .missingColon(source.text(text), at: range(text))
  }

  /// A character that cannot start a value.
  private var strangeStart: Diagnostic {
    guard problem.offset < source.bytes.count else {
      return .unreadable(at: character(problem.offset))
    }
    if let order = templateOrder { return order }
    switch source.bytes[problem.offset] {
    case 0x09: return .tabIndentation(at: character(problem.offset))
    default: return reserved(at: problem.offset)
    }
  }

  private func reserved(at offset: Int) -> Diagnostic {
    .reservedCharacter(source.scalar(at: offset), value: value(at: offset), in: source)
  }

  /// The quote of a text that runs over lines up to the line of the problem: it was closed by one
  /// that opens another text.
  private var quoteClosedByAnother: Int? {
    guard let last = lastScalar, last.isQuoted, last.upper <= problem.offset else { return nil }
    let line = source.lineIndex(of: problem.offset)
    guard source.lineIndex(of: last.lower) < line, source.lineIndex(of: last.upper) == line else {
      return nil
    }
    return last.lower
  }

  /// Something that stands neither after a key nor at the column of its neighbours.
  private var misplacedToken: Diagnostic {
    let offset = problem.offset
    let current = source.lineIndex(of: offset)
    let content = contentRange(ofLine: current)
    let byte = offset < source.bytes.count ? source.bytes[offset] : 0
    if [0x5D, 0x7D, 0x2C].contains(byte) {
      return .strayBracket(source.scalar(at: offset), at: character(offset))
    }
    guard offset <= content.lowerBound else {
      return .textAfterValue(range(offset, max(offset, content.upperBound)), in: source)
    }
    if byte == 0x3A { return .emptyKey(at: character(offset)) }
    let own = indentation(ofLine: current)
    let isDash = byte == 0x2D
    let column = column(of: problem.contextOffset)
    if problem.text == "did not find expected <document start>" {
      if let previous = previousLine(before: current),
        source.text(source.lineRange(previous)).hasPrefix("...")
      {
        return .severalDocuments(at: range(content))
      }
    } else if own == column, isDash == (problem.text == "did not find expected key") {
      return .mixedListAndKeys(range(content), isDash: isDash)
    }
    let neighbours = neighbouringIndentations(ofLine: current)
    guard !neighbours.isEmpty else {
      return .textAfterValue(range(content), in: source)
    }
    return .unevenIndentation(own, neighbours: neighbours, at: range(content))
  }

  /// A finding if the problem is the start of `{% … %}`.
  private var templateOrder: Diagnostic? {
    guard source.bytes[problem.offset] == 0x25, problem.offset > 0,
      source.bytes[problem.offset - 1] == 0x7B
    else { return nil }
    let line = source.lineRange(source.lineIndex(of: problem.offset)).upperBound
    var end = problem.offset
    while end + 1 < line, source.bytes[end] != 0x25 || source.bytes[end + 1] != 0x7D { end += 1 }
    let place = range(problem.offset - 1, min(end + 2, line))
    return .templateText(source.text(place), at: place)
  }

  private var missingContent: Diagnostic {
    if let bracket = openBrackets.last { return brokenBrackets(from: bracket) }
    guard problem.offset < source.bytes.count else {
      return .unreadable(at: character(problem.offset))
    }
    let byte = source.bytes[problem.offset]
    if [0x5D, 0x7D, 0x2C].contains(byte) {
      return .strayBracket(source.scalar(at: problem.offset), at: character(problem.offset))
    }
    return .unreadable(at: character(problem.offset))
  }
}
