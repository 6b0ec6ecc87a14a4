// The findings about quotes, brackets and the first character of a value.

extension DiagnosticCode {
  static let unclosedQuote = DiagnosticCode(
    "Y120", "unclosed-quote", title: "a quote that is never closed",
    explanation: "The text after the quote runs to the end of the file. Close it where it ends.")
  static let unclosedBracket = DiagnosticCode(
    "Y121", "unclosed-bracket", title: "a bracket that is never closed",
    explanation: "A list in `[` ends with `]`, a mapping in `{` ends with `}`.")
  static let mismatchedBracket = DiagnosticCode(
    "Y122", "mismatched-bracket", title: "a bracket closed by the other kind",
    explanation: "`[` is closed by `]` and `{` by `}`.")
  static let strayBracket = DiagnosticCode(
    "Y123", "stray-bracket", title: "a bracket or comma that belongs to nothing",
    explanation: "There is no open bracket here. A text with brackets or commas must be in quotes.")
  static let missingComma = DiagnosticCode(
    "Y124", "missing-comma", title: "a comma missing between items",
    explanation: "Inside brackets items are separated by commas.")
  static let emptyItem = DiagnosticCode(
    "Y125", "empty-item", title: "nothing before a comma",
    explanation: "Between two commas stands an item. Remove one of the commas.")
  static let reservedCharacter = DiagnosticCode(
    "Y126", "reserved-character", title: "a value that starts with a reserved character",
    explanation: """
      `@`, `` ` ``, `%` and `?` cannot start a value; a text that starts with one must be in \
      quotes.
      """)
  static let unknownEscape = DiagnosticCode(
    "Y127", "unknown-escape", title: "a backslash in double quotes that means nothing",
    explanation: """
      In double quotes a backslash starts an escape such as `\\n`. Single quotes take a backslash \
      as it is, which is what paths want.
      """)
  static let badAnchorName = DiagnosticCode(
    "Y128", "bad-anchor-name", title: "`&` or `*` without a name",
    explanation: """
      `&name` marks a value and `*name` repeats it; names have letters, digits, `-` and `_`. A \
      text that starts with `*` or `&` must be in quotes.
      """)
  static let badTag = DiagnosticCode(
    "Y129", "bad-tag", title: "a value that starts with `!`",
    explanation: "`!name` is a tag, which specs do not need. A text with `!` must be in quotes.")
  static let badBlockText = DiagnosticCode(
    "Y130", "bad-block-text", title: "text after `|` or `>`",
    explanation: """
      A value that starts with `|` or `>` is a text on the following, indented lines. A value \
      such as `> 5` must be in quotes.
      """)
  static let templateText = DiagnosticCode(
    "Y131", "template-text", title: "braces of a template",
    explanation: """
      `{{ x }}` is for a template program and must be filled in before the spec is read; in YAML \
      it is a mapping inside a mapping. As a text it must be in quotes.
      """)

  static let valueCodes: [DiagnosticCode] = [
    unclosedQuote, unclosedBracket, mismatchedBracket, strayBracket, missingComma, emptyItem,
    reservedCharacter, unknownEscape, badAnchorName, badTag, badBlockText, templateText,
  ]
}

extension Diagnostic {
  static func unclosedQuote(at quote: SourceRange) -> Diagnostic {
    Diagnostic(
      .unclosedQuote, "this quote is never closed", at: quote, label: "opens here",
      helps: [Help("close the quote where the text ends")])
  }

