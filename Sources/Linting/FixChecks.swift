internal import SpecSyntax

/// What must hold after edits: the text parses as before, its values differ only where edits say,
/// its comments are all there, and its line ends and byte order mark are as they were.
struct FixChecks {
  let before: SourceText
  let after: SourceText
  /// In order of position, without overlaps.
  let edits: [Edit]

  /// The first thing that does not hold, in words; nil where all does.
  var violation: String? {
    var (oldLog, newLog) = (DiagnosticLog(), DiagnosticLog())
    let old = parse(before, into: &oldLog)
    let new = parse(after, into: &newLog)
    if errors(newLog) > errors(oldLog) { return "the text has more syntax errors than before" }
    // A text that could not be read has no values that could change.
    guard let old else { return nil }
    guard let new else { return "the text can no longer be read" }
    if let path = strayChange(old.root, new.root) { return "`\(path)` would change as well" }
    if !keepsComments(old, new) { return "a comment would be lost" }
    if before.hasByteOrderMark != after.hasByteOrderMark { return "the byte order mark would go" }
    if !lineEnds(before).isSuperset(of: lineEnds(after)) { return "line ends would differ" }
    return endsLine(before) == endsLine(after) ? nil : "the end of the last line would change"
  }

  private func errors(_ log: DiagnosticLog) -> Int { log.diagnostics.count { $0.level == .error } }

  /// The kinds of line end in a text.
  private func lineEnds(_ source: SourceText) -> Set<String> {
    var found: Set<String> = []
    var previous: UInt8 = 0
    for byte in source.bytes {
      if byte == 0x0A { found.insert(previous == 0x0D ? "\r\n" : "\n") }
      if previous == 0x0D, byte != 0x0A { found.insert("\r") }
      previous = byte
    }
    return found
  }

  private func endsLine(_ source: SourceText) -> Bool { source.bytes.last == 0x0A }

  /// The comments outside the edits, which must be the same in the same order.
  private func keepsComments(_ old: SyntaxTree, _ new: SyntaxTree) -> Bool {
    let kept = old.comments.filter { comment in
      !edits.contains { $0.range.lower <= comment.lower && comment.upper <= $0.range.upper }
    }
    let inserted = newRanges
    let found = new.comments.filter { comment in
      !inserted.contains { $0.lower <= comment.lower && comment.upper <= $0.upper }
    }
    return kept.map { before.text($0) } == found.map { after.text($0) }
  }

  /// Where the replacements lie in the new text.
  private var newRanges: [SourceRange] {
    var shift = 0
    return edits.map { edit in
      let lower = edit.range.lower + shift
      let length = edit.replacement.utf8.count
      shift += length - (edit.range.upper - edit.range.lower)
      return SourceRange(lower: lower, upper: lower + length)
    }
  }

  /// The first value that differs although no edit touches it.
  private func strayChange(_ old: Node, _ new: Node) -> SpecPath? {
    var comparison = TreeComparison(
      oldRanges: edits.map(\.range), newRanges: newRanges)
    comparison.compare(old, new, .root)
    return comparison.stray
  }
}

/// Compares two trees and looks for a difference outside the edited ranges.
private struct TreeComparison {
  let oldRanges: [SourceRange]
  let newRanges: [SourceRange]
  var stray: SpecPath?
  /// Pairs already compared, since an alias leads to the same nodes again.
  private var seen: Set<[ObjectIdentifier]> = []

  init(oldRanges: [SourceRange], newRanges: [SourceRange]) {
    self.oldRanges = oldRanges
    self.newRanges = newRanges
  }

  mutating func compare(_ old: Node, _ new: Node, _ path: SpecPath) {
    let (old, new) = (old.resolved, new.resolved)
    guard stray == nil, seen.insert([ObjectIdentifier(old), ObjectIdentifier(new)]).inserted else {
      return
    }
    switch (old.content, new.content) {
    case (.scalar(let a), .scalar(let b)):
      if a.text != b.text || (a.style == .plain) != (b.style == .plain) {
        report(path, old.range, new.range)
      }
    case (.sequence(let a), .sequence(let b)):
      guard a.count == b.count else { return report(path, old.range, new.range) }
      for index in a.indices { compare(a[index], b[index], path.index(index)) }
    case (.mapping(let a), .mapping(let b)): compare(a, b, path)
    default: report(path, old.range, new.range)
    }
  }

  private mutating func compare(_ old: Mapping, _ new: Mapping, _ path: SpecPath) {
    for entry in old.entries {
      if let other = new.entry(entry.name) {
        compare(entry.value, other.value, path.key(entry.name))
      } else {
        report(path.key(entry.name), entry.key.range.union(entry.value.range), nil)
      }
    }
    for entry in new.entries where old.entry(entry.name) == nil {
      report(path.key(entry.name), nil, entry.key.range.union(entry.value.range))
    }
  }

  /// Takes a difference as stray unless an edit touches what was there or what is there now.
  private mutating func report(_ path: SpecPath, _ old: SourceRange?, _ new: SourceRange?) {
    let isEdited = touches(old, oldRanges) || touches(new, newRanges)
    if stray == nil, !isEdited { stray = path }
  }

  private func touches(_ range: SourceRange?, _ edits: [SourceRange]) -> Bool {
    guard let range else { return false }
    return edits.contains { $0.lower <= range.upper && range.lower <= $0.upper }
  }
}
