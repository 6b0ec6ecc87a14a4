public import SpecSyntax

// Findings about a project's configuration and its baseline: never about a spec.

extension DiagnosticCode {
  public static let unknownRule = DiagnosticCode(
    "P911", "unknown-rule", title: "a rule that does not exist",
    explanation: """
      Configurations and baselines name kinds of finding by code or name; configurations also \
      name groups: `all`, the letter of a group of codes, or a class of evidence such as \
      `folklore`.
      """)
  public static let loweredError = DiagnosticCode(
    "P912", "lowered-error", title: "an error that a configuration would lower",
    explanation: """
      These findings say that a spec cannot be read or cannot work. Hiding them would move the \
      failure to the training. One of them can be suppressed where it stands, with a reason, by \
      `# plumb: ignore[CODE] reason`; commands that need the network still refuse.
      """)
  public static let unreadableConfiguration = DiagnosticCode(
    "P913", "unreadable-configuration", title: "a configuration that cannot be read",
    explanation: "`extends` names configuration files, each relative to the file that names it.")
  public static let circularConfiguration = DiagnosticCode(
    "P914", "circular-configuration", title: "configurations that extend each other",
    explanation: "A configuration cannot, directly or through others, extend itself.")
  public static let ruleWithoutLevel = DiagnosticCode(
    "P915", "rule-without-level", title: "a rule in a configuration that is given nothing",
    explanation: """
      Behind a rule stands a level (`off`, `advice`, `warning`, `error` or `default`), or a \
      mapping with `level` and the options that `plumb explain CODE` lists.
      """)
  public static let unknownBaseline = DiagnosticCode(
    "P921", "unknown-baseline", title: "a file that is not a baseline this program reads",
    explanation: """
      A baseline is a file that `plumb lint --write-baseline FILE` wrote; it begins with \
      `plumb_baseline: 1`. Write it again.
      """)
  public static let syntaxErrorInBaseline = DiagnosticCode(
    "P922", "syntax-error-in-baseline", title: "a syntax error in a baseline",
    explanation: "A spec that cannot be read is not checked, so such errors are always reported.")

  /// The codes of configurations and baselines.
  static let projectCodes: [DiagnosticCode] = [
    unknownRule, loweredError, unreadableConfiguration, circularConfiguration, ruleWithoutLevel,
    unknownBaseline, syntaxErrorInBaseline,
  ]
}

extension Diagnostic {
  /// `groups` are names beside codes and names of findings that can stand here.
  public static func unknownRule(
    _ name: String, groups: [String], at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    let similar =
      FindingNames.similar(to: name) + nearest(to: name, among: groups.filter { $0.count > 1 })
    let helps = similar.prefix(3).map { candidate in
      Help(
        "did you mean `\(candidate)`?",
        fix: Fix("use `\(candidate)`", [Edit(range, candidate)], .unsafe))
    }
    let list = groups.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .unknownRule, "there is no rule `\(escapedForTerminal(name))`", at: range,
      label: "neither a code nor a name", path: path,
      notes: groups.isEmpty ? [] : ["groups: \(list)"],
      helps: helps.isEmpty ? [Help("write a code such as `B502`, a name, or a group")] : helps)
  }

  public static func loweredError(
    _ code: DiagnosticCode, to level: String, at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .loweredError, "`\(code.code)` cannot be `\(level)`: \(code.title) is always an error",
      at: range, label: "a spec with it cannot work", path: path,
      helps: [
        Help("remove it; where one is meant, write `# plumb: ignore[\(code.code)] reason` there")
      ])
  }

  public static func unreadableConfiguration(
    _ base: String, reason: String, at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .unreadableConfiguration, "the configuration `\(escapedForTerminal(base))` \(reason)",
      at: range, label: "extended here", path: path,
      helps: [Help("write its path relative to this file, or remove it")])
  }

  public static func circularConfiguration(
    _ base: String, at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .circularConfiguration, "`\(escapedForTerminal(base))` extends this configuration already",
      at: range, label: "leads back here", path: path, helps: [Help("remove one of the two")])
  }

  public static func ruleWithoutLevel(at range: SourceRange, path: SpecPath) -> Diagnostic {
    Diagnostic(
      .ruleWithoutLevel, "`\(path)` has no level", at: range, label: "not a level",
      path: path,
      helps: [Help("write `off`, `advice`, `warning`, `error` or `default`")])
  }

  public static func unknownBaseline(version: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unknownBaseline, "this baseline has version \(version); this program reads version 1",
      at: range, label: "not 1", path: "plumb_baseline",
      helps: [Help("write it again: `plumb lint --write-baseline FILE`")])
  }

  public static func syntaxErrorInBaseline(
    _ code: DiagnosticCode, at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .syntaxErrorInBaseline, "`\(code.code)` is a syntax error, which no baseline hides",
      at: range, label: "always reported", path: path, helps: [Help("remove this entry")])
  }
}
