public import SpecSyntax

/// All advice on a spec as one page: what the data is, sizes, findings by what to do first, the
/// learning rate, and the commands that follow.
public struct AdvicePage: Sendable {
  public let compilation: Compilation
  public let order: AdviceOrder
  public let curve: RateCurve?
  /// The spec as commands name it; nil where there is none that could be changed.
  let spec: String?
  /// What was measured for this page.
  public let measurements: [Measurement]
  /// The test of rising rates, if there was one.
  public let rateTest: RateTest?
  /// What stands above everything; nil for what the data is.
  let head: String?
  /// What trainings with and without a piece of advice showed, by code.
  let verdicts: [String: MeasuredVerdict]

  /// - Parameters:
  ///   - findings: what the page is about; nil for all of the compilation's.
  ///   - curve: in place of the one that the spec plans.
  public init(
    _ compilation: Compilation, spec: String?, findings: [Diagnostic]? = nil,
    curve: RateCurve? = nil, head: String? = nil, measurements: [Measurement] = [],
    rateTest: RateTest? = nil, verdicts: [String: MeasuredVerdict] = [:]
  ) {
    self.compilation = compilation
    self.spec = spec
    self.measurements = measurements
    self.rateTest = rateTest
    self.head = head
    self.curve = curve ?? compilation.facts.flatMap { RateCurve($0) }
    self.verdicts = verdicts
    order = AdviceOrder(findings ?? compilation.diagnostics, verdicts: verdicts)
  }

  /// The page for a terminal.
  public var text: String {
    var parts = [head ?? compilation.dataWords]
    if let sizing = compilation.facts?.sizing { parts.append(sizing.text) }
    parts += compilation.notChecked.map { "not known: \($0)" }
    if !measurements.isEmpty { parts.append("measured\n" + measurements.text) }
    for group in AdviceOrder.Group.allCases {
      let entries = order.entries.filter { $0.group == group }
      guard !entries.isEmpty else { continue }
      parts.append(([group.title] + entries.map(entryText)).joined(separator: "\n"))
    }
    if let held = heldBackWords { parts.append(held) }
    if order.entries.isEmpty { parts.append("nothing else to advise") }
    if let rateTest { parts.append(rateTest.text) }
    if let curve { parts.append(curve.text) }
    parts.append(nextWords)
    return parts.joined(separator: "\n\n")
  }

  /// One finding in a few lines: place and message, reason and source, the edit, the others.
  private func entryText(_ entry: AdviceOrder.Entry) -> String {
    let finding = entry.finding
    let title = "\(finding.level.rawValue)[\(finding.code.code)]"
    let message = "\(title) \(place(finding)): \(escapedForTerminal(finding.message))"
    return ([message] + lines(entry).map { "\($0.name): \(escapedForTerminal($0.words))" })
      .map { "  " + wrapped($0, width: 98, indent: 6) }
      .enumerated().map { $0.offset == 0 ? $0.element : "  " + $0.element }
      .joined(separator: "\n")
  }

  /// What is said below a message.
  private func lines(_ entry: AdviceOrder.Entry) -> [(name: String, words: String)] {
    let finding = entry.finding
    var lines: [(name: String, words: String)] = []
    if let rule = finding.rule {
      lines.append(("why", sentence(rule.rationale)))
      lines.append(("source (\(rule.evidence.rawValue))", sentence(rule.source)))
      if let record = rule.record { lines.append(("tried", record.summary)) }
      if let conflict = rule.conflict { lines.append(("both sides", conflict)) }
    } else {
      lines.append(("why", sentence(finding.code.explanation)))
    }
    if let help = finding.shownHelp { lines.append(("edit", help.words)) }
    if let verdict = entry.verdict { lines.append(("measured", verdict.words)) }
    // What holds for several layers is said once.
    var said: Set = [finding.asOther]
    for (name, others) in [("agrees", entry.agreeing), ("disagrees", entry.disagreeing)] {
      for other in others where said.insert(other.asOther).inserted {
        let verdict = verdicts[other.code.code].map { "; measured: \($0.words)" } ?? ""
        lines.append((name, other.asOther + verdict))
      }
    }
    if let next = next(entry) { lines.append(("next", next.words)) }
    return lines
  }

