/// Lines that edits replace, as a report shows them.
struct LineChange {
  /// The number, from 1, of the first line that differs.
  var firstNumber: Int
  var old: [String]
  var new: [String]
  /// The byte in the first line where old and new part.
  var focus: Int

  /// How many lines of either side a report shows.
  static let shownLines = 8

  var lastNumber: Int { firstNumber + max(min(max(old.count, new.count), Self.shownLines) - 1, 0) }

  /// The changes of a fix, neighbouring edits together, in order of position.
  static func changes(of fix: Fix?, in sources: [SourceText]) -> [LineChange] {
    guard let fix, let index = fix.edits.first?.range.source, sources.indices.contains(index)
    else { return [] }
    let source = sources[index]
    let edits = fix.edits.filter {
      $0.range.source == index && $0.range.upper <= source.bytes.count
    }
    .sorted { $0.range.lower < $1.range.lower }
    var groups: [(lines: ClosedRange<Int>, edits: [Edit])] = []
    for edit in edits {
      let lines = source.lineIndex(of: edit.range.lower)...source.lineIndex(of: edit.range.upper)
      if let last = groups.last, lines.lowerBound <= last.lines.upperBound {
        let upper = max(last.lines.upperBound, lines.upperBound)
        groups[groups.count - 1] = (last.lines.lowerBound...upper, last.edits + [edit])
      } else {
        groups.append((lines, [edit]))
      }
    }
    return groups.compactMap { LineChange($0.lines, $0.edits, source) }
  }

  private init?(_ lines: ClosedRange<Int>, _ edits: [Edit], _ source: SourceText) {
    let start = source.lineStarts[lines.lowerBound]
    let end = source.lineRange(lines.upperBound).upperBound
    let whole = Array(source.bytes[start..<max(start, end)])
    let moved = edits.map { edit in
      Edit(
        SourceRange(lower: edit.range.lower - start, upper: min(edit.range.upper, end) - start),
        edit.replacement)
    }
    let before = SourceText(name: "", bytes: whole)
    let after = SourceText(name: "", bytes: apply(moved, to: before))
    var old = before.lineStarts.indices.map { before.text(before.lineRange($0)) }
    var new = after.lineStarts.indices.map { after.text(after.lineRange($0)) }
    var first = lines.lowerBound + 1
    while let a = old.first, let b = new.first, a == b {
      old.removeFirst()
      new.removeFirst()
      first += 1
    }
    while let a = old.last, let b = new.last, a == b {
      old.removeLast()
      new.removeLast()
    }
    guard !old.isEmpty || !new.isEmpty else { return nil }
    firstNumber = first
    focus = zip((old.first ?? "").utf8, (new.first ?? "").utf8).prefix { $0 == $1 }.count
    self.old = old
    self.new = new
  }
}
