/// A finding as people read it: header, excerpt with marks, notes, ways out, rule.
///
/// `sources` are the texts that ranges refer to by index.
public func render(
  _ diagnostic: Diagnostic, in sources: [SourceText], style: TextStyle = .plain
) -> String {
  TextRenderer(diagnostic, sources, style).lines.map { line in
    var line = line
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }.joined()
}

/// A finding on one line, as editors and scripts read it.
public func renderConcise(_ diagnostic: Diagnostic, in sources: [SourceText]) -> String {
  let message = escapedForTerminal(diagnostic.message)
  var line = "\(diagnostic.level.rawValue)[\(diagnostic.code.code)] \(message)"
  if let help = diagnostic.helps.first {
    let title = help.fix?.title ?? ""
    let isName = title.hasPrefix("use `") && title.hasSuffix("`")
    let words = isName ? "did you mean \(title.dropFirst(4))?" : help.text
    line += " (\(escapedForTerminal(words)))"
  }
  let range = diagnostic.primary.range
  guard sources.indices.contains(range.source) else { return line }
  return place(range, sources[range.source]) + ": " + line
}

/// `name:line:column`.
private func place(_ range: SourceRange, _ source: SourceText) -> String {
  let position = source.position(of: range.lower)
  return "\(escapedForTerminal(source.name)):\(position.line):\(position.column)"
}

/// Lays out one finding.
struct TextRenderer {
  let sources: [SourceText]
  let style: TextStyle
  private let diagnostic: Diagnostic
  private let changes: [[LineChange]]
  /// Digits of the largest line number shown.
  private let digits: Int

  init(_ diagnostic: Diagnostic, _ sources: [SourceText], _ style: TextStyle) {
    self.diagnostic = diagnostic
    self.sources = sources
    self.style = style
    changes = diagnostic.helps.map { LineChange.changes(of: $0.fix, in: sources) }
    var largest = 1
    for range in ([diagnostic.primary] + diagnostic.secondary).map(\.range)
    where sources.indices.contains(range.source) {
      largest = max(largest, sources[range.source].lineIndex(of: range.lower) + 1)
    }
    for change in changes.joined() { largest = max(largest, change.lastNumber) }
    digits = String(largest).count
  }

  /// The lines of the report.
  var lines: [String] {
    let level = diagnostic.level
    let header = style.paint("\(level.rawValue)[\(diagnostic.code.code)]", .level(level))
    var lines = [header + style.paint(": " + escapedForTerminal(diagnostic.message), .strong)]
    lines += excerpts
    lines += diagnostic.notes.map { note("note", $0) }
    for (help, changes) in zip(diagnostic.helps, changes) {
      lines.append(style.paint("help", .help) + ": " + escapedForTerminal(help.text))
      guard !changes.isEmpty else { continue }
      lines.append(bar)
      for change in changes { lines += render(change) }
      lines.append(bar)
    }
    let code = diagnostic.code
    return lines + [note("rule", "\(code.name) (run `plumb explain \(code.code)`)")]
  }

  /// What an excerpt line may take beside its number.
  private var columns: Int { style.width - digits - 3 }
  private var pad: String { String(repeating: " ", count: digits) }
  private var bar: String { style.paint(pad + " |", .frame) }

  private func note(_ kind: String, _ text: String) -> String {
    style.paint(pad + " = ", .frame) + style.paint(kind, .strong) + ": "
      + escapedForTerminal(text)
  }

  private func gutter(_ number: Int, _ sign: String) -> String {
    let text = String(number)
    let padded = String(repeating: " ", count: max(0, digits - text.count)) + text
    return style.paint("\(padded) \(sign)", .frame) + " "
  }

  /// The excerpt of every text with a label, the primary label's first.
  private var excerpts: [String] {
    var order = [diagnostic.primary.range.source]
    for label in diagnostic.secondary where !order.contains(label.range.source) {
      order.append(label.range.source)
    }
    var lines: [String] = []
    for (position, index) in order.enumerated() where sources.indices.contains(index) {
      var labels = diagnostic.secondary.filter { $0.range.source == index }
        .map { ExcerptLabel($0, isPrimary: false, sources[index]) }
      let isFirst = index == diagnostic.primary.range.source
      if isFirst {
        labels.append(ExcerptLabel(diagnostic.primary, isPrimary: true, sources[index]))
      }
      let lead = isFirst ? diagnostic.primary.range : labels.first?.range
      guard let lead else { continue }
      let arrow = style.paint(pad + (position == 0 ? "-->" : ":::"), .frame)
      lines += ["\(arrow) \(place(lead, sources[index]))", bar]
      lines += excerpt(labels, sources[index])
      lines.append(bar)
    }
    return lines
  }

