// The findings about what YAML allows and a spec does not.

extension DiagnosticCode {
  static let duplicateKey = DiagnosticCode(
    "Y301", "duplicate-key", title: "a key that is written twice",
    explanation: """
      Some readers keep the first value, some the last. Whoever changes one of them may wonder \
      why nothing happens. Keep one.
      """)
  static let collectionAsKey = DiagnosticCode(
    "Y302", "collection-as-key", title: "a list or mapping as a key",
    explanation: "Keys are words. A list or mapping before a colon is usually a missing quote.")
  static let emptyKey = DiagnosticCode(
    "Y303", "empty-key", title: "a colon without a key",
    explanation: "Before a colon stands a key.")
  static let unknownAlias = DiagnosticCode(
    "Y304", "unknown-alias", title: "an alias without its anchor",
    explanation: """
      `*name` repeats the value that was marked with `&name` earlier in the file. A text that \
      starts with `*` must be in quotes.
      """)
  static let recursiveAlias = DiagnosticCode(
    "Y305", "recursive-alias", title: "an alias inside its own anchor",
    explanation: "A value that holds itself never ends.")
  static let repeatedAnchor = DiagnosticCode(
    "Y306", "repeated-anchor", .warning, title: "an anchor that is defined twice",
    explanation: """
      YAML allows it: an alias takes the last definition before it. Whoever reads the file must \
      search for it. Give the second another name.
      """)
  static let unusedAnchor = DiagnosticCode(
    "Y307", "unused-anchor", .advice, title: "an anchor that nothing uses",
    explanation: "An anchor without an alias does nothing. Remove it, or use it.")
  static let mergeOfOther = DiagnosticCode(
    "Y308", "merge-of-no-mapping", title: "a `<<` whose value is not a mapping",
    explanation: """
      `<<` brings the keys of other mappings in: `<<: *base` or `<<: [*first, *second]`. The \
      mapping's own keys win.
      """)
  static let repeatedMerge = DiagnosticCode(
    "Y309", "repeated-merge", .warning, title: "two `<<` keys in a mapping",
    explanation: "Programs differ in what they make of it. Write one: `<<: [*first, *second]`.")
  static let unsupportedTag = DiagnosticCode(
    "Y310", "unsupported-tag", title: "a tag that is not read",
    explanation: """
      Only `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!map` and `!!seq` are known, and \
      none is needed: each key knows its type. Tags never create objects.
      """)
  static let misplacedTag = DiagnosticCode(
    "Y311", "misplaced-tag", title: "a tag on a value of another kind",
    explanation: "`!!seq` stands before lists, `!!map` before mappings, the others before scalars.")
  static let colonAfterAnchor = DiagnosticCode(
    "Y312", "colon-after-anchor", .warning, title: "a value that starts with a colon",
    explanation: "`&a:b c` is an anchor `a` and the value `:b c`. Put a space after the name.")
  static let commentWithoutSpace = DiagnosticCode(
    "Y313", "comment-without-space", .warning, title: "a comment without a space before `#`",
    explanation: "YAML wants a space before `#`; other programs may refuse the file.")

  static let structureCodes: [DiagnosticCode] = [
    duplicateKey, collectionAsKey, emptyKey, unknownAlias, recursiveAlias, repeatedAnchor,
    unusedAnchor, mergeOfOther, repeatedMerge, unsupportedTag, misplacedTag, colonAfterAnchor,
    commentWithoutSpace,
  ]
}

extension Diagnostic {
  static func duplicateKey(
    _ name: String, at range: SourceRange, first: SourceRange, in section: SpecPath
  ) -> Diagnostic {
    let place = section == .root ? "the spec" : "`\(escapedForTerminal(section.description))`"
    return Diagnostic(
      .duplicateKey, "key `\(excerpt(name))` is written twice in \(place)", at: range,
      label: "again", path: section.key(name), secondary: [Label(first, "first here")],
      helps: [Help("keep one of the two")])
  }

