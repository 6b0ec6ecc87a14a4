import SpecSyntax
import Tables

/// Checks of the types that a spec declares, and of single cells that are not of their column's
/// type.
struct DeclaredTypes {
  let data: DataSection
  let facts: TableFacts
  let features: FeatureChoice
  /// Where the name of each column stands in the table's header line.
  let header: [String: SourceRange]
  let root: Node

  func run(_ log: inout DiagnosticLog) {
    let firstCells = Dictionary(
      facts.badCells.map { ($0.column, $0) }, uniquingKeysWith: { first, _ in first })
    var declared: [String: FeatureSpec.Use] = [:]
    for feature in data.features ?? [] { declared[feature.name] = feature.value.use }
    let used = features.plans.map(\.column) + data.targetColumns
    for name in used {
      guard let column = facts.profile.column(name), !log.isFull else { continue }
      let bad = facts.badCellCounts[name] ?? 0
      let good = column.rows - column.missing
      let wanted = declared[name]?.valueType
      // Of a profile without levels nobody knows what another reading would find.
      let isWithoutNumbers = column.type == .numeric && column.mean == nil && good > 0
      if let wanted, bad > good || (wanted == .numeric && isWithoutNumbers) {
        log.report(
          .columnType(
            column, wanted: wanted, bad: bad, cell: firstCells[name], place: place(of: name),
            header: header[name]))
      } else if let cell = firstCells[name], bad > 0, good > 0 {
        log.report(
          .badCell(
            cell, count: bad, file: facts.profile.path, at: place(of: name).range,
            header: header[name]))
      }
    }
  }

  /// Where a column's type is written, or else its name, or else the table.
  private func place(of column: String) -> DeclaredPlace {
    guard let node = root.at("data.features") else { return DeclaredPlace(range: data.$source) }
    if let entry = node.mapping?.entry(column) {
      // An alias is shown where it is used: the kind is wrong for this column only.
      if entry.value.scalar != nil { return DeclaredPlace(range: entry.value.range, isType: true) }
      if let type = entry.value.mapping?["type"] {
        return DeclaredPlace(range: type.range, isType: true)
      }
      return DeclaredPlace(range: entry.key.range)
    }
    let item = node.sequence?.first { $0.scalar?.text == column }
    return DeclaredPlace(range: item?.range ?? data.$source)
  }
}

/// Where a finding about a column's type points.
struct DeclaredPlace {
  var range: SourceRange
  /// Whether the type itself stands there, so that another can be written in its place.
  var isType = false
}

extension FeatureSpec.Use {
  /// The type of the values that a declaration promises; nil where any text will do.
  fileprivate var valueType: ColumnType? {
    switch self {
    case .numeric: .numeric
    case .boolean: .boolean
    case .date: .date
    case .auto, .category, .ignore: nil
    }
  }
}
