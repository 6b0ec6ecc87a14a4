import SpecSyntax
import Tables

extension Rule {
  static let codesAsNumbers = Rule(
    code: "D106", name: "nominal-category-as-number",
    title: "codes of a category are read as a number",
    needs: [.profile], evidence: .textbook,
    rationale: """
      A layer reads codes as a line on which level 7 lies beyond level 6, an order that does not \
      exist; a category gives each level weights of its own. Texts always become categories here. \
      Whole numbers are numbers unless the spec says otherwise, so columns of 3 to 1,000 of them, \
      each in five rows and more, are reported when a word of their name is that of a code: \
      `code`, `type`, `zip`, `region`, `store` and the like. It is a guess, hence advice; a \
      column that is written as `numeric` is left alone.
      """,
    source: """
      Guo and Berkhahn 2016, "Entity Embeddings" (from memory); Holzmüller et al. 2024 (one-hot \
      up to 9 levels, embeddings above).
      """,
    failsWhen: "The levels do have an order, as grades, sizes and years have.",
    examples: [
      .fires(
        """
        data:
          features:   #! D106
            age: numeric
            region_code: auto
        """,
        on: ExampleTable(columns: [
          .number("age"), .number("region_code", isInteger: true, distinct: 12),
        ]),
        fixed: """
          data:
            features:
              age: numeric
              region_code: category
          """),
      .fires(
        """
        data:
          target: target   #! D106
        """,
        on: ExampleTable(columns: [
          .number("age"), .number("StoreType", isInteger: true, distinct: 4),
        ]),
        fixed: """
          data:
            target: target
            features: {age: auto, StoreType: category}
          """),
      .silent(
        "data: {features: {age: numeric, region_code: numeric}}",
        on: ExampleTable(columns: [
          .number("age"), .number("region_code", isInteger: true, distinct: 12),
        ])),
      .silent(
        "data: {target: target}",
        on: ExampleTable(columns: [.number("rooms", isInteger: true, distinct: 8)])),
    ]
  ) { facts, report in
    let odd = facts.inputColumns.filter { $0.looksLikeCode && !facts.isNumberWritten($0.name) }
    guard let first = odd.first else { return }
    let names = odd.map(\.name)
    let count = counted(first.profile.distinct, "different whole number")
    report.at(
      facts.isWritten("data.features") ? "data.features" : "data.target",
      """
      \(namesText(names)) \(names.count == 1 ? "seems" : "seem") to hold codes, but \
      \(names.count == 1 ? "is" : "are") read as \(names.count == 1 ? "a number" : "numbers")
      """,
      label: "\(count) in `\(escapedForTerminal(first.name))`",
      remedies: [
        facts.categories(names),
        .words("or write `numeric` as its type under `features`, if the order means something"),
      ])
  }
}

extension Facts {
  /// Whether the author wrote that a column is a number.
  fileprivate func isNumberWritten(_ name: String) -> Bool {
    spec.data.features?.contains { feature in
      feature.name == name && feature.value.use == .numeric && isWritten(path(ofColumn: name))
    } ?? false
  }

  /// The way to make columns categories, with edits where few columns would have to be listed.
  fileprivate func categories(_ names: [String]) -> Remedy {
    let title = names.count == 1 ? "make it a category" : "make them categories"
    let written = isWritten("data.features") ? tree.root.at("data.features")?.mapping : nil
    if names.allSatisfy({ written?[$0]?.scalar != nil }) {
      return Remedy(title, names.map { (path(ofColumn: $0), .name("category")) })
    }
    guard !isWritten("data.features"), inputColumns.count <= 12 else {
      return .words("\(title), with its type under `features`")
    }
    let entries = inputColumns.map { column in
      PlainValue.Entry(column.name, .name(names.contains(column.name) ? "category" : "auto"))
    }
    return Remedy(title, [("data.features", .map(entries))])
  }
}

extension InputColumn {
  private static let codeWords: Set<String> = [
    "code", "type", "kind", "class", "category", "cat", "zip", "zipcode", "postcode", "postal",
    "region", "district", "zone", "sector", "branch", "store", "shop", "department", "dept",
    "product", "item", "brand", "vendor", "channel", "species", "country", "state", "city",
  ]

  /// Whether the column is read as numbers, but holds few whole ones and is named as codes are.
  fileprivate var looksLikeCode: Bool {
    plan.kind == .numeric && profile.isInteger && (3...1_000).contains(profile.distinct)
      && profile.known >= 5 * profile.distinct
      && !Self.codeWords.isDisjoint(with: words(ofName: name))
  }
}
