import NetworkGraph
import SpecSyntax
import Tables

extension Rule {
  static let embeddingSize = Rule(
    code: "D108", name: "embedding-size-out-of-range",
    title: "an embedding far from the usual sizes",
    needs: [.profile], evidence: .folklore,
    rationale: """
      Too wide spends parameters on levels with few rows, too narrow forces unrelated levels \
      together; as many numbers as levels can tell them apart no better than one-hot inputs. \
      Reported when a size that is written exceeds 1.6 · n^0.56, the usual one for n levels (that \
      of unknown ones among them), and reaches n or twice the usual, or lies under the fourth \
      root of n. An open size is the usual one.
      """,
    source: """
      fastai, `emb_sz_rule` (code); Google developers' blog on feature columns, 2017 (fourth \
      root); Holzmüller et al. 2024 (always 8); Gorishniy et al. 2021 (64 to 512, tuned).
      """,
    failsWhen: """
      Tuned models went far above these rules, so excess width is rarely harmful on larger tables.
      """,
    conflict: """
      sources disagree by a factor of ten: for 200 levels the rules give 4 to 50, and tuned \
      networks used more; 8 to 16 is a fair start
      """,
    examples: [
      .fires(
        """
        data:
          features:
            city: {type: category, encode: embedding, size: 300}   #! D108
        """, on: ExampleTable(columns: [.category("city", levels: 200)]),
        fixed: """
          data:
            features:
              city: {type: category, encode: embedding, size: 31}
          """),
      .fires(
        """
        data:
          category:
            encode: embedding
            size: 2   #! D108
        """, on: ExampleTable(rows: 5000, columns: [.category("city", levels: 200)]),
        fixed: """
          data:
            category:
              encode: embedding
              size: auto
          """),
      .silent(
        "data: {features: {city: {type: category, encode: embedding, size: 16}}}",
        on: ExampleTable(columns: [.category("city", levels: 200)])),
      .silent(
        "data: {features: {sex: {type: category, encode: embedding, size: 1}}}",
        on: ExampleTable(columns: [.category("sex", levels: 2)])),
    ]
  ) { facts, report in
    for column in facts.inputColumns {
      guard case .index(let levels) = column.plan.form, levels > 2 else { continue }
      let own = facts.path(ofColumn: column.name).key("size")
      let isOwn = facts.isWritten(own)
      guard isOwn || facts.isWritten("data.category.size") else { continue }
      let written =
        isOwn
        ? facts.spec.data.features?.first { $0.name == column.name }?.value.size.value
        : facts.spec.data.category.size.value
      guard let size = written else { continue }
      let usual = Embedding.usualSize(levels: levels)
      let known = column.profile.distinct
      let least = max(1, min(known - 1, Int(fourthRoot(known).rounded(.up))))
      let message: String
      if size >= levels, size > usual {
        message = "\(counted(size, "number")) for each of \(levels) levels are redundant"
      } else if size > 2 * usual {
        message = "\(counted(size, "number")) for each of \(levels) levels are many"
      } else if size < least {
        message = "\(counted(size, "number")) for each of \(levels) levels is little"
      } else {
        continue
      }
      report.at(
        isOwn ? own : "data.category.size", message,
        label: "of `\(escapedForTerminal(column.name))`; rules give \(least) to \(usual)",
        remedies: [
          isOwn
            ? .set(own, .integer(usual), "use \(usual)")
            : .set("data.category.size", .name("auto"), "let each column's levels decide")
        ])
      if !isOwn { return }
    }
  }
}

/// The fourth root of a count.
private func fourthRoot(_ count: Int) -> Double { Double(count).squareRoot().squareRoot() }
