internal import SpecCompiler
public import Tables
internal import SpecSyntax

/// A table made ready for a network: rows in three parts, encoded by what the training part says.
public struct Preparation: Sendable {
  /// Rows of the table for training, validation and test, without those that lack a target.
  public let split: RowSplit
  public let features: FeatureEncoder
  public let target: TargetEncoder
  let train: PreparedRows
  let validation: PreparedRows
  let test: PreparedRows

  /// Splits and encodes; `width` is how many inputs the network has, at least the encoder's.
  ///
  /// Every fitted number comes from the training rows; the names of the classes come from all.
  init(
    _ data: DataSection, plans: [FeaturePlan], table: Table, width: Int
  ) throws(TrainingError) {
    let columns = data.targetColumns
    guard let task = data.task.value else { throw .undecided("data.task") }
    let rows = table.rowsWithTarget(columns)
    guard rows.count >= 2 else {
      throw TrainingError("\(rows.count) rows have a target; training needs at least two")
    }
    split = try Self.split(data, table, rows, columns, task)
    let trainRows = split.train
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
    train = try encoding.rows(split.train, of: table)
    validation = try encoding.rows(split.validation, of: table)
    test = try encoding.rows(split.test, of: table)
  }

  private static func split(
    _ data: DataSection, _ table: Table, _ rows: [Int], _ columns: [String], _ task: TaskKind
  ) throws(TrainingError) -> RowSplit {
    var (classes, groups, times): ([Int32]?, [Int32]?, [Double]?)
    if let name = data.split.time {
      guard let column = table.column(name), case .numbers(let values) = column.storage else {
        throw TrainingError("`\(name)` does not order the rows: it holds neither dates nor numbers")
      }
      times = rows.map { values[$0] }
    } else if let name = data.split.group {
      guard let column = table.column(name) else {
        throw TrainingError("there is no column `\(name)` to group rows by")
      }
      let codes = column.labels().codes
      groups = rows.map { codes[$0] }
    } else if task == .classification, data.split.stratify,
      let codes = table.column(columns[0])?.labels().codes
    {
      classes = rows.map { codes[$0] }
    }
    let places = RowSplit.make(
      rowCount: rows.count, validation: data.split.validation.part, test: data.split.test.part,
      stratifyBy: classes, groupBy: groups, orderBy: times, seed: UInt64(data.split.seed))
    return RowSplit(
      train: places.train.map { rows[$0] }, validation: places.validation.map { rows[$0] },
      test: places.test.map { rows[$0] })
  }
}

extension Amount {
  fileprivate var part: RowSplit.Part {
    switch self {
    case .share(let share): .share(share)
    case .count(let count): .count(count)
    }
  }
}
