internal import NetworkGraph
internal import Tables

/// Rows of a table as a network takes them, and what is true of them.
struct PreparedRows: Sendable {
  let features: FeatureRows
  /// As the network is trained: class indices, or scaled numbers row by row.
  let targets: [Float]
  let truth: Truth
  /// How many targets a row has.
  let targetCount: Int

  var count: Int { features.count }

  /// The rows in the network's own memory, weighted if asked.
  func data(weights: [Float]? = nil) -> TrainingData {
    TrainingData(
      features: features.values, featureCount: features.width, featureStride: features.stride,
      targets: targets, targetCount: targetCount, weights: weights)
  }
}

/// How rows become inputs and targets of a network of `width` inputs.
struct Encoding: Sendable {
  let features: FeatureEncoder
  let target: TargetEncoder
  /// Inputs of the network; those beyond the encoder's are zero.
  let width: Int

  /// The rows with their targets.
  func rows(_ rows: [Int], of table: Table) throws(TrainingError) -> PreparedRows {
    let targets = try onTables { () throws(TableError) in try target.encode(table, rows: rows) }
    return PreparedRows(
      features: try inputs(rows, of: table), targets: targets,
      truth: truth(rows, of: table, targets: targets), targetCount: targetCount)
  }

  /// The inputs of rows whose target need not be known.
  func inputs(_ rows: [Int], of table: Table) throws(TrainingError) -> FeatureRows {
    let values = try onTables { () throws(TableError) in
      try features.encode(table, rows: rows, stride: width)
    }
    return FeatureRows(values: values, stride: width, width: width)
  }

  private var targetCount: Int {
    switch target.target {
    case .classes: 1
    case .numbers(let targets): targets.count
    }
  }

  private func truth(_ rows: [Int], of table: Table, targets: [Float]) -> Truth {
    switch target.target {
    case .classes: return .classes(targets.map { Int($0) })
    case .numbers(let numeric):
      let columns = numeric.map { target -> Numbers in
        guard case .numbers(let values)? = table.column(target.column)?.storage else { return [] }
        return values
      }
      return .numbers(rows.flatMap { row in columns.map { $0[row] } })
    }
  }
}
