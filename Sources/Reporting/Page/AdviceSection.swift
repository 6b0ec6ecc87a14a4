import SpecCompiler
import SpecSyntax

/// What is still to be done about the spec, in the order of doing.
struct AdviceSection {
  let advice: AdviceOrder

  init(_ run: ReportedRun) { advice = run.advice }

  var section: Page.Section {
    let items = advice.entries.map(item)
    let content =
      items.isEmpty
      ? paragraph("Nothing: no rule has anything to say about this spec and its run.")
      : Markup("ul", ["class": "advice"], items.joined)
    return Page.Section(id: "advice", title: "Advice still open", content: content)
  }

  private func item(_ entry: AdviceOrder.Entry) -> Markup {
    let finding = entry.finding
    let tag = finding.level == .advice ? "even" : "bad"
    var parts = [
      Markup(
        "p", [:],
        Markup("span", ["class": "tag \(tag)"], "\(finding.level.rawValue) \(finding.code.code)")
          + prose(capitalised(finding.message) + "."))
    ]
    if let help = finding.helps.first(where: { !$0.proposed.isEmpty }) ?? finding.helps.first {
      let values = help.proposed.map { "`\($0.path): \($0.text)`" }.joined(separator: ", ")
      parts.append(paragraph("\(capitalised(help.text))\(values.isEmpty ? "." : ": \(values)")"))
    }
    if let rule = finding.rule {
      parts.append(paragraph("\(capitalised(rule.evidence.rawValue)); \(rule.source)", "note"))
    }
    return Markup("li", [:], parts.joined)
  }
}
