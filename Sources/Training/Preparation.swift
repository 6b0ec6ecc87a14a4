internal import SpecCompiler
internal import SpecSyntax
public import Tables

/// A table made ready for a network: rows in three parts, encoded by what the training part says.
public struct Preparation: Sendable {
  /// Rows of the table for training, validation and test, without those that lack a target.
  public let split: RowSplit
  public let features: FeatureEncoder
  public let target: TargetEncoder
  let train: PreparedRows
  let validation: PreparedRows
  let test: PreparedRows

  /// Splits and encodes; `width` is how many inputs the network has, at least the encoder's, and
  /// `split` stands in for the spec's own.
  ///
  /// Every fitted number comes from the training rows; the names of the classes come from all.
  init(
    _ data: DataSection, plans: [FeaturePlan], table: Table, width: Int, split: RowSplit? = nil,
    storage: PreparedStorage = .memory
  ) throws(TrainingError) {
    let columns = data.targetColumns
    guard let task = data.task.value else { throw .undecided("data.task") }
    let splitRows = try SplitRows(data, table)
    let rows = splitRows.rows
    let parts = split ?? splitRows.split()
    self.split = parts
    let trainRows = parts.train
    guard !trainRows.isEmpty else {
      throw TrainingError(
        "no rows are left for training", hints: ["give `data.split` smaller parts"])
    }
    features = try onTables { () throws(TableError) in
      try FeatureEncoder.fit(plans, to: table, rows: trainRows)
    }
    target = try onTables { () throws(TableError) in
      switch task {
      case .classification:
        try TargetEncoder.fitClasses(column: columns[0], table: table, rows: rows)
      case .regression:
        try TargetEncoder.fitNumbers(
          columns: columns, scale: data.targetScale.value ?? .standard, table: table,
          rows: trainRows)
      }
    }
    if case .classes(let name, let levels) = target.target, levels.count < 2 {
      throw TrainingError("`\(name)` holds one class only: there is nothing to learn")
    }
    guard features.width <= width else {
      throw TrainingError("the table has \(features.width) inputs, the network takes \(width)")
    }
    let encoding = Encoding(features: features, target: target, width: width)
    train = try encoding.rows(parts.train, of: table, in: storage, part: "train")
    validation = try encoding.rows(parts.validation, of: table, in: storage, part: "validation")
    test = try encoding.rows(parts.test, of: table, in: storage, part: "test")
  }
}
