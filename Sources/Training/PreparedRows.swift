internal import NetworkGraph
internal import Tables
internal import Tensors

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
      features: features.values.view, featureCount: features.width, featureStride: features.stride,
      targets: targets, targetCount: targetCount, weights: weights)
  }

  /// At most so many of the rows, evenly spread: for what need not look at all of them.
  func spread(over limit: Int) -> PreparedRows {
    guard count > limit else { return self }
    return rows((0..<limit).map { $0 * count / limit })
  }

  /// Some of the rows, in memory.
  func rows(_ rows: [Int]) -> PreparedRows {
    PreparedRows(
      features: features.rows(rows),
      targets: rows.flatMap { targets[($0 * targetCount)..<(($0 + 1) * targetCount)] },
      truth: truth(of: rows), targetCount: targetCount)
  }

  /// What is true of some of the rows.
  func truth(of rows: [Int]) -> Truth {
    switch truth {
    case .classes(let codes): .classes(rows.map { codes[$0] })
    case .numbers(let numbers):
      .numbers(rows.flatMap { numbers[($0 * targetCount)..<(($0 + 1) * targetCount)] })
    }
  }
}

/// How rows become inputs and targets of a network of `width` inputs.
struct Encoding: Sendable {
  let features: FeatureEncoder
  let target: TargetEncoder
  /// Inputs of the network; those beyond the encoder's are zero.
  let width: Int

  /// The rows with their targets.
  func rows(
    _ rows: [Int], of table: Table, in storage: PreparedStorage = .memory, part: String = ""
  ) throws(TrainingError) -> PreparedRows {
    let targets = try onTables { () throws(TableError) in try target.encode(table, rows: rows) }
    return PreparedRows(
      features: try inputs(rows, of: table, in: storage, part: part), targets: targets,
      truth: truth(rows, of: table, targets: targets), targetCount: targetCount)
  }

  /// The inputs of rows whose target need not be known, encoded a block at a time.
  func inputs(
    _ rows: [Int], of table: Table, in storage: PreparedStorage = .memory, part: String = ""
  ) throws(TrainingError) -> FeatureRows {
    let bound = try onTables { () throws(TableError) in
      try features.bound(to: table, rows: rows)
    }
    let writer = try storage.writer(count: rows.count * width, part: part)
    let blockRows = max(1, min(4_096, 262_144 / max(width, 1)))
    var block = [Float](repeating: 0, count: min(blockRows, rows.count) * width)
    for start in stride(from: 0, to: rows.count, by: blockRows) {
      let range = start..<min(start + blockRows, rows.count)
      for place in block.indices { block[place] = 0 }
      bound.write(range, to: &block, stride: width)
      try onFloatFiles("\(part).rows") { () throws(FloatFileError) in
        try writer.append(block[..<(range.count * width)])
      }
    }
    let store = try onFloatFiles("\(part).rows") { () throws(FloatFileError) in
      try writer.finish()
    }
    return FeatureRows(store, stride: width, width: width, levels: features.indexPlaces)
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
