import SpecSyntax
import Tables

extension Rule {
  static let uselessColumns = Rule(
    code: "D110", name: "useless-or-identifier-columns", level: .warning,
    title: "inputs that never vary, repeat another or name the row",
    needs: [.profile], evidence: .controlled,
    rationale: """
      Networks of dense layers lose accuracy by useless inputs, unlike trees, and a column that \
      names the row lets a wide network learn rows by heart. Constants, identifiers and free \
      text are left out by themselves; reported is what the spec takes as an input all the same, \
      a number that counts rows or has the name of an identifier, and a column that holds the \
      same as another input. A value in more than 95 of 100 rows of its own names the row (a \
      proposal), for whole numbers only with a second sign.
      """,
    source: """
      Grinsztajn et al. 2022, on uninformative features; Karpathy 2019, "smaller input \
      dimensionality".
      """,
    failsWhen: "The identifier stands for time or place, and is meant so: then take it apart.",
    examples: [
      .fires(
        """
        data:
          features:
            age: numeric
            customer_id: numeric   #! D110
        """,
        on: ExampleTable(columns: [
          .number("age"), .number("customer_id", isInteger: true, distinct: 1000),
        ]),
        fixed: """
          data:
            features:
              age: numeric
              customer_id: numeric
            ignore: [customer_id]
          """),
      .fires(
        """
        data:
          ignore: [note]   #! D110
        """,
        on: ExampleTable(columns: [
          .category("note", levels: 4), .category("country", levels: 30),
          .category("iso_code", levels: 30, sameAs: "country"),
        ]),
        fixed: """
          data:
            ignore: [note, iso_code]
          """),
      .silent(
        "data: {ignore: [customer_id]}",
        on: ExampleTable(columns: [
          .number("age"), .number("customer_id", isInteger: true, distinct: 1000),
        ])),
      .silent(
        "data: {target: target}",
        on: ExampleTable(columns: [.number("population", isInteger: true, distinct: 1000)])),
    ]
  ) { facts, report in
    let found = facts.uselessInputs
    for kind in Uselessness.allCases {
      let own = found.filter { $0.kind == kind }
      guard let first = own.first else { continue }
      report.at(
        facts.placeOfInput(first.name), kind.message(own.map(\.name)), label: first.reason,
        notes: own.dropFirst().prefix(8).map { "`\(escapedForTerminal($0.name))`: \($0.reason)" },
        remedies: [
          Remedy(
            "leave \(own.count == 1 ? "it" : "them") out", facts.ignoring(own.map(\.name)))
        ])
    }
  }
}

extension Uselessness {
  fileprivate func message(_ names: [String]) -> String {
    let (list, isOne) = (namesText(names), names.count == 1)
    return switch self {
    case .constant: "the \(isOne ? "input" : "inputs") \(list) never \(isOne ? "varies" : "vary")"
    case .copy: "\(list) \(isOne ? "repeats" : "repeat") another input"
    case .identifier:
      "the \(isOne ? "input" : "inputs") \(list) \(isOne ? "names" : "name") the row"
    }
  }
}
