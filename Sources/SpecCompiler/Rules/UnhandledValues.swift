import SpecSyntax
import Tables

extension Rule {
  static let unhandledValues = Rule(
    code: "D109", name: "missing-or-unseen-values-unhandled", level: .warning,
    title: "new levels stop a run, or most of a column is stand-ins",
    needs: [.profile], evidence: .mechanical,
    rationale: """
      Missing numbers always get a stand-in and missing levels one of their own, so no gap reaches \
      the network. But with `unknown: error`, a level that no training row has stops the run: \
      likely for a level of under five rows, some of which are held out. And where more than half \
      of a numeric column is missing, most of what the network sees there is one number, the \
      stand-in, as advice. Both limits are proposals.
      """,
    source: """
      Code of Kadra et al. 2021 (median, own level) and of Gorishniy et al. 2021 (new level); Van \
      Buuren, "Flexible Imputation of Missing Data" (from memory).
      """,
    failsWhen: "Missing means something by itself, or unknown levels must be refused.",
    examples: [
      .fires(
        """
        data:
          category:
            unknown: error   #! D109
        """,
        on: ExampleTable(columns: [.category("city", levels: 40, rarest: 2), .number("age")]),
        fixed: """
          data:
            category:
              unknown: own_level
          """),
      .fires(
        """
        data:
          target: target   #! D109
        """, on: ExampleTable(columns: [.number("tenure", missingShare: 0.7), .number("age")]),
        fixed: """
          data:
            target: target
            ignore: [tenure]
          """),
      .silent(
        "data: {category: {unknown: own_level}}",
        on: ExampleTable(columns: [.category("city", levels: 40, rarest: 2), .number("age")])),
      .silent(
        "data: {numeric: {impute: median}}",
        on: ExampleTable(columns: [.number("tenure", missingShare: 0.12), .number("age")])),
    ]
  ) { facts, report in
    facts.reportUnknownLevels(&report)
    let gaps = facts.mostlyMissing
    guard let first = gaps.first else { return }
    let own = facts.path(ofColumn: first.name)
    report.at(
      facts.isWritten(own) ? own : "data.target",
      """
      \(namesText(gaps.map(\.name))) \(gaps.count == 1 ? "is" : "are") missing in most rows
      """,
      label: "\(percentText(first.profile.missingShare)) of `\(escapedForTerminal(first.name))`",
      level: .advice,
      notes: ["what stands there is the `\(first.plan.impute.rawValue)` of the other rows"],
      remedies: [
        Remedy("leave \(gaps.count == 1 ? "it" : "them") out", facts.ignoring(gaps.map(\.name))),
        .words("or add a column to the table that says whether the value is known"),
      ])
  }
}

extension Facts {
  fileprivate func reportUnknownLevels(_ report: inout RuleReport) {
    let path: SpecPath = "data.category.unknown"
    guard isWritten(path), spec.data.category.unknown == .error else { return }
    let rare = inputColumns.filter { column in
      column.plan.kind == .category && column.profile.levels.count == column.profile.distinct
        && (column.profile.levels.last?.count ?? 5) < 5
    }
    guard let first = rare.first, let level = first.profile.levels.last else { return }
    report.at(
      path,
      """
      levels of \(namesText(rare.map(\.name))) are so rare that training may not see them, which \
      stops the run
      """,
      label: "`\(escapedForTerminal(level.name))` has \(counted(level.count, "row"))",
      remedies: [.set(path, .name("own_level"), "give unknown levels an input of their own")])
  }
}
