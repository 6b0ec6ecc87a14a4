// The findings about texts beyond the limits of size.

extension DiagnosticCode {
  static let tooDeep = limit(
    "Y050", "too-deep", title: "collections nested too deeply",
    "At most 64 levels are read, also through aliases. A spec needs about 10.")
  static let textTooLarge = limit(
    "Y051", "text-too-large", title: "a spec of more than a megabyte",
    "Specs describe models, data stands in tables beside them. At most 1 MiB is read.")
  static let tooManyNodes = limit(
    "Y052", "too-many-nodes", title: "too many values",
    "At most 50,000 values are read, and 100,000 of a table's profile.")
  static let scalarTooLong = limit(
    "Y053", "scalar-too-long", title: "a value or key that is too long",
    "A value may have 65,536 bytes, a key 1,024.")
  static let tooManyDirectives = limit(
    "Y054", "too-many-directives", title: "too many lines that start with `%`",
    "At most 16 directives are read. Specs need none.")
  static let tooManyAnchors = limit(
    "Y055", "too-many-anchors", title: "too many anchors", "At most 1,000 anchors are read.")
  static let tooManyAliases = limit(
    "Y056", "too-many-aliases", title: "too many aliases", "At most 10,000 aliases are read.")
  static let tooMuchAliasWork = limit(
    "Y057", "too-much-alias-work", title: "aliases that multiply",
    """
    Aliases to lists of aliases grow by multiplication: a few lines can stand for billions of \
    values. At most 1,000,000 values, and 100 for each step of the text, are visited.
    """)
  static let mergeChainTooLong = limit(
    "Y058", "merge-chain-too-long", title: "merges of merges of merges",
    "At most 32 mappings may be merged one into the next.")
  static let tooManyFindings = limit(
    "Y059", "too-many-findings", title: "more findings than are kept",
    "The first 1,000 findings of a text are kept. Mend those first.")

  static let limitCodes: [DiagnosticCode] = [
    tooDeep, textTooLarge, tooManyNodes, scalarTooLong, tooManyDirectives, tooManyAnchors,
    tooManyAliases, tooMuchAliasWork, mergeChainTooLong, tooManyFindings,
  ]

  private static func limit(
    _ code: String, _ name: String, title: String, _ rule: String
  ) -> DiagnosticCode {
    DiagnosticCode(
      code, name, title: title,
      explanation: rule + " Limits keep every answer quick, whatever text comes in.")
  }
}

extension Diagnostic {
  static func tooDeep(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .tooDeep, "lists and mappings are nested more than \(SyntaxLimits.depth) deep", at: range,
      label: "one level too many", helps: [Help("use fewer levels")])
  }

  static func textTooLarge(bytes: Int, index: Int) -> Diagnostic {
    Diagnostic(
      .textTooLarge, "the spec has \(bytes) bytes; at most \(SyntaxLimits.bytes) are read",
      at: SourceRange(source: index, lower: 0, upper: 0),
      helps: [Help("is this a table? name it in `data.source` instead")])
  }

  static func tooManyNodes(_ limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .tooManyNodes, "the spec has more than \(limit) values", at: range,
      label: "not read beyond this one", helps: [Help("keep data in tables, not in the spec")])
  }

  static func scalarTooLong(bytes: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .scalarTooLong,
      "this value has \(bytes) bytes; at most \(SyntaxLimits.scalarBytes) are allowed", at: range,
      helps: [Help("is a quote or a bracket missing?")])
  }

  static func keyTooLong(bytes: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .scalarTooLong, "this key has \(bytes) bytes; at most \(SyntaxLimits.keyBytes) are allowed",
      at: range, helps: [Help("use a shorter key")])
  }

  static func tooManyDirectives(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .tooManyDirectives, "more than \(SyntaxLimits.directives) lines start with `%`", at: range,
      helps: [Help("remove them; a spec needs none")])
  }

  static func tooManyAnchors(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .tooManyAnchors, "the spec has more than \(SyntaxLimits.anchors) anchors", at: range,
      helps: [Help("use fewer anchors")])
  }

  static func tooManyAliases(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .tooManyAliases, "the spec has more than \(SyntaxLimits.aliases) aliases", at: range,
      helps: [Help("use fewer aliases")])
  }

  static func tooMuchAliasWork(nodes: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .tooMuchAliasWork, "the aliases in here stand for more values than are read", at: range,
      label: "at least \(nodes) values", helps: [Help("write the values out, or use fewer")])
  }

  static func mergeChainTooLong(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .mergeChainTooLong, "more than \(SyntaxLimits.mergeChain) merges lead here", at: range,
      helps: [Help("merge the bases directly: `<<: [*a, *b]`")])
  }

  static func tooManyFindings(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .tooManyFindings, "there are more than \(SyntaxLimits.findings) findings", at: range,
      label: "not reported from here on", helps: [Help("mend the first ones and try again")])
  }
}
