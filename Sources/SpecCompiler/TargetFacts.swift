import NetworkGraph
import SpecSyntax
import Tables

extension DataSection {
  /// The name of the target column that decides the task; `label` for images with a label file.
  public var targetColumns: [String] {
    target.isEmpty && labels != nil ? ["label"] : target
  }

  /// What the target column says about the task.
  ///
  /// A loss for counts or quantiles settles it, since nobody writes it for classes by mistake.
  func inferredTask(
    _ profile: DataProfile, loss: (any Loss)? = nil
  ) -> (task: TaskKind, reason: String)? {
    let columns = targetColumns.compactMap { profile.column($0) }
    guard let first = columns.first else { return nil }
    if let loss, loss.leastTarget != nil || !loss.levels.isEmpty, first.type == .numeric {
      return (.regression, "the loss `\(lossText(loss))` is for numbers")
    }
    if columns.count > 1 { return (.regression, "several targets can only be numbers") }
    switch first.type {
    case .category, .boolean, .text, .identifier:
      return (.classification, "`\(first.name)` holds \(first.distinct) different words")
    case .date:
      return (.regression, "`\(first.name)` holds dates")
    case .constant:
      return (first.mean == nil ? .classification : .regression, "`\(first.name)` never varies")
    case .numeric:
      return numericTask(first)
    }
  }

  /// Whole numbers that count up from 0 or 1 without a gap are classes; others are quantities.
  private func numericTask(_ column: ColumnProfile) -> (task: TaskKind, reason: String) {
    let name = "`\(column.name)`"
    guard let low = column.minimum, let high = column.maximum, column.isInteger else {
      return (.regression, "\(name) holds numbers with fractions")
    }
    let isGapless = Double(column.distinct) == high - low + 1
    let countsUp = low == 0 || (low == 1 && high == 2)
    let rowsEach = column.rows / max(1, column.distinct)
    if column.distinct <= 2 || (isGapless && countsUp && column.distinct <= 100 && rowsEach >= 5) {
      return (
        .classification,
        "\(name) holds the whole numbers \(numberText(low)) to \(numberText(high)), each often"
      )
    }
    return (.regression, "\(name) holds \(column.distinct) different numbers")
  }
}
