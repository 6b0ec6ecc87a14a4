internal import NetworkGraph
internal import SpecCompiler
internal import SpecSyntax
public import Tables
internal import Tensors

/// Predicts with a run again and again, with one network in memory.
///
/// One thread at a time may use it.
public final class Predictor {
  private let run: Run
  private let executor: Executor

  /// Prepares the network of a run.
  public init(_ run: Run) throws(TrainingError) {
    self.run = run
    executor = Executor(run.plan, seed: 0)
    do {
      try executor.load(run.tensors)
    } catch {
      throw TrainingError("`\(run.folder)`: \(error.message)")
    }
  }

  /// What the network says about every row of a table, or about some of them.
  public func predict(_ table: Table, rows: [Int]? = nil) throws(TrainingError) -> Predictions {
    let rows = rows ?? Array(0..<table.rowCount)
    let inputs = try run.encoding.inputs(rows, of: table)
    let targetCount = run.plan.loss.targetCount(outputs: run.manifest.outputs)
    let targets = Array(repeating: Float(0), count: rows.count * targetCount)
    let data = TrainingData(
      features: inputs.values.view, featureCount: inputs.width, featureStride: inputs.stride,
      targets: targets, targetCount: targetCount)
    return run.encoding.target.predictions(Outputs(try outputs(for: data), of: run.plan.loss))
  }

  /// What the network says about the rows of a batch that have no problem.
  ///
  /// Rows that it cannot take become problems of the batch; levels that training has not seen are
  /// told and count as unknown.
  public func predict(_ batch: inout RowBatch) throws(TrainingError) -> BatchPredictions {
    var strangers: [RowProblem] = []
    for remark in run.encoding.features.remarks(on: batch.table) {
      if remark.isRefusal {
        batch.add(remark.message, row: remark.row)
      } else if batch.problems[remark.row] == nil {
        strangers.append(batch.problem(remark.message, row: remark.row))
      }
    }
    let problems = batch.problems
    let rows = (0..<batch.table.rowCount).filter { problems.isEmpty || problems[$0] == nil }
    return BatchPredictions(
      rows: rows, predictions: try predict(batch.table, rows: rows), strangers: strangers)
  }

  /// The next rows of a table and what the network says about them; nil once there are no more.
  public func next(
    of rows: inout RowReader
  ) throws(TrainingError) -> (batch: RowBatch, predictions: BatchPredictions)? {
    let next = try onTables { () throws(TableError) in try rows.next() }
    guard var batch = next else { return nil }
    let predictions = try predict(&batch)
    return (batch, predictions)
  }

  /// The outputs for all rows; throws, naming the place, where one is not a number.
  func outputs(for data: TrainingData) throws(TrainingError) -> [Float] {
    let evaluation = executor.evaluate(rows: data.rows, of: data)
    if let place = evaluation.nonFinite { throw .notFinite(place) }
    return evaluation.outputs
  }
}

/// Predictions for some rows of a batch.
public struct BatchPredictions: Sendable {
  /// The places of the rows in the batch, ascending; one for each prediction.
  public let rows: [Int]
  public let predictions: Predictions
  /// Levels that training has not seen, row by row.
  public let strangers: [RowProblem]
}

extension Run {
  /// What a row's predictions are called, in their order: `prediction`, `probability_yes`, …
  public var predictionNames: [String] {
    switch encoding.target.target {
    case .classes(_, let levels):
      let kind: ClassPredictions.Kind = plan.loss.link == .margin ? .score : .probability
      return ["prediction"] + levels.map { "\(kind.rawValue)_\($0)" }
    case .numbers(let targets):
      let names = targets.count == 1 ? ["prediction"] : targets.map { "prediction_\($0.column)" }
      let levels = plan.loss.levels.count > 1 ? plan.loss.levels : []
      return names
        + levels.flatMap { level in
          names.map { "quantile_\(level)" + $0.dropFirst("prediction".count) }
        }
    }
  }

  /// The columns that the spec speaks of: inputs, targets, and what it ignores.
  public var knownColumns: Set<String> {
    Set(encoding.features.columns + encoding.target.columns + data.ignore)
      .union((data.features ?? []).map(\.name))
  }

  /// Opens a table to be predicted piece by piece, in memory that does not grow with it; `-` is
  /// standard input, for which nobody waits once `shouldStop` says so.
  public func rows(
    of path: String, keeping kept: RowReader.Kept = .columns([]),
    shouldStop: (() -> Bool)? = nil
  ) throws(TrainingError) -> RowReader {
    try onTables { () throws(TableError) in
      try RowReader(
        path: path, options: tableOptions, columns: encoding.features.columns, kept: kept,
        shouldStop: shouldStop)
    }
  }
}
