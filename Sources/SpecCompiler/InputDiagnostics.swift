public import SpecSyntax

extension DiagnosticCode {
  public static let unknownInput = DiagnosticCode(
    "G107", "unknown-input", title: "`select` names what is not an input",
    explanation: """
      `select` takes columns of the table, by name or by kind, from the network's input, so \
      each has to be one that `data` makes an input: neither the target nor ignored. Of any other \
      layer it takes `positions`.
      """)
}

extension Diagnostic {
  static func unknownInput(
    _ name: String, names: [String], at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    let similar = nearest(to: name, among: names, limit: 1)
    let known = names.prefix(20).map { "`\(escapedForTerminal($0))`" }.joined(separator: ", ")
    let more = names.count > 20 ? " and \(names.count - 20) more" : ""
    return Diagnostic(
      .unknownInput, "no input comes from a column `\(escapedForTerminal(name))`", at: range,
      label: "not an input", path: path, notes: ["inputs: \(known)\(more)"],
      helps: similar.isEmpty
        ? [Help("name one of the inputs")]
        : similar.map {
          Help(
            "write `\(escapedForTerminal($0))`",
            fix: Fix("use `\($0)`", [Edit(range, scalarText($0))], .unsafe))
        })
  }

  static func noInputOfKind(_ kind: String, at range: SourceRange, path: SpecPath) -> Diagnostic {
    Diagnostic(
      .unknownInput, "no input is of the kind `\(kind)`", at: range, label: "selects nothing",
      path: path, helps: [Help("`plumb resolve` shows the kind of each column")])
  }

  static func columnsOfLayer(_ name: String, at range: SourceRange, path: SpecPath) -> Diagnostic {
    Diagnostic(
      .unknownInput, "columns cannot be selected from the layer `\(escapedForTerminal(name))`",
      at: range, label: "not the network's input", path: path,
      helps: [Help("write `from: input`, or select `positions` of the layer")])
  }

  static func columnsOfShape(at range: SourceRange, path: SpecPath) -> Diagnostic {
    Diagnostic(
      .unknownInput, "the inputs of a `shape` have no columns to select", at: range,
      label: "names columns", path: path,
      helps: [Help("select `positions`, or leave `data.shape` out")])
  }
}
