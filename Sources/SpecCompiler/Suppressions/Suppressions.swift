public import SpecSyntax

extension Compilation {
  /// This compilation with what its comments suppress set aside, and findings about the comments.
  ///
  /// Syntax errors stay whatever a comment says, and `hasErrors` does not change: a suppressed
  /// error is not reported, but the spec still cannot work. `judgesUnused` is false where values
  /// of one run may hide what a comment is for.
  public func applyingSuppressions(judgesUnused: Bool = true) -> Compilation {
    guard let tree, !tree.comments.isEmpty else { return self }
    var reader = SuppressionReader(compilation: self, root: tree.root)
    for comment in tree.comments { reader.read(comment) }
    guard !reader.found.isEmpty || !reader.findings.isEmpty else { return self }
    var result = self
    var all = reader.found.sorted { $0.scope.rawValue < $1.scope.rawValue }
    result.diagnostics = []
    for finding in diagnostics {
      let index =
        finding.code.isSyntaxError ? nil : all.indices.first { all[$0].takes(finding) }
      if let index {
        result.suppressed.append(SuppressedFinding(finding, .inSource, reason: all[index].reason))
      } else {
        result.diagnostics.append(finding)
      }
    }
    var log = DiagnosticLog()
    for finding in result.diagnostics + reader.findings { log.report(finding) }
    if judgesUnused, notChecked.isEmpty {
      for suppression in all where suppression.range.source == 0 {
        if let finding = unused(suppression) { log.report(finding) }
      }
    }
    result.diagnostics = log.sorted
    return result
  }

  /// Whether a comment suppresses a finding that was made later, such as by a training run.
  public func isSuppressed(_ finding: Diagnostic) -> Bool {
    guard let tree else { return false }
    var reader = SuppressionReader(compilation: self, root: tree.root)
    for comment in tree.comments { reader.read(comment) }
    return reader.found.contains { suppression in
      var suppression = suppression
      return suppression.takes(finding)
    }
  }

  /// What a comment names without effect, as a finding; nil where all of it is used.
  private func unused(_ suppression: Suppression) -> Diagnostic? {
    let idle = suppression.names.filter { name in
      guard let code = name.code, !name.isUsed, !code.isSyntaxError else { return false }
      // Some rules need a training run or an earlier spec before they speak.
      guard let rule = Rules.named(code.code) else { return true }
      return rule.needs.allSatisfy { facts?.meets($0) ?? false }
    }
    guard !idle.isEmpty else { return nil }
    let kept = suppression.names.filter { name in !idle.contains { $0.range == name.range } }
    let edit =
      kept.isEmpty
      ? removal(of: suppression.range)
      : Edit(suppression.range, suppression.text(keeping: kept))
    let isAtTop =
      suppression.scope == .node
      && suppression.target?.lower == tree?.root.mapping?.entries.first?.key.range.lower
    return .unusedSuppression(
      idle, at: suppression.range, removesAll: kept.isEmpty, edit: edit, isAtTop: isAtTop)
  }

  /// The edit that takes a comment away: with its line where it stands alone, else with the blanks
  /// before it.
  private func removal(of comment: SourceRange) -> Edit {
    let source = sources[comment.source]
    let line = source.lineIndex(of: comment.lower)
    var lower = comment.lower
    let start = source.lineStarts[line] + (line == 0 && source.hasByteOrderMark ? 3 : 0)
    while lower > start, [0x20, 0x09].contains(source.bytes[lower - 1]) { lower -= 1 }
    var upper = comment.upper
    if lower == start {
      let isLast = line + 1 >= source.lineStarts.count
      if !isLast {
        upper = source.lineStarts[line + 1]
      } else if line > 0 {
        lower = source.lineRange(line - 1).upperBound
      }
    }
    return Edit(SourceRange(source: comment.source, lower: lower, upper: upper), "")
  }
}

/// Reads the comments of a spec and its bases.
private struct SuppressionReader {
  let compilation: Compilation
  let root: Node
  var found: [Suppression] = []
  /// About comments that cannot be used as they are.
  var findings: [Diagnostic] = []

  mutating func read(_ comment: SourceRange) {
    let source = compilation.sources[comment.source]
    guard let content = SuppressionComment(comment, in: source) else { return }
    let targets = SuppressionTarget(source: source, root: root)
    switch content {
    case .malformed(let mistake, let start):
      report(mistake, at: range(comment, from: start), targets)
    case .ignore(let isForFile, let names, let reason, let start):
      let range = range(comment, from: start)
      let suppression = Suppression(
        scope: isForFile ? .file : targets.startsLine(range.lower) ? .node : .line,
        names: names, reason: reason, range: range, target: nil)
      take(suppression, targets)
    }
  }

  private mutating func take(_ suppression: Suppression, _ targets: SuppressionTarget) {
    var suppression = suppression
    let range = suppression.range
    switch suppression.scope {
    case .line: suppression.target = targets.line(of: range)
    case .node: suppression.target = targets.node(after: range)
    case .file:
      suppression.target = targets.file(of: range)
      if suppression.target == nil { return report(.notInHead, at: range, targets) }
    }
    found.append(suppression)
    guard range.source == 0 else { return }
    for name in suppression.names {
      if name.code == nil {
        findings.append(.unknownSuppression(name, in: suppression))
      } else if name.code?.isSyntaxError == true {
        findings.append(.suppressedSyntaxError(name))
      }
    }
    if suppression.reason.isEmpty { findings.append(.suppressionWithoutReason(at: range)) }
  }

  private mutating func report(
    _ mistake: SuppressionMistake, at range: SourceRange, _ targets: SuppressionTarget
  ) {
    guard range.source == 0 else { return }
    let place =
      targets.startsLine(range.lower) ? targets.node(after: range) : targets.line(of: range)
    var codes: [String] = []
    for finding in compilation.diagnostics where !finding.code.isSyntaxError {
      let lower = finding.primary.range.lower
      guard let place, finding.primary.range.source == 0,
        (place.lower...place.upper).contains(lower), !codes.contains(finding.code.code)
      else { continue }
      codes.append(finding.code.code)
    }
    findings.append(.malformedSuppression(mistake, at: range, codes: codes))
  }

  private func range(_ comment: SourceRange, from start: Int) -> SourceRange {
    SourceRange(source: comment.source, lower: start, upper: comment.upper)
  }
}
