import SpecSyntax

/// What to do next about a finding: a command, and what it does.
public struct NextStep: Sendable, Hashable, Encodable {
  /// What a step is for.
  public enum Purpose: String, Sendable, Encodable, CaseIterable {
    /// Writes the edit into the spec.
    case write
    /// Trains with and without the edit.
    case measure
    /// Searches the values around it.
    case search
    /// Tells the finding in full: there is no edit.
    case explain

    var words: String {
      switch self {
      case .write: "writes it"
      case .measure: "trains with and without it"
      case .search: "searches the values around it"
      case .explain: "says it in full"
      }
    }
  }

  public var command: String
  public var purpose: Purpose

  var words: String { "\(command) (\(purpose.words))" }
}

extension AdvicePage {
  /// The one thing to do next about a finding; nil where there is none, as of what was measured not
  /// to help, and of what waits for errors.
  ///
  /// What harms is written, and so is what was measured to help. Of the rest, what has values
  /// around it is searched, and what is one edit is measured.
  public func next(_ entry: AdviceOrder.Entry) -> NextStep? {
    guard let name, entry.group != .refuted else { return nil }
    let code = entry.finding.code.code
    let isError = entry.finding.level == .error
    guard isError || !compilation.hasErrors else { return nil }
    let write = NextStep(
      command: "plumb advise \(name) --apply \(code)\(probeOption([entry]))", purpose: .write)
    let mustChange = isError || entry.group == .warnings || entry.verdict?.finding == .helps
    if mustChange, entry.finding.canBeApplied { return write }
    if !isError, isSearchable(entry) {
      return NextStep(command: "plumb tune \(name) --over \(code)", purpose: .search)
    }
    if entry.isMeasurable, hasRows {
      let more = entry.verdict == nil ? "" : " --budget 10m"
      return NextStep(
        command: "plumb advise \(name) --measure \(code)\(more)", purpose: .measure)
    }
    if entry.finding.canBeApplied { return write }
    return NextStep(command: "plumb explain \(code)", purpose: .explain)
  }

  /// The commands that do it for all findings of a page.
  var nextWords: String {
    let explain = "plumb explain CODE for a rule in full"
    guard let name else { return "next: " + explain }
    guard !compilation.hasErrors else {
      return "next: mend the errors, then plumb advise \(name)"
    }
    let open = order.entries.filter { $0.group != .refuted }
    let written = open.filter { $0.finding.canBeApplied && $0.group != .interactions }
    let searched = open.filter { next($0)?.purpose == .search }
    var lines: [String] = []
    if !written.isEmpty {
      let all = codes(written) + probeOption(written)
      lines.append("  write it    plumb advise \(name) --apply \(all)   (--diff only shows it)")
    }
    if hasRows, open.contains(where: { $0.isMeasurable && $0.verdict == nil }) {
      lines.append("  measure it  plumb advise \(name) --measure   (trains with and without it)")
    }
    if !searched.isEmpty {
      let over = codes(searched).split(separator: " ").map { " --over \($0)" }.joined()
      lines.append("  search it   plumb tune \(name)\(over)   (searches the values around it)")
    }
    if lines.isEmpty { lines.append("  train       plumb train \(name)") }
    return (["next: " + explain] + lines).joined(separator: "\n")
  }

  /// The spec as a shell takes it; nil where no command can name it.
  private var name: String? { spec.flatMap { $0 == "-" ? nil : shellWord($0) } }

  /// Whether there are rows to train on.
  private var hasRows: Bool {
    compilation.profileFile == nil && (compilation.facts?.trainRows ?? 0) > 0
  }

  /// Whether `plumb tune --over` searches more for a finding than the value with and without it.
  private func isSearchable(_ entry: AdviceOrder.Entry) -> Bool {
    guard entry.finding.rule != nil, hasRows,
      let proposed = compilation.proposedSpace(over: [entry.finding.code.code])
    else { return false }
    return proposed.keys.count > 1
      || proposed.keys.contains { $0.value.map { ($0.choice?.count ?? 3) > 2 } ?? false }
  }

  /// What was measured for this page has to be measured again to be written.
  private func probeOption(_ entries: [AdviceOrder.Entry]) -> String {
    let isMeasured = entries.contains { $0.finding.isMeasured && $0.finding.canBeApplied }
    return isMeasured && !measurements.isEmpty ? " --probe" : ""
  }

  /// The codes of findings, each once.
  private func codes(_ entries: [AdviceOrder.Entry]) -> String {
    var seen: Set<String> = []
    return entries.map(\.finding.code.code).filter { seen.insert($0).inserted }
      .joined(separator: " ")
  }
}

/// An argument as a shell takes it.
private func shellWord(_ text: String) -> String {
  let isPlain = text.allSatisfy { character in
    guard character.isASCII else { return false }
    return character.isLetter || character.isNumber || "._=-/".contains(character)
  }
  guard !isPlain else { return text }
  return "'" + text.split(separator: "'", omittingEmptySubsequences: false)
    .joined(separator: "'\\''") + "'"
}
