// The findings about bytes and about text that cannot be read as YAML.

extension DiagnosticCode {
  /// The codes of reading YAML.
  public static let syntaxCodes: [DiagnosticCode] =
    byteCodes + limitCodes + entryCodes + valueCodes + structureCodes

  static let notUTF8 = DiagnosticCode(
    "Y001", "not-utf-8", title: "a byte that is not UTF-8",
    explanation: """
      A spec is UTF-8 text. Text that was saved as Latin-1 or Windows-1252 shows such bytes at \
      the first accented letter. Save the file as UTF-8.
      """)
  static let utf16Text = DiagnosticCode(
    "Y002", "utf-16-text", title: "a file in UTF-16",
    explanation: """
      Some editors save as "Unicode", by which they mean UTF-16. A spec is UTF-8 text; save the \
      file as UTF-8.
      """)
  static let controlCharacter = DiagnosticCode(
    "Y003", "control-character", title: "an invisible control character",
    explanation: """
      YAML forbids control characters except tab and line end, and they hide what a file says. \
      They usually come with text copied from elsewhere. Remove the character; in double quotes \
      it can be written as an escape such as `\\x07`.
      """)
  static let directionControl = DiagnosticCode(
    "Y004", "direction-control", title: "a character that reorders the text on screen",
    explanation: """
      Direction controls make an editor show characters in another order than they are read, so \
      that a reviewer sees another spec than the one that is trained. Remove them.
      """)
  static let foreignLineBreak = DiagnosticCode(
    "Y005", "foreign-line-break", title: "a line end that no editor shows",
    explanation: """
      U+0085, U+2028 and U+2029 end a line in YAML 1.1, but not in YAML 1.2 and in no editor, so \
      that one visible line would be read as two. They come with text copied from web pages. \
      Remove the character, or keep it inside quotes.
      """)
  static let emptySpec = DiagnosticCode(
    "Y006", "empty-spec", title: "a spec without content",
    explanation: "The file is empty or holds only comments. `plumb new TABLE` writes a first spec.")
  static let severalDocuments = DiagnosticCode(
    "Y007", "several-documents", title: "more than one document in a file",
    explanation: """
      A line `---` or `...` starts another document. A spec describes one model: one file, one \
      document. Move the others to files of their own.
      """)
  static let unsupportedYAMLVersion = DiagnosticCode(
    "Y008", "unsupported-yaml-version", title: "a `%YAML` version that does not exist",
    explanation: "Specs are YAML 1.2. Remove the `%YAML` line.")
  static let oldYAMLVersion = DiagnosticCode(
    "Y009", "old-yaml-version", .warning, title: "a `%YAML` line that asks for another reading",
    explanation: """
      Under YAML 1.1 `no` is false, `017` is 15 and `1:30` is 90. Specs are read as YAML 1.2 \
      whatever the line says: these are the text `no`, 17 and the text `1:30`. Remove the line.
      """)
  static let invisibleCharacter = DiagnosticCode(
    "Y010", "invisible-character", title: "a character that cannot be seen",
    explanation: """
      A no-break space looks like a space but separates nothing, and a character of no width makes \
      another word of one that looks right. They come with text copied from web pages and \
      documents. Replace or remove them; a name that really has one stands in quotes.
      """)

  static let byteCodes: [DiagnosticCode] = [
    notUTF8, utf16Text, controlCharacter, directionControl, foreignLineBreak, emptySpec,
    severalDocuments, unsupportedYAMLVersion, oldYAMLVersion, invisibleCharacter,
  ]
}

extension Diagnostic {
  static func notUTF8(_ byte: UInt8, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .notUTF8, "the byte \(hexadecimal(UInt32(byte), digits: 2)) is not UTF-8", at: range,
      label: "not UTF-8 from here on",
      helps: [Help("save the file as UTF-8")])
  }

  static func utf16Text(index: Int) -> Diagnostic {
    Diagnostic(
      .utf16Text, "the file is UTF-16, not UTF-8",
      at: SourceRange(source: index, lower: 0, upper: 0), label: "starts like UTF-16",
      helps: [Help("save the file as UTF-8")])
  }

  static func controlCharacter(_ scalar: Unicode.Scalar, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .controlCharacter, "the control character \(codePoint(scalar)) stands in the text",
      at: range, label: "invisible",
      helps: [Help("remove it", fix: Fix("remove it", [Edit(range, "")], .unsafe))])
  }

  static func directionControl(_ scalar: Unicode.Scalar, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .directionControl, "the character \(codePoint(scalar)) changes the order of the text shown",
      at: range, label: "text after it may look reordered",
      helps: [Help("remove it", fix: Fix("remove it", [Edit(range, "")], .unsafe))])
  }

  static func foreignLineBreak(_ scalar: Unicode.Scalar, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .foreignLineBreak, "the character \(codePoint(scalar)) would end the line here", at: range,
      label: "a line end that editors do not show",
      helps: [Help("replace it by a space", fix: Fix("use a space", [Edit(range, " ")], .display))])
  }

  static func invisibleCharacter(at range: SourceRange, in source: SourceText) -> Diagnostic {
    let scalars = source.text(range).unicodeScalars
    let found = scalars.compactMap { InvisibleCharacter($0) }
    let replacement = found.map(\.replacement).joined()
    let name = found.first.map { ", \($0.name)," } ?? ""
    let title = replacement.isEmpty ? "remove it" : "use a space"
    return Diagnostic(
      .invisibleCharacter,
      "the character \(codePoint(scalars.first ?? " "))\(name) cannot be seen here", at: range,
      label: replacement.isEmpty ? "nothing to see" : "looks like a space",
      helps: [
        Help(title, fix: Fix(title, [Edit(range, replacement)], .unsafe)),
        Help("or put the text in quotes, if the character belongs to it"),
      ])
  }

  static func emptySpec(index: Int) -> Diagnostic {
    Diagnostic(
      .emptySpec, "the spec is empty", at: SourceRange(source: index, lower: 0, upper: 0),
      label: "nothing but blank lines and comments",
      helps: [Help("`plumb new TABLE` writes a first spec for a table")])
  }

  static func severalDocuments(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .severalDocuments, "a second document starts here", at: range,
      label: "what follows is not read",
      notes: ["a spec is one document in one file"],
      helps: [Help("remove the line, or move what follows to a file of its own")])
  }

  static func unsupportedYAMLVersion(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unsupportedYAMLVersion, "this version of YAML is not known", at: range,
      label: "specs are YAML 1.2", helps: [Help("remove the line")])
  }

  static func oldYAMLVersion(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .oldYAMLVersion, "the spec is read as YAML 1.2 all the same", at: range,
      label: "asks for an older reading", helps: [Help("remove the line")])
  }

  /// `U+00AD`.
  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    "U+" + String(hexadecimal(scalar.value, digits: 4).dropFirst(2))
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
