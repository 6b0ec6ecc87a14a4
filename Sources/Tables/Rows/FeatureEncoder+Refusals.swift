/// What a network cannot take as it stands, or has not seen, in a cell.
public struct CellRemark: Sendable, Hashable {
  /// The row of the table, counted from 0.
  public var row: Int
  /// In words: lower case, no full stop.
  public var message: String
  /// Whether the row cannot be predicted; else the cell counts as unknown.
  public var isRefusal: Bool
}

extension FeatureEncoder {
  /// The columns that it reads.
  public var columns: [String] { features.map(\.plan.column) }

  /// Every cell of a table for which `encode` would throw, and every level that training has not
  /// seen.
  public func remarks(on table: Table) -> [CellRemark] {
    features.flatMap { feature -> [CellRemark] in
      guard let column = table.column(feature.plan.column) else { return [] }
      switch feature.encoding {
      case .number(let fit): return tooLarge(column, fit, feature.plan.kind, table)
      case .levels(let levels):
        return strangers(column, levels, isRefusal: feature.plan.unknown == .error)
      case .bins, .parts: return []
      }
    }
  }
}

private func tooLarge(
  _ column: Column, _ fit: NumericFit, _ kind: FeaturePlan.Kind, _ table: Table
) -> [CellRemark] {
  guard fit.knots.isEmpty, case .numbers(let numbers) = column.storage else { return [] }
  var remarks: [CellRemark] = []
  for row in numbers.indices where fit.isTooLarge(numbers[row]) {
    let number = numberText(numbers[row])
    remarks.append(
      CellRemark(
        row: row, message: "\(number) in `\(column.name)` is too large to compute with",
        isRefusal: true))
  }
  return remarks
}

private func strangers(_ column: Column, _ levels: [String], isRefusal: Bool) -> [CellRemark] {
  let (codes, names) = column.labels()
  let known = Set(levels)
  let isStrange = names.map { !known.contains($0) }
  guard isStrange.contains(true) else { return [] }
  return codes.indices.compactMap { row in
    guard codes[row] >= 0, isStrange[Int(codes[row])] else { return nil }
    let name = shortened(names[Int(codes[row])])
    return CellRemark(
      row: row, message: "`\(name)` in `\(column.name)` was not seen in training",
      isRefusal: isRefusal)
  }
}
