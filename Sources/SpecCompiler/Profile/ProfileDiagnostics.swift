import SpecSyntax
import Tables

extension DiagnosticCode {
  static let unusableProfile = DiagnosticCode(
    "D214", "unusable-profile", title: "a profile that cannot be used",
    explanation: """
      `data.profile` names a file that `plumb profile` wrote. It is missing, of another program, \
      of a later version, or its numbers contradict each other. Write it again with `plumb \
      profile TABLE --output FILE`.
      """)
  static let staleProfile = DiagnosticCode(
    "D215", "stale-profile", .warning, title: "a profile of another state of the table",
    explanation: """
      The table and the profile that stands in for it are both there and differ, so a check \
      without the table would not be a check of this table. Write the profile again and commit it \
      beside the spec.
      """)
}

extension Diagnostic {
  static func unreadableProfile(
    _ file: String, reason: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .unusableProfile, "the profile `\(escapedForTerminal(file))` cannot be read: \(reason)",
      at: range, label: "this file", path: "data.profile", helps: [writing(file)])
  }

  /// `range` lies in the profile, `named` where the spec names it.
  static func foreignProfile(
    _ file: String, at range: SourceRange, named: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .unusableProfile, "`\(escapedForTerminal(file))` is not a profile of a table", at: range,
      label: "without the key `plumb_profile`", path: "data.profile",
      secondary: [Label(named, "named here")], helps: [writing(file)])
  }

  static func laterProfile(
    _ file: String, version: String, at range: SourceRange, named: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .unusableProfile,
      """
      `\(escapedForTerminal(file))` is a profile of version \(escapedForTerminal(version)); \
      version \(ProfileDocument.version) is read
      """, at: range, label: "this version", path: "data.profile",
      secondary: [Label(named, "named here")],
      helps: [writing(file), Help("or use the program that wrote it")])
  }

  static func contradictoryProfile(
    _ file: String, _ contradiction: String, at range: SourceRange, named: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .unusableProfile, "`\(escapedForTerminal(file))` contradicts itself: \(contradiction)",
      at: range, label: "this column", path: "data.profile",
      secondary: [Label(named, "named here")], helps: [writing(file)])
  }

  static func staleProfile(
    _ file: String, table: String, difference: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .staleProfile,
      """
      `\(escapedForTerminal(file))` is not the profile of `\(escapedForTerminal(table))` as it \
      is: \(difference)
      """, at: range, label: "describes another state", path: "data.profile",
      notes: ["without the table, the spec would be checked against the profile"],
      helps: [writing(file, table: table)])
  }

  private static func writing(_ file: String, table: String = "TABLE") -> Help {
    Help(
      """
      write it again: `plumb profile \(escapedForTerminal(table)) --output \
      \(escapedForTerminal(file))`
      """)
  }
}