  static func unclosedBracket(_ bracket: Unicode.Scalar, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unclosedBracket, "this bracket is never closed", at: range, label: "opens here",
      helps: [Help("close it with `\(bracket == "[" ? "]" : "}")`")])
  }

  /// `closesOuter` says whether a bracket further out is waiting for this one.
  static func mismatchedBracket(
    _ bracket: Unicode.Scalar, at range: SourceRange, opening: SourceRange, closesOuter: Bool
  ) -> Diagnostic {
    let right = bracket == "]" ? "}" : "]"
    let edit = Edit(range, closesOuter ? "\(right)\(bracket)" : right)
    return Diagnostic(
      .mismatchedBracket, "`\(bracket)` does not close the bracket that is open", at: range,
      label: "`\(right)` is wanted here", secondary: [Label(opening, "opens here")],
      helps: [Help("write `\(right)`", fix: Fix("write `\(right)`", [edit], .unsafe))])
  }

  static func strayBracket(_ character: Unicode.Scalar, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .strayBracket, "`\(character)` stands here without an open bracket", at: range,
      label: "belongs to nothing", helps: [Help("remove it, or quote the value")])
  }

  static func missingComma(before item: SourceRange, in source: SourceText) -> Diagnostic {
    var end = item.lower
    while end > 0, [0x20, 0x09].contains(source.bytes[end - 1]) { end -= 1 }
    let place = SourceRange(source: item.source, lower: end, upper: end)
    return Diagnostic(
      .missingComma, "a comma is missing before `\(excerpt(source.text(item)))`", at: item,
      label: "the item before is not ended",
      helps: [
        Help(
          "add a comma",
          fix: Fix("add a comma", [Edit(place, end < item.lower ? "," : ", ")], .unsafe))
      ])
  }

  static func emptyItem(at comma: SourceRange) -> Diagnostic {
    Diagnostic(
      .emptyItem, "nothing stands before this comma", at: comma, label: "an item is missing",
      helps: [Help("remove the comma", fix: Fix("remove the comma", [Edit(comma, "")], .unsafe))])
  }

  static func reservedCharacter(
    _ character: Unicode.Scalar, value: SourceRange, in source: SourceText
  ) -> Diagnostic {
    Diagnostic(
      .reservedCharacter,
      "a value cannot start with `\(escapedForTerminal(String(character)))`; quote it", at: value,
      label: "reserved by YAML", helps: [quoting(value, in: source)])
  }

  /// `quoted` is the whole text with its quotes, if it ends.
  static func unknownEscape(
    _ escape: SourceRange, quoted: SourceRange?, in source: SourceText
  ) -> Diagnostic {
    var fix: Fix?
    if let quoted {
      let inner = source.text(quoted).dropFirst().dropLast()
      let single = "'" + inner.map { $0 == "'" ? "''" : "\($0)" }.joined() + "'"
      fix = Fix("use single quotes", [Edit(quoted, single)], .unsafe)
    }
    return Diagnostic(
      .unknownEscape, "`\(excerpt(source.text(escape)))` means nothing in double quotes",
      at: escape, label: "a backslash starts an escape",
      helps: [Help("use single quotes for a path", fix: fix)])
  }

  static func badAnchorName(
    isAlias: Bool, _ value: SourceRange, in source: SourceText
  ) -> Diagnostic {
    let sign = isAlias ? "*" : "&"
    return Diagnostic(
      .badAnchorName, "a value that starts with `\(sign)` is \(isAlias ? "an alias" : "an anchor")",
      at: value, label: "not a name after `\(sign)`",
      notes: ["names of anchors have letters, digits, `-` and `_`"],
      helps: [quoting(value, in: source)])
  }

  static func badTag(_ value: SourceRange, in source: SourceText) -> Diagnostic {
    Diagnostic(
      .badTag, "a value that starts with `!` is a tag", at: value, label: "not a tag of YAML",
      helps: [quoting(value, in: source)])
  }

  static func badBlockText(_ value: SourceRange, in source: SourceText) -> Diagnostic {
    let sign = source.scalar(at: value.lower)
    return Diagnostic(
      .badBlockText, "the text after `\(sign)` must start on the next line", at: value,
      label: "`\(sign)` starts a text of several lines", helps: [quoting(value, in: source)])
  }

  static func templateText(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .templateText, "`\(excerpt(text))` is template text; quote it", at: range,
      label: "read as a mapping inside a mapping",
      helps: [Help("fill the template in first, or quote the value")])
  }
}
