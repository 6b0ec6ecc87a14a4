import SpecSyntax
import Tables

extension Rule {
  static let plainNumbers = Rule(
    code: "D117", name: "plain-scalars-into-tabular-mlp",
    title: "numbers of a large table could be embedded first",
    needs: [.profile], evidence: .controlled,
    rationale: """
      Networks on plain numbers prefer smooth functions, while targets of tables often have steps \
      and narrow bumps. Bins or periodic functions let dense layers follow them, and brought them \
      level with attention in the original study. Reported from 10,000 training rows on, for 1 \
      to 200 numeric columns of more than 32 values, none of them embedded. The limits are \
      proposals: bins took 5 % off the error on a table of 54,000 rows, and nothing on one of 442.
      """,
    source: """
      Gorishniy, Rubachev and Babenko 2022; Grinsztajn et al. 2022; Holzmüller et al. 2024 \
      (periodic by default). The measurement is our own.
      """,
    failsWhen: "The target is smooth, rows are few, or the sigma of `periodic` is not tuned.",
    examples: [
      .fires(
        """
        data:
          numeric:
            embed: none   #! D117
        """, on: ExampleTable(rows: 54_000, columns: [.number("carat"), .number("depth")]),
        fixed: """
          data:
            numeric:
              embed: {piecewise_linear: {bins: 48}}
          """),
      .silent(
        "data: {numeric: {embed: {piecewise_linear: {bins: 48}}}}",
        on: ExampleTable(rows: 54_000, columns: [.number("carat"), .number("depth")])),
      .silent("data: {numeric: {embed: none}}", on: ExampleTable(rows: 5000)),
      .silent(
        "model: {hidden_layers: []}",
        on: ExampleTable(rows: 54_000, columns: [.number("carat"), .number("depth")])),
    ]
  ) { facts, report in
    guard let rows = facts.trainRows, rows >= 10_000, facts.spec.data.numeric.embed == .none,
      !facts.hiddenWidths.isEmpty
    else { return }
    let columns = facts.inputColumns.filter { $0.plan.kind == .numeric }
    let plain = columns.filter { $0.plan.form == .plain && $0.profile.distinct > 32 }
    guard (1...200).contains(plain.count), columns.allSatisfy({ $0.plan.form == .plain }),
      facts.spec.data.features?.contains(where: { $0.value.embed.value != nil }) != true
    else { return }
    report.at(
      "data.numeric.embed",
      "\(counted(plain.count, "numeric column")) of \(rows) training rows could be embedded",
      notes: ["bins follow steps and bumps that a network on plain numbers smooths over"],
      remedies: [
        .set(
          "data.numeric.embed",
          .map([.init("piecewise_linear", .map([.init("bins", .integer(48))]))]),
          "try 48 bins for each number")
      ])
  }
}