  /// `name:line`.
  private func place(_ finding: Diagnostic) -> String {
    let range = finding.primary.range
    guard compilation.sources.indices.contains(range.source) else {
      return finding.path.description
    }
    let source = compilation.sources[range.source]
    return "\(escapedForTerminal(source.name)):\(source.position(of: range.lower).line)"
  }

  private var heldBackWords: String? {
    guard !order.heldBack.isEmpty else { return nil }
    let codes = Set(order.heldBack.map(\.code.code)).sorted().joined(separator: ", ")
    return "held back until the errors on the same values are mended: \(codes)"
  }
}

extension AdvicePage {
  /// The page as Markdown, for reviews and notes.
  public var markdown: String {
    var parts = ["# Advice on \(compilation.name)", fenced(head ?? compilation.dataWords)]
    if let sizing = compilation.facts?.sizing { parts += ["## Size", fenced(sizing.text)] }
    parts += compilation.notChecked.map { "Not known: \($0)." }
    if !measurements.isEmpty { parts += ["## Measured", fenced(measurements.text)] }
    for group in AdviceOrder.Group.allCases {
      let entries = order.entries.filter { $0.group == group }
      guard !entries.isEmpty else { continue }
      parts.append("## \(group.title.prefix(1).uppercased())\(group.title.dropFirst())")
      parts.append(entries.map(item).joined(separator: "\n"))
    }
    if let held = heldBackWords { parts.append(held) }
    if let rateTest { parts += ["## Learning-rate test", fenced(rateTest.text)] }
    if let curve { parts += ["## Learning rate", fenced(curve.text)] }
    return (parts + [fenced(nextWords)]).joined(separator: "\n\n")
  }

  private func item(_ entry: AdviceOrder.Entry) -> String {
    let finding = entry.finding
    let head = "- **\(finding.code.code)** `\(place(finding))` \(finding.message)"
    return ([head] + lines(entry).map { "  - \($0.name): \($0.words)" }).joined(separator: "\n")
  }

  private func fenced(_ text: String) -> String { "```text\n\(text)\n```" }
}

extension AdviceOrder.Group {
  /// The heading of the group.
  public var title: String {
    switch self {
    case .errors: "errors, which come first"
    case .warnings: "warnings: probably harmful"
    case .advice: "advice: a better value probably exists"
    case .interactions: "what moves together, after the changes above"
    case .refuted: "not worth it here, as was measured"
    }
  }
}

extension AdviceOrder.Entry {
  /// Whether trainings with and without its edit can be compared: a rule's, on the spec as it is.
  public var isMeasurable: Bool {
    finding.canBeApplied && finding.rule != nil && !finding.isInteraction
      && finding.level != .error && !finding.isMeasured
  }
}

extension Diagnostic {
  /// What its edit writes, in words: the values, or else the way out.
  public var editWords: String {
    let help = helps.first { $0.fix.map { $0.applicability != .display } ?? false }
    let values = (help?.proposed ?? []).map { "\($0.path): \($0.text)" }
    return values.isEmpty ? help?.text ?? "" : values.joined(separator: ", ")
  }

  /// Whether a program can write its way out.
  public var canBeApplied: Bool {
    helps.contains { help in
      guard let fix = help.fix, fix.applicability != .display else { return false }
      return fix.edits.allSatisfy { $0.range.source == 0 }
    }
  }

  /// The way out that a page shows: the first that writes values, else the first.
  fileprivate var shownHelp: Help? { helps.first { !$0.proposed.isEmpty } ?? helps.first }

  /// The finding below another that speaks about the same value.
  fileprivate var asOther: String {
    let evidence = rule.map { " (\($0.evidence.rawValue))" } ?? ""
    let values = proposed.map { "`\($0.path): \($0.text)`" }.joined(separator: ", ")
    return "\(code.code)\(evidence), \(message)" + (values.isEmpty ? "" : ": \(values)")
  }
}

extension Help {
  /// The words and the values.
  fileprivate var words: String {
    let values = proposed.map { "`\($0.path): \($0.text)`" }.joined(separator: ", ")
    return text + (values.isEmpty ? "" : ": \(values)")
  }
}

/// The first sentence of a text.
private func sentence(_ text: String) -> String {
  let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
  for (index, word) in words.enumerated().dropLast() where word.hasSuffix(".") {
    // `et al. 2021` and `ch. 5` go on.
    if words[index + 1].first?.isUppercase ?? false, word != "al." {
      return words[...index].joined(separator: " ")
    }
  }
  return words.joined(separator: " ")
}
