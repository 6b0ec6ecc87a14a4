public import SpecSyntax

/// The difference of two texts as `diff -u` writes it; empty where they are the same.
public func unifiedDiff(from old: SourceText, to new: SourceText, path: String) -> String {
  let (a, b) = (lines(old), lines(new))
  let changes = lineChanges(a, b)
  guard changes.contains(where: { $0.kind != .same }) else { return "" }
  var text = "--- \(path)\n+++ \(path)\n"
  for hunk in hunks(changes) { text += write(hunk) }
  return text
}

/// A line with its end, so that a change of the end is a change.
private func lines(_ source: SourceText) -> [String] {
  let starts = source.lineStarts + [source.bytes.count]
  return zip(starts, starts.dropFirst()).map { source.text($0..<$1) }.filter { !$0.isEmpty }
}

private struct LineEntry {
  enum Kind { case same, removed, added }
  var kind: Kind
  var text: String
  /// The numbers, from 1, of the line in the old and the new text; of the next where it has none.
  var old: Int
  var new: Int
}

/// The lines of both texts in order, by their longest common subsequence between the first and
/// the last difference.
private func lineChanges(_ a: [String], _ b: [String]) -> [LineEntry] {
  let head = zip(a, b).prefix { $0 == $1 }.count
  let room = min(a.count, b.count) - head
  let tail = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.prefix(room).count
  let (x, y) = (Array(a[head..<(a.count - tail)]), Array(b[head..<(b.count - tail)]))
  var (i, j) = (0, 0)
  var entries = (0..<head).map { LineEntry(kind: .same, text: a[$0], old: $0 + 1, new: $0 + 1) }
  func add(_ kind: LineEntry.Kind, _ text: String) {
    entries.append(LineEntry(kind: kind, text: text, old: head + i + 1, new: head + j + 1))
  }
  let difference = y.difference(from: x)
  var removed: Set<Int> = []
  var added: Set<Int> = []
  for change in difference {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): added.insert(offset)
    }
  }
  while i < x.count || j < y.count {
    if removed.contains(i) {
      add(.removed, x[i])
      i += 1
    } else if added.contains(j) {
      add(.added, y[j])
      j += 1
    } else {
      add(.same, x[i])
      i += 1
      j += 1
    }
  }
  for offset in 0..<tail {
    let (old, new) = (a.count - tail + offset, b.count - tail + offset)
    entries.append(LineEntry(kind: .same, text: a[old], old: old + 1, new: new + 1))
  }
  return entries
}

/// The changes with three lines around them; what lies closer together is one piece.
private func hunks(_ entries: [LineEntry]) -> [ArraySlice<LineEntry>] {
  var ranges: [Range<Int>] = []
  for index in entries.indices where entries[index].kind != .same {
    let range = max(0, index - 3)..<min(entries.count, index + 4)
    if let last = ranges.last, range.lowerBound <= last.upperBound {
      ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
    } else {
      ranges.append(range)
    }
  }
  return ranges.map { entries[$0] }
}

private func write(_ hunk: ArraySlice<LineEntry>) -> String {
  let old = hunk.count { $0.kind != .added }
  let new = hunk.count { $0.kind != .removed }
  guard let first = hunk.first else { return "" }
  let oldStart = old == 0 ? first.old - 1 : first.old
  let newStart = new == 0 ? first.new - 1 : first.new
  var text = "@@ -\(oldStart),\(old) +\(newStart),\(new) @@\n"
  for entry in hunk {
    let sign =
      switch entry.kind {
      case .same: " "
      case .removed: "-"
      case .added: "+"
      }
    let isWhole = entry.text.utf8.last == 0x0A
    text += sign + entry.text + (isWhole ? "" : "\n\\ No newline at end of file\n")
  }
  return text
}
