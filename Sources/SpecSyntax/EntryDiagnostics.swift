// The findings about lines that are not `key: value` or `- item`.

extension DiagnosticCode {
  static let missingColon = DiagnosticCode(
    "Y101", "missing-colon", title: "a line without a colon among keys",
    explanation: "In a mapping every line is `key: value`, with a colon and a space between.")
  static let missingSpace = DiagnosticCode(
    "Y102", "missing-space-after-colon", title: "a colon without a space after it",
    explanation: """
      In YAML a colon separates key and value only with a space after it: `a: 1`. `a:1` is one \
      word.
      """)
  static let secondColon = DiagnosticCode(
    "Y103", "second-colon", title: "a colon and a space inside a value",
    explanation: "A value that holds a colon and a space must be in quotes: `a: \"b: c\"`.")
  static let unevenIndentation = DiagnosticCode(
    "Y104", "uneven-indentation", title: "a line at a column of its own",
    explanation: """
      The keys of a mapping and the items of a list start at one column; what belongs to a key \
      is indented further. A line between two columns belongs to nothing.
      """)
  static let tabIndentation = DiagnosticCode(
    "Y105", "tab-indentation", title: "a tab used for indentation",
    explanation: """
      YAML is indented with spaces only, because tabs are as wide as each editor likes. Set the \
      editor to insert spaces for `.yaml` files.
      """)
  static let listOnKeyLine = DiagnosticCode(
    "Y106", "list-on-key-line", title: "a list item on the line of its key",
    explanation: "Start the list on the next line, or write it in brackets: `key: [a, b]`.")
  static let mixedListAndKeys = DiagnosticCode(
    "Y107", "mixed-list-and-keys", title: "list items and keys at one column",
    explanation: """
      A collection is either a list of `- items` or a mapping of `key: value`. Items that belong \
      to a key are indented under it.
      """)
  static let longKey = DiagnosticCode(
    "Y108", "long-key", title: "a key of more than a thousand characters",
    explanation: "A key ends with `: ` within 1,024 characters. Is a quote missing?")
  static let textAfterValue = DiagnosticCode(
    "Y109", "text-after-value", title: "text after a value that has ended",
    explanation: """
      A quoted value ends with its quote and a list with its bracket. Put the whole value in \
      quotes, or remove what follows.
      """)
  static let badDirective = DiagnosticCode(
    "Y110", "bad-directive", title: "a line that starts with `%`",
    explanation: """
      A line that starts with `%` is an order to the reader of the file. Specs need none; a text \
      that starts with `%` must be in quotes.
      """)
  static let unreadable = DiagnosticCode(
    "Y199", "unreadable-yaml", title: "text that is not YAML",
    explanation: """
      The text breaks the rules of YAML here, or uses a rare corner of them that is not read. \
      Look at the marked place and the line before it.
      """)

  static let entryCodes: [DiagnosticCode] = [
    missingColon, missingSpace, secondColon, unevenIndentation, tabIndentation, listOnKeyLine,
    mixedListAndKeys, longKey, textAfterValue, badDirective, unreadable,
  ]
}

extension Diagnostic {
  static func missingColon(_ text: String, at range: SourceRange) -> Diagnostic {
    let shown = excerpt(text)
    let separators: [Character] = ["=", " "]
    var help = Help("write it as `key: value`")
    if let place = text.firstIndex(where: separators.contains) {
      let key = text[..<place]
      let value = text[place...].drop { $0 == " " || $0 == "=" }
      let entry = "\(key): \(value)"
      help = Help(
        "write `\(excerpt(entry))`", fix: Fix("add the colon", [Edit(range, entry)], .unsafe))
    }
    return Diagnostic(
      .missingColon, "`\(shown)` is not `key: value`; is the colon missing?", at: range,
      label: "no colon here", helps: [help])
  }

