internal import NetworkGraph
internal import SpecCompiler
internal import SpecSyntax
public import Tables
internal import Tensors

/// A run looked at row by row, on the rows that judged it.
public struct RunExamination: Sendable {
  /// Which rows: `test`, `validation` where there are none, `training` where neither is.
  public let part: String
  public let truth: Truth
  public let predictions: Predictions
  /// Nil where it was not asked for, or would take too long.
  public let importance: ColumnImportance?

  public var rows: Int {
    switch predictions {
    case .classes(let classes): classes.rowCount
    case .numbers(let numbers): numbers.rowCount
    }
  }
}

extension Run {
  /// Predicts the rows that judged the run once more; throws where the table is not the one that
  /// the run was trained on, which the figures recorded with the run tell.
  public func examine(
    _ table: Table, measuresImportance: Bool = true
  ) throws(TrainingError) -> RunExamination {
    guard table.rowCount == manifest.data.rows, table.columns.count == manifest.data.columns else {
      throw .otherTable(
        """
        it has \(table.rowCount) rows and \(table.columns.count) columns, the run's had \
        \(manifest.data.rows) and \(manifest.data.columns)
        """)
    }
    let (part, rows) = try judgingRows(of: table)
    let prepared = try encoding.rows(rows, of: table)
    let predictions = try predictions(of: prepared)
    let recorded = part == "training" ? nil : outcome.metrics.test ?? outcome.metrics.validation
    let measured = Metrics.values(of: predictions, against: prepared.truth, including: shown)
    for (name, value) in recorded ?? [:] {
      // Another processor may round the last digits otherwise.
      guard let other = measured[name], abs(other - value) <= 1e-3 * max(1, abs(value)) else {
        throw .otherTable("the run's figures do not come out of it again")
      }
    }
    return RunExamination(
      part: part, truth: prepared.truth, predictions: predictions,
      importance: measuresImportance ? try importance(prepared, predictions) : nil)
  }

  /// The rows of the part that judged the run.
  private func judgingRows(
    of table: Table
  ) throws(TrainingError) -> (part: String, rows: [Int]) {
    let split = try SplitRows(data, table).split()
    let counts = Manifest.Rows(
      train: split.train.count, validation: split.validation.count, test: split.test.count)
    guard counts == manifest.rows else {
      throw .otherTable("its rows are divided otherwise than the run's were")
    }
    if !split.test.isEmpty { return ("test", split.test) }
    if !split.validation.isEmpty { return ("validation", split.validation) }
    let (rows, limit) = (split.train, Baselines.greatestRows)
    guard rows.count > limit else { return ("training", rows) }
    return ("training", (0..<limit).map { rows[$0 * rows.count / limit] })
  }

  private func predictions(of rows: PreparedRows) throws(TrainingError) -> Predictions {
    let outputs = try Predictor(self).outputs(for: rows.data())
    return encoding.target.predictions(Outputs(outputs, of: plan.loss))
  }

  /// Shuffles one column after the other, several times; nil where rows are no columns, as those
  /// of images, or it would take long.
  private func importance(
    _ prepared: PreparedRows, _ predictions: Predictions
  ) throws(TrainingError) -> ColumnImportance? {
    let columns = encoding.features.columnPlaces
    guard manifest.inputShape.count == 1, !columns.isEmpty,
      let limit = ImportanceMeasure.rowLimit(columns: columns.count, flops: plan.graph.flops)
    else { return nil }
    let rows = prepared.spread(over: limit)
    let measure = ImportanceMeasure(predictions)
    guard let value = measure.metric.value(of: try self.predictions(of: rows), against: rows.truth)
    else { return nil }
    var values = rows.features.values.view.array
    let (stride, predictor) = (rows.features.stride, try Predictor(self))
    var found: [ColumnImportance.Column] = []
    for column in columns {
      let original = values
      var losses: [Double] = []
      for round in 0..<ImportanceMeasure.repeats {
        let order = shuffledRows(
          rows.count, seed: manifest.seed, column: column.name, round: round)
        for row in 0..<rows.count {
          for place in column.places {
            values[row * stride + place] = original[Int(order[row]) * stride + place]
          }
        }
        let data = TrainingData(
          features: values, featureCount: rows.features.width, featureStride: stride,
          targets: rows.targets, targetCount: rows.targetCount)
        let outputs = try predictor.outputs(for: data)
        let shuffled = encoding.target.predictions(Outputs(outputs, of: plan.loss))
        if let other = measure.metric.value(of: shuffled, against: rows.truth) {
          losses.append(measure.loss(from: value, to: other))
        }
      }
      values = original
      guard let spread = RepeatsOutcome.Spread(losses) else { continue }
      found.append(
        .init(name: column.name, mean: spread.mean, deviation: spread.deviation ?? 0))
    }
    // Of equals, the first in the table comes first.
    let order = found.indices.sorted { (-found[$0].mean, $0) < (-found[$1].mean, $1) }
    return ColumnImportance(
      metric: measure.metric.name, value: value, rows: rows.count,
      repeats: ImportanceMeasure.repeats, columns: order.map { found[$0] })
  }
}

extension TrainingError {
  fileprivate static func otherTable(_ words: String) -> TrainingError {
    TrainingError("the table is not the one the run was trained on: \(words)")
  }
}
