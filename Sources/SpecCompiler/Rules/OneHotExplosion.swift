import SpecSyntax
import Tables

extension Rule {
  static let oneHotExplosion = Rule(
    code: "D107", name: "one-hot-explosion",
    title: "inputs of single levels outnumber all others, with few rows each",
    needs: [.profile], evidence: .folklore,
    rationale: """
      Each level has weights of its own in the first layer, trained on the rows of that level \
      alone. An embedding shares the layers after it between levels: n · k + k · h parameters in \
      place of n · h. Reported when levels make up more than half of the inputs and have, on \
      average, under five training rows each. That many levels do no harm by themselves: keeping \
      all 142 of a column with 8 training rows each raised R² from 0.74 to 0.99 on one public \
      table. The limit is a proposal.
      """,
    source: """
      Guo and Berkhahn 2016 (from memory); Holzmüller et al. 2024 (embeddings above 9 levels). \
      The measurement is our own.
      """,
    failsWhen: """
      Regularisation is strong: Kadra et al. 2021 used one-hot inputs throughout and did well.
      """,
    conflict: """
      sources disagree: embeddings from 10 levels on, or one-hot throughout; both keep all levels, \
      which matters more
      """,
    examples: [
      .fires(
        """
        data:
          category: {encode: one_hot}   #! D107
        """,
        on: ExampleTable(rows: 3000, columns: [.category("part", levels: 800), .number("age")]),
        fixed: """
          data:
            category: {encode: embedding}
          """),
      .silent(
        "data: {category: {encode: one_hot}}",
        on: ExampleTable(rows: 3000, columns: [.category("city", levels: 142), .number("age")])),
      .silent(
        "data: {category: {encode: embedding}}",
        on: ExampleTable(rows: 3000, columns: [.category("part", levels: 800), .number("age")])),
    ]
  ) { facts, report in
    let columns = facts.inputColumns.filter { $0.plan.kind == .category && $0.plan.form == .plain }
    let levels = columns.reduce(0) { $0 + $1.profile.distinct }
    guard let widest = columns.max(by: { $0.profile.distinct < $1.profile.distinct }),
      let width = facts.inputWidth, let rows = facts.trainRows, 2 * levels > width
    else { return }
    // Every row has one level of each column, so a column of levels shares all rows out.
    let cells = rows * columns.count
    guard cells < 5 * levels, widest.profile.distinct > 9 else { return }
    let own = facts.path(ofColumn: widest.name).key("encode")
    let path = facts.isWritten(own) ? own : "data.category.encode"
    report.at(
      path,
      """
      \(levels) of \(width) inputs are single levels, most of them of \
      `\(escapedForTerminal(widest.name))`, with \
      \(roundedText(Double(cells) / Double(levels))) training rows each
      """,
      remedies: [.set(path, .name("embedding"), "embed levels")])
  }
}
