import SpecCompiler
import SpecSyntax

/// A page of advice in the form that is asked for.
struct AdviceOutput {
  let page: AdvicePage

  init(_ page: AdvicePage) { self.page = page }

  func print(_ format: Advise.Format) throws {
    switch format {
    case .text: Console.print(page.text)
    case .markdown: Console.print(page.markdown)
    case .json: try Console.json(report)
    }
  }

  /// The page for other programs.
  private struct Report: Encodable {
    struct Entry: Encodable {
      var code: String
      var group: AdviceOrder.Group
      var evidence: Evidence?
      var proposes: [String: String]
      var agreeing: [String]
      var disagreeing: [String]
      /// What trainings with and without it showed.
      var verdict: MeasuredVerdict?
      /// The one command to go on with.
      var next: NextStep?
    }

    var sizing: Sizing?
    var learningRate: RateCurve?
    var learningRateTest: RateTest?
    var measured: [Measurement]
    var findings: [JSONValue]
    var order: [Entry]
    var heldBack: [String]
    var notChecked: [String]
  }

  private var report: Report {
    let sources = page.compilation.sources
    let entries = page.order.entries
    let all = entries.flatMap { [$0.finding] + $0.agreeing + $0.disagreeing }
    return Report(
      sizing: page.compilation.facts?.sizing, learningRate: page.curve,
      learningRateTest: page.rateTest, measured: page.measurements,
      findings: all.map { $0.json(in: sources) },
      order: entries.map { entry in
        Report.Entry(
          code: entry.finding.code.code, group: entry.group,
          evidence: entry.finding.rule?.evidence,
          proposes: Dictionary(
            entry.finding.proposed.map { ($0.path.description, $0.text) },
            uniquingKeysWith: { first, _ in first }),
          agreeing: entry.agreeing.map(\.code.code),
          disagreeing: entry.disagreeing.map(\.code.code), verdict: entry.verdict,
          next: page.next(entry))
      },
      heldBack: page.order.heldBack.map(\.code.code), notChecked: page.compilation.notChecked)
  }
}