  /// `insertAt` is where the space belongs, if that is certain.
  static func missingSpace(
    _ text: String, at range: SourceRange, insertAt: SourceRange? = nil
  ) -> Diagnostic {
    let fix = insertAt.map { Fix("add a space after the colon", [Edit($0, " ")], .safe) }
    return Diagnostic(
      .missingSpace, "no space after the colon in `\(excerpt(text))`", at: range,
      label: "read as one word", helps: [Help("add a space after the colon", fix: fix)])
  }

  static func secondColon(
    at colon: SourceRange, value: SourceRange, in source: SourceText
  ) -> Diagnostic {
    Diagnostic(
      .secondColon, "a second `: ` in the value; quote it", at: colon, label: "not allowed here",
      helps: [quoting(value, in: source)])
  }

  static func unevenIndentation(
    _ own: Int, neighbours: [Int], at range: SourceRange
  ) -> Diagnostic {
    let columns = neighbours.map(String.init).joined(separator: " or ")
    let isOne = neighbours.count == 1
    return Diagnostic(
      .unevenIndentation,
      "this line is indented by \(own); its neighbour\(isOne ? "" : "s") by \(columns)",
      at: range, label: "belongs to no column",
      helps: [Help("indent it by \(columns)")])
  }

  static func indentedUnderValue(
    _ key: SourceRange, value: SourceRange, in source: SourceText
  ) -> Diagnostic {
    Diagnostic(
      .unevenIndentation,
      "`\(excerpt(source.text(key)))` is indented under a key that has a value already", at: key,
      label: "indented further than the line above",
      secondary: [Label(value, "this entry is complete")],
      helps: [Help("start both lines at the same column")])
  }

  static func tabIndentation(at range: SourceRange) -> Diagnostic {
    let spaces = String(repeating: "  ", count: max(range.upper - range.lower, 1))
    return Diagnostic(
      .tabIndentation, "tab used for indentation", at: range, label: "a tab",
      helps: [Help("use spaces", fix: Fix("use spaces", [Edit(range, spaces)], .unsafe))])
  }

  static func listOnKeyLine(at dash: SourceRange) -> Diagnostic {
    Diagnostic(
      .listOnKeyLine, "a list item cannot start on the line of its key", at: dash,
      label: "starts an item",
      helps: [Help("start the list on the next line, or write `[a, b]`; quote a text with a dash")])
  }

  static func mixedListAndKeys(_ range: SourceRange, isDash: Bool) -> Diagnostic {
    Diagnostic(
      .mixedListAndKeys, isDash ? "a list item among keys" : "a key among list items", at: range,
      label: isDash ? "its neighbours are `key: value`" : "its neighbours are `- items`",
      helps: [
        Help(isDash ? "indent it under the key it belongs to" : "indent it under its item")
      ])
  }

  static func longKey(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .longKey, "no `: ` within the first 1024 characters", at: range, label: "too long for a key",
      helps: [Help("use a shorter key; is a quote missing?")])
  }

  static func textAfterValue(_ range: SourceRange, in source: SourceText) -> Diagnostic {
    Diagnostic(
      .textAfterValue, "`\(excerpt(source.text(range)))` stands after a value that has ended",
      at: range, label: "does not belong to the value",
      helps: [Help("put the whole value in quotes, or remove what follows it")])
  }

  static func badDirective(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .badDirective, "a line that starts with `%` is not part of a spec", at: range,
      label: "read as an order to the reader", helps: [Help("remove the line")])
  }

  static func unreadable(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unreadable, "this is not YAML", at: range, label: "cannot be read from here on",
      helps: [Help("look for a missing quote, bracket or colon here and on the line before")])
  }

  /// A short piece of the author's text for a message.
  static func excerpt(_ text: String) -> String {
    let line = text.prefix { $0 != "\n" && $0 != "\r" && $0 != "\r\n" }
    return escapedForTerminal(line.count > 40 ? line.prefix(37) + "..." : String(line))
  }

  /// Help that puts a value in quotes.
  static func quoting(_ value: SourceRange, in source: SourceText) -> Help {
    let text = source.text(value)
    let quoted = "\"" + text.map { "\"\\".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "\""
    return Help("quote the value", fix: Fix("quote the value", [Edit(value, quoted)], .unsafe))
  }
}
