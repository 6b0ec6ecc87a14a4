public import SpecSyntax

extension DiagnosticCode {
  public static let unusedSuppression = DiagnosticCode(
    "P901", "unused-suppression", .warning, title: "a suppression that suppresses nothing",
    explanation: """
      What the comment names is not found there, so it only hides the next mistake of that kind. \
      It is reported once the whole spec was checked, its table included; codes that only a \
      training run finds are left alone. To suppress a code in the whole file, write \
      `# plumb: ignore-file[CODE] reason` before the first key.
      """)
  public static let unknownSuppression = DiagnosticCode(
    "P902", "unknown-suppression", .warning, title: "a suppression of a code that does not exist",
    explanation: """
      Between the brackets stand codes such as B502 or names such as batch-power-of-two, \
      separated by commas. `plumb lint` prints them, `plumb explain CODE` explains them.
      """)
  public static let malformedSuppression = DiagnosticCode(
    "P903", "malformed-suppression", .warning, title: "a suppression that cannot be read",
    explanation: """
      A suppression names what it suppresses: `# plumb: ignore[CODE] reason` at the end of a line \
      for that line, or on a line of its own for the next key or item with everything under it; \
      `# plumb: ignore-file[CODE] reason` before the first key for the whole file. There is no \
      form that suppresses everything.
      """)
  public static let suppressionWithoutReason = DiagnosticCode(
    "P904", "suppression-without-reason", .advice, title: "a suppression that does not say why",
    explanation: """
      Whoever reads the spec next cannot tell whether the reason still holds. Off unless a \
      project asks for it: `rules: {P904: warning}` in `.plumb.yaml`.
      """, isOff: true)
  public static let suppressedSyntaxError = DiagnosticCode(
    "P905", "suppressed-syntax-error", .warning, title: "a suppression of a syntax error",
    explanation: """
      A text that cannot be read as YAML has no tree in which a comment could have a place, and \
      nothing after the error was checked. Such errors are always reported.
      """)

  /// The codes of comments that suppress others.
  static let suppressionCodes: [DiagnosticCode] = [
    unusedSuppression, unknownSuppression, malformedSuppression, suppressionWithoutReason,
    suppressedSyntaxError,
  ]
}

extension Diagnostic {
  static func unusedSuppression(
    _ names: [Suppression.Name], at range: SourceRange, removesAll: Bool, edit: Edit,
    isAtTop: Bool
  ) -> Diagnostic {
    let list = names.map { "`\(escapedForTerminal($0.text))`" }.joined(separator: ", ")
    let title = removesAll ? "remove the comment" : "remove \(list) from it"
    let note = "it is about the key after it; `ignore-file` is about the whole file"
    return Diagnostic(
      .unusedSuppression, "nothing here is reported as \(list)", at: range,
      label: "suppresses nothing", notes: isAtTop ? [note] : [],
      helps: [Help(title, fix: Fix(title, [edit], .safe))])
  }

  static func unknownSuppression(_ name: Suppression.Name, in comment: Suppression) -> Diagnostic {
    let helps = FindingNames.similar(to: name.text).map { candidate in
      var names = comment.names
      for index in names.indices where names[index].range == name.range {
        names[index].text = candidate
      }
      let edit = Edit(comment.range, comment.text(keeping: names))
      return Help("did you mean `\(candidate)`?", fix: Fix("use `\(candidate)`", [edit], .unsafe))
    }
    return Diagnostic(
      .unknownSuppression, "there is no finding `\(escapedForTerminal(name.text))` to suppress",
      at: name.range, label: "neither a code nor a name",
      helps: helps.isEmpty ? [Help("write the code that `plumb lint` prints in brackets")] : helps)
  }

  /// `codes` are those of the findings that the comment could be about.
  static func malformedSuppression(
    _ mistake: SuppressionMistake, at range: SourceRange, codes: [String]
  ) -> Diagnostic {
    let list = codes.isEmpty ? "CODE" : codes.joined(separator: ", ")
    let message: String
    var help = Help("write `# plumb: ignore[\(list)] reason`")
    switch mistake {
    case .noCodes:
      message = "a suppression has to name what it suppresses"
      if !codes.isEmpty {
        let title = "name what is found here: `\(list)`"
        let edit = Edit(range, "# plumb: ignore[\(list)]")
        help = Help(title, fix: Fix(title, [edit], .unsafe))
      }
    case .openBracket: message = "the bracket of this suppression is never closed"
    case .unknownWord(let word, let meant, let corrected):
      message = "`\(escapedForTerminal(word))` is not a suppression"
      if let meant, let corrected {
        help = Help(
          "did you mean `\(meant)`?",
          fix: Fix("use `\(meant)`", [Edit(range, corrected)], .unsafe))
      }
    case .notInHead:
      message = "`ignore-file` stands before the first key, on a line of its own"
      help = Help("move it to the top, or write `ignore` for the next key or item")
    }
    return Diagnostic(
      .malformedSuppression, message, at: range, label: "suppresses nothing", helps: [help])
  }

  static func suppressionWithoutReason(at range: SourceRange) -> Diagnostic {
    let end = SourceRange(source: range.source, lower: range.upper, upper: range.upper)
    return Diagnostic(
      .suppressionWithoutReason, "this suppression does not say why", at: range,
      label: "no reason",
      helps: [
        Help(
          "write the reason after the bracket",
          fix: Fix("write the reason after the bracket", [Edit(end, " REASON")], .display))
      ])
  }

  static func suppressedSyntaxError(_ name: Suppression.Name) -> Diagnostic {
    Diagnostic(
      .suppressedSyntaxError,
      "`\(escapedForTerminal(name.text))` is a syntax error, which cannot be suppressed",
      at: name.range, label: "always reported", helps: [Help("remove it from the comment")])
  }
}
