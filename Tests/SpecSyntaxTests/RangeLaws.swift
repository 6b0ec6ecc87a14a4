import SpecSyntax
import Testing

/// Parses a text and checks what must hold for every text: it does not trap, ranges lie in the
/// text, nest, and convert to lines and back.
func checkRanges(of source: SourceText, _ comment: Comment? = nil) {
  var log = DiagnosticLog()
  let tree = parse(source, into: &log)
  let whole = 0...source.bytes.count
  for diagnostic in log.diagnostics {
    for range in [diagnostic.primary.range] + diagnostic.secondary.map(\.range) {
      #expect(whole.contains(range.lower) && whole.contains(range.upper), comment)
    }
    #expect(!diagnostic.message.isEmpty && !diagnostic.helps.isEmpty, comment)
    #expect(!render(diagnostic, in: [source]).isEmpty, comment)
    let edits = diagnostic.helps.flatMap { $0.fix?.edits ?? [] }
    for edit in edits { #expect(whole.contains(edit.range.upper), comment) }
  }
  guard let tree else {
    #expect(log.hasErrors, "\(source.name): no tree and no reason")
    return
  }
  checkNesting(of: tree.root, in: SourceRange(lower: 0, upper: source.bytes.count), source)
  for range in tree.comments {
    #expect(source.text(range).hasPrefix("#"), comment)
    #expect(!source.text(range).contains("\n"), comment)
  }
}

private func checkNesting(of node: Node, in parent: SourceRange, _ source: SourceText) {
  #expect(node.range.lower >= parent.lower && node.range.upper <= parent.upper, "\(source.name)")
  switch node.content {
  case .sequence(let items):
    for item in items { checkNesting(of: item, in: node.range, source) }
  case .mapping(let mapping):
    for entry in mapping.entries.prefix(mapping.ownCount) {
      checkNesting(of: entry.key, in: node.range, source)
      checkNesting(of: entry.value, in: node.range, source)
      #expect(entry.key.range.upper <= entry.value.range.lower, "\(source.name)")
    }
    #expect(Set(mapping.entries.map(\.name)).count == mapping.entries.count, "\(source.name)")
  case .alias(let name, _):
    #expect(source.text(node.range) == "*" + name, "\(source.name)")
  case .scalar(let scalar):
    if scalar.style == .plain, !scalar.text.contains("\n"), !scalar.text.contains(" ") {
      #expect(source.text(node.range) == scalar.text, "\(source.name)")
    }
  }
}