  /// The labelled lines of one text; a gap of one line is shown, a wider one is left out.
  private func excerpt(_ labels: [ExcerptLabel], _ source: SourceText) -> [String] {
    let byLine = Dictionary(grouping: labels, by: \.line)
    var lines: [String] = []
    var previous: Int?
    for number in byLine.keys.sorted() {
      if let previous, number == previous + 2 {
        lines.append(gutter(number, "|") + shown(source, number - 1))
      } else if let previous, number > previous + 2 {
        lines.append(style.paint("...", .frame))
      }
      lines += marked(byLine[number] ?? [], source, number)
      previous = number
    }
    return lines
  }

  private func shown(_ source: SourceText, _ line: Int) -> String {
    let start = source.lineRange(line).lowerBound
    return DisplayLine(source, line: line, limit: columns, around: start..<start).text
  }

  /// One line with its marks below it.
  private func marked(_ labels: [ExcerptLabel], _ source: SourceText, _ line: Int) -> [String] {
    let focus = (labels.first(where: \.isPrimary) ?? labels[0]).bytes
    let display = DisplayLine(source, line: line, limit: columns, around: focus)
    var lines = [gutter(line + 1, "|") + display.text]
    var rest = labels.map { label in
      Mark(
        columns: display.columns(of: label.bytes), text: escapedForTerminal(label.text),
        role: label.isPrimary ? .level(diagnostic.level) : .secondary,
        sign: label.isPrimary ? "^" : "-")
    }.sorted {
      ($0.columns.lowerBound, $0.columns.upperBound)
        < ($1.columns.lowerBound, $1.columns.upperBound)
    }
    while !rest.isEmpty {
      // Marks that overlap others go to rows of their own.
      var row: [Mark] = []
      var later: [Mark] = []
      for mark in rest {
        let isFree = row.last.map { $0.columns.upperBound < mark.columns.lowerBound } ?? true
        if isFree { row.append(mark) } else { later.append(mark) }
      }
      lines += render(row).map { bar + " " + $0 }
      rest = later
    }
    return lines
  }

  /// Marks side by side: the last one's words on the same line, those of the others below.
  private func render(_ marks: [Mark]) -> [String] {
    var line = ""
    var column = 0
    for mark in marks {
      line += String(repeating: " ", count: mark.columns.lowerBound - column)
      line += style.paint(String(repeating: mark.sign, count: mark.columns.count), mark.role)
      column = mark.columns.upperBound
    }
    if let last = marks.last, !last.text.isEmpty { line += " " + style.paint(last.text, last.role) }
    var lines = [line]
    for mark in marks.dropLast().reversed() where !mark.text.isEmpty {
      let indent = String(repeating: " ", count: mark.columns.lowerBound)
      lines.append(indent + style.paint(mark.text, mark.role))
    }
    return lines
  }

  private func render(_ change: LineChange) -> [String] {
    var lines: [String] = []
    func add(_ texts: [String], _ sign: String, _ role: TextStyle.Role, _ focus: Int) {
      for (position, text) in texts.enumerated() {
        if position == LineChange.shownLines {
          lines.append(style.paint("...", .frame))
          return
        }
        let source = SourceText(name: "", text: text)
        let shown = DisplayLine(source, line: 0, limit: columns, around: focus..<focus).text
        lines.append(gutter(change.firstNumber + position, sign) + style.paint(shown, role))
      }
    }
    add(change.old, "-", .removed, change.focus)
    add(change.new, "+", .added, change.focus)
    return lines
  }
}

/// Marked columns of one line.
private struct Mark {
  var columns: Range<Int>
  var text: String
  var role: TextStyle.Role
  var sign: String
}

/// A label in its line; of a range over several lines the part in its first line is marked.
private struct ExcerptLabel {
  var range: SourceRange
  var text: String
  var isPrimary: Bool
  /// The line, from 0.
  var line: Int
  var bytes: Range<Int>

  init(_ label: Label, isPrimary: Bool, _ source: SourceText) {
    range = label.range
    text = label.text
    self.isPrimary = isPrimary
    line = source.lineIndex(of: label.range.lower)
    let end = max(label.range.lower, source.lineRange(line).upperBound)
    bytes = label.range.lower..<min(label.range.upper, end)
  }
}
