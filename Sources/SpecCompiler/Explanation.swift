public import SpecSyntax

/// A rule in full, in lines of at most 80 columns.
public func explanation(of rule: Rule) -> String {
  var page = Page(title: "\(rule.code) \(rule.name)")
  page.paragraph(rule.title)
  let bounds = rule.record?.levelWords(declared: rule.declaredLevel)
  page.entry("level", rule.level.rawValue + (bounds.map { ": \($0)" } ?? ""))
  page.entry("needs", rule.needs.map(\.rawValue).joined(separator: ", "))
  page.entry("evidence", "\(rule.evidence.rawValue): \(rule.evidence.meaning)")
  if let path = rule.decides { page.entry("decides", "\(path), where it is open") }
  page.section("Why", rule.rationale)
  if let guarantee = rule.guarantee { page.section("Cannot happen here", guarantee) }
  page.section("Source", rule.source)
  page.section("Fails when", rule.failsWhen)
  if let record = rule.record { page.section("Tried on tables", record.text) }
  if let conflict = rule.conflict { page.section("Both sides", conflict) }
  page.options(rule.options)
  for example in rule.examples { page.example(example) }
  return page.text
}

/// A kind of finding in full, in lines of at most 80 columns.
public func explanation(of code: DiagnosticCode) -> String {
  var page = Page(title: "\(code.code) \(code.name)")
  page.paragraph(code.title)
  page.entry("level", code.level.rawValue + (code.isOff ? ", off unless asked for" : ""))
  page.section("Why", code.explanation)
  return page.text
}

/// Text with a heading, entries and sections.
private struct Page {
  private(set) var text: String

  init(title: String) { text = title + "\n" }

  mutating func paragraph(_ words: String) { text += wrapped(words, width: 80) + "\n\n" }

  mutating func entry(_ name: String, _ value: String) {
    let indent = String(repeating: " ", count: 10)
    let name = name + String(repeating: " ", count: max(1, 10 - name.count))
    text += name + wrapped(value, width: 70).split(separator: "\n").joined(separator: "\n" + indent)
    text += "\n"
  }

  mutating func section(_ title: String, _ words: String) {
    text += "\n\(title)\n" + indented(wrapped(words, width: 78), by: 2)
  }

  /// What a project may set, with the defaults.
  mutating func options(_ options: [RuleOption]) {
    guard !options.isEmpty else { return }
    text += "\nOptions\n"
    for option in options {
      text += indented(wrapped("\(option.name), \(option.words)", width: 78), by: 2)
    }
  }

  mutating func example(_ example: RuleExample) {
    let title =
      switch example.expectation {
      case .fires: "Fires"
      case .silent: "Silent"
      case .decides(let value): "Decides \(value)"
      case .refused(let code): "Refused with \(code)"
      }
    text += "\n" + wrapped("\(title) (\(example.table.text))", width: 80) + "\n"
    text += indented(example.textForPeople, by: 2)
    if let earlier = example.earlier { text += "Before\n" + indented(earlier, by: 2) }
    if case .fires(let fixed?) = example.expectation {
      text += "Fixed\n" + indented(fixed, by: 2)
    }
  }

  private func indented(_ words: String, by count: Int) -> String {
    let indent = String(repeating: " ", count: count)
    return words.split(separator: "\n", omittingEmptySubsequences: false)
      .map { indent + $0 + "\n" }.joined()
  }
}

extension RuleExample {
  /// The fragment with the mark as a comment that people understand.
  var textForPeople: String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let mark = line.firstRange(of: "#!") else { return String(line) }
      return line[..<mark.lowerBound] + "# reported"
    }.joined(separator: "\n")
  }
}

/// The words in lines of at most `width` characters; a longer word has a line of its own.
func wrapped(_ words: String, width: Int, indent: Int = 0) -> String {
  var lines: [String] = []
  var line = ""
  for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
    if !line.isEmpty, line.count + 1 + word.count > width {
      lines.append(line)
      line = ""
    }
    line += line.isEmpty ? String(word) : " \(word)"
  }
  return (lines + [line]).joined(separator: "\n" + String(repeating: " ", count: indent))
}
