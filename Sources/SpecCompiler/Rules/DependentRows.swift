import SpecSyntax
import Tables

extension Rule {
  static let dependentRows = Rule(
    code: "D113", name: "random-split-on-grouped-or-timed-rows",
    title: "a random split although rows belong together",
    needs: [.profile], evidence: .controlled,
    rationale: """
      Rows of one patient, user or day resemble each other, so a random split measures how well \
      the network recalls the group, and misleads stopping and tuning too. Reported for a column \
      of at least 20 values, with 2 to 50 rows each on average, that is called as those are who \
      come again (`patient_id`, `user`, `device no`) or that alone tells half of the target; and \
      for a table whose rows stand in the order of a date. The limits are proposals. Whether new \
      groups or later rows are to be predicted, only the author knows, hence advice.
      """,
    source: "Kapoor and Narayanan 2023 (leakage over time, rows that are not independent).",
    failsWhen: "The same groups come again, and their past is known when predictions are made.",
    examples: [
      .fires(
        """
        data:
          split: {validation: 20%}   #! D113
        """,
        on: ExampleTable(columns: [
          .number("patient_id", isInteger: true, distinct: 160), .number("age"),
        ]),
        fixed: """
          data:
            split: {validation: 20%, group: patient_id}
          """),
      .fires(
        """
        data:
          split: {validation: 20%}   #! D113
        """,
        on: ExampleTable(columns: [
          .category("country", levels: 142, link: ColumnLink(name: "country", numberShare: 0.65))
        ]),
        fixed: """
          data:
            split: {validation: 20%, group: country}
          """),
      .fires(
        """
        data:
          split: {validation: 20%}   #! D113
        """, on: ExampleTable(columns: [.date("day", orderShare: 1), .number("load")]),
        fixed: """
          data:
            split: {validation: 20%, time: day}
          """),
      .silent(
        "data: {split: {group: patient_id}}",
        on: ExampleTable(columns: [.number("patient_id", isInteger: true, distinct: 160)])),
      .silent(
        "data: {split: {validation: 20%}}",
        on: ExampleTable(columns: [
          .number("patient_age", isInteger: true, distinct: 80),
          .category("zone", levels: 200, link: ColumnLink(name: "zone", numberShare: 0.2)),
          .date("visit", orderShare: 0.5),
        ])),
    ]
  ) { facts, report in
    guard facts.isTabular, facts.isSplitByChance, facts.hasHeldOutRows else { return }
    if let group = facts.groupColumn {
      let name = escapedForTerminal(group.name)
      report.at(
        "data.split", "rows with the same `\(name)` may be alike, and a random split parts them",
        label: """
          \(counted(group.distinct, "value")) with \
          \(roundedText(Double(group.known) / Double(group.distinct))) rows each
          """,
        remedies: [
          .set(
            "data.split.group", .scalar(group.name), "keep them in one part, to predict new ones")
        ])
    } else if let date = facts.orderingDate {
      let name = escapedForTerminal(date.name)
      report.at(
        "data.split", "rows stand in the order of `\(name)`, and a random split mixes it",
        label: "the past is judged by a network that knows what came after",
        remedies: [
          .set(
            "data.split.time", .scalar(date.name),
            "judge by the latest rows, to predict later ones")
        ])
    }
  }
}

extension Facts {
  /// Whether any rows validate or test.
  fileprivate var hasHeldOutRows: Bool { (usableRows ?? 0) > (trainRows ?? 0) }

  /// The column whose values come again in several rows that are likely alike: the one with the
  /// name of such, or else the one that tells most of the target.
  var groupColumn: ColumnProfile? {
    guard let profile else { return nil }
    let targets = spec.data.targetColumns
    let groups = profile.columns.filter { column in
      let rowsEach = Double(column.known) / Double(max(1, column.distinct))
      return column.distinct >= 20 && (2...50).contains(rowsEach) && column.sameAs == nil
        && !targets.contains(column.name) && column.type != .date
    }
    let named = groups.first { column in
      (column.isInteger || column.mean == nil) && isNameOfReturning(column.name)
    }
    return named
      ?? groups.first { column in
        guard column.type == .category, let link = profile.links?.column(column.name) else {
          return false
        }
        return share(of: link) >= 0.5
      }
  }

  /// The date in whose order the rows stand.
  fileprivate var orderingDate: ColumnProfile? {
    profile?.columns.first { column in
      column.type == .date && column.distinct >= 20 && (column.orderShare ?? 0) > 0.99
    }
  }
}

/// Whether a column is called as those are who come again: one of these words, and beside it only
/// words such as `id`.
func isNameOfReturning(_ name: String) -> Bool {
  let returning: Set<String> = [
    "patient", "subject", "person", "participant", "individual", "customer", "client", "user",
    "member", "household", "family", "student", "employee", "driver", "player", "author",
    "speaker", "device", "machine", "vehicle", "sensor", "session", "account", "group", "animal",
  ]
  let marks: Set<String> = ["id", "ids", "no", "nr", "number", "key", "code", "name", "index"]
  let found = words(ofName: name)
  return found.contains { returning.contains($0) }
    && found.allSatisfy { returning.contains($0) || marks.contains($0) }
}
