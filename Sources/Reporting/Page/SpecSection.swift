import SpecCompiler

/// Every value of the resolved spec, with where it came from.
struct SpecSection {
  let values: [Resolution.Value]

  /// Columns of the table that are listed; wide tables have thousands.
  private static let mostFeatures = 60

  init(_ run: ReportedRun) { values = run.values }

  var section: Page.Section {
    let decided = values.filter { $0.origin != .default || $0.rule != nil }
    let features = decided.filter { $0.path.hasPrefix("data.features") }
    let plain = values.filter { $0.origin == .default && $0.rule == nil }
    var content = table(
      "What the author wrote, and what a rule of advice or a named default decided.",
      decided.filter { !$0.path.hasPrefix("data.features") })
    if !features.isEmpty {
      let left = features.count - Self.mostFeatures
      content += folded(
        "\(features.count) values of columns",
        table("What becomes of each column.", Array(features.prefix(Self.mostFeatures)))
          + (left > 0
            ? paragraph("And \(left) more: `resolved.yaml` has them.", "note") : Markup()))
    }
    if !plain.isEmpty {
      content += folded(
        "\(plain.count) values are as the language has them",
        table("Defaults of the language.", plain))
    }
    return Page.Section(id: "spec", title: "Resolved spec", content: content)
  }

  /// What is shown when its title is opened.
  private func folded(_ title: String, _ content: Markup) -> Markup {
    Markup("details", [:], Markup("summary", [:], title) + content)
  }

  private func table(_ caption: String, _ values: [Resolution.Value]) -> Markup {
    DataTable(
      caption: caption, head: ["key", "value", "origin"],
      rows: values.map { value in
        (
          Markup("code", [:], value.path),
          [.init(Markup("code", [:], value.value)), .init(prose(value.originWords))]
        )
      }, kind: "words spec"
    ).markup
  }
}