  static func collectionAsKey(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .collectionAsKey, "a list or mapping cannot be a key", at: range,
      label: "stands before a colon", helps: [Help("is a quote missing around it?")])
  }

  static func emptyKey(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .emptyKey, "no key stands before this colon", at: range, label: "a key is missing",
      helps: [Help("write a key before the colon, or quote the value")])
  }

  static func unknownAlias(_ name: String, at range: SourceRange, near: String?) -> Diagnostic {
    var help = Help("mark a value with `&\(name)` earlier in the file, or quote the text")
    if let near {
      help = Help(
        "did you mean `*\(near)`?", fix: Fix("use `*\(near)`", [Edit(range, "*\(near)")], .unsafe))
    }
    return Diagnostic(
      .unknownAlias, "there is no anchor `&\(excerpt(name))` before this alias", at: range,
      label: "repeats nothing", helps: [help])
  }

  static func recursiveAlias(
    _ name: String, at range: SourceRange, anchor: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .recursiveAlias, "alias `*\(excerpt(name))` stands inside the value it repeats", at: range,
      label: "would never end", secondary: [Label(anchor, "the value starts here")],
      helps: [Help("move the anchor to a value that does not hold the alias")])
  }

  static func repeatedAnchor(
    _ name: String, at range: SourceRange, first: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .repeatedAnchor, "anchor `&\(excerpt(name))` is defined again", at: range,
      label: "aliases below take this one", secondary: [Label(first, "first here")],
      helps: [Help("give one of them another name")])
  }

  static func unusedAnchor(
    _ name: String, at range: SourceRange, in source: SourceText
  ) -> Diagnostic {
    Diagnostic(
      .unusedAnchor, "anchor `&\(excerpt(name))` is never used", at: range,
      label: "no alias repeats it", helps: [removing(range, in: source, "remove it")])
  }

  static func mergeOfOther(at range: SourceRange, key: SourceRange) -> Diagnostic {
    Diagnostic(
      .mergeOfOther, "`<<` brings in mappings only", at: range, label: "not a mapping",
      secondary: key.upper <= range.lower ? [Label(key, "merged by this")] : [],
      helps: [Help("write `<<: *name` or `<<: [*first, *second]`; quote `\"<<\"` if it is a key")])
  }

  static func repeatedMerge(at range: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      .repeatedMerge, "a second `<<` in this mapping", at: range, label: "again",
      secondary: [Label(first, "first here")],
      helps: [Help("write one `<<: [*first, *second]`; keys of the first win")])
  }

  static func unsupportedTag(
    _ tag: String, at range: SourceRange, in source: SourceText
  ) -> Diagnostic {
    Diagnostic(
      .unsupportedTag, "tag `\(excerpt(tag))` is not known", at: range, label: "not read",
      helps: [
        removing(range, in: source, "remove the tag"), Help("or quote a text that starts with `!`"),
      ])
  }

  static func misplacedTag(
    _ tag: String, at range: SourceRange, in source: SourceText
  ) -> Diagnostic {
    Diagnostic(
      .misplacedTag, "tag `\(excerpt(tag))` does not fit the value after it", at: range,
      label: "the value is of another kind",
      helps: [removing(range, in: source, "remove the tag")])
  }

  /// Help that removes an anchor or a tag with the blanks behind it.
  private static func removing(
    _ range: SourceRange, in source: SourceText, _ words: String
  ) -> Help {
    var end = range.upper
    while end < source.bytes.count, source.bytes[end] == 0x20 { end += 1 }
    let whole = SourceRange(source: range.source, lower: range.lower, upper: end)
    return Help(words, fix: Fix(words, [Edit(whole, "")], .safe))
  }

  static func colonAfterAnchor(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .colonAfterAnchor, "the value after this anchor starts with a colon", at: range,
      label: "part of the value, not of the name", helps: [Help("put a space after the name")])
  }

  static func commentWithoutSpace(_ range: SourceRange) -> Diagnostic {
    let place = SourceRange(source: range.source, lower: range.lower, upper: range.lower)
    return Diagnostic(
      .commentWithoutSpace, "no space before this comment", at: range, label: "taken as a comment",
      helps: [Help("add a space", fix: Fix("add a space", [Edit(place, " ")], .safe))])
  }
}
