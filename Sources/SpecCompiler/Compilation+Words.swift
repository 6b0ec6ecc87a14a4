import NetworkGraph
import SpecSyntax
import Tables

extension Compilation {
  /// What was checked, so that a clean result means something.
  public var checkedWords: String {
    var parts = [counted(valueCount, "value")]
    if let profile {
      parts.append(
        """
        \(counted(profile.columns.count, "column")) and \(counted(profile.rows, "row")) of \
        `\(profile.path)`\(profileFile.map { ", from its profile `\($0)`" } ?? "")
        """
      )
    }
    if let summary { parts.append("\(counted(summary.layers.count, "layer"))") }
    if facts != nil {
      parts.append(counted(Rules.all.count { !settings.off.contains($0.code) }, "rule"))
    }
    return parts.joined(separator: ", ")
  }

  /// What the table holds and what becomes of it, in a few lines.
  public var dataWords: String {
    guard let profile, let spec, let features else { return "\(name): no table was read" }
    let target = spec.data.targetColumns.joined(separator: ", ")
    var lines = [
      """
      \(name) · \(profile.path): \(counted(profile.rows, "row")), \
      \(counted(profile.columns.count, "column"))
      """
    ]
    if let column = spec.data.targetColumns.first.flatMap({ profile.column($0) }),
      let task = spec.data.task.value
    {
      let detail =
        task == .classification
        ? counted(column.distinct, "class", plural: "classes")
        : """
        median \(roundedText(column.median ?? 0)), deviation \
        \(roundedText(column.standardDeviation ?? 0))
        """
      lines.append("  target    \(target): \(task.rawValue), \(detail)")
    }
    let kinds: [FeatureSpec.Use] = [.numeric, .category, .boolean, .date]
    let counts = kinds.compactMap { kind -> String? in
      let count = features.columns.count { $0.use == kind }
      return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }
    let width = facts?.inputWidth.map { " → \(counted($0, "input"))" } ?? ""
    lines.append("  features  \(counts.joined(separator: ", "))\(width)")
    let unused = features.columns.filter { $0.use == .ignore && !$0.isNamedElsewhere }
    for column in unused.prefix(8) {
      lines.append("  not used  \(escapedForTerminal(column.name)): \(column.reason)")
    }
    if unused.count > 8 { lines.append("  not used  and \(unused.count - 8) more") }
    return lines.joined(separator: "\n")
  }
}
