public import Tables

/// Writes predictions row by row, with the cells that are passed on before them.
public struct PredictionWriter: Sendable {
  public let format: PredictionFormat
  public let keptNames: [String]
  private let names: [String]
  /// The names as they stand before a value of JSON; else empty.
  private let keys: [[UInt8]]
  /// The classes as values.
  private let classes: [[UInt8]]

  /// Throws where a kept column has the name of a prediction.
  public init(
    _ run: Run, keptNames: [String], format: PredictionFormat
  ) throws(TrainingError) {
    (self.format, self.keptNames) = (format, keptNames)
    names = run.predictionNames
    if let twice = keptNames.first(where: names.contains) {
      throw TrainingError(
        "the column `\(twice)` cannot be kept: the prediction has that name",
        hints: ["rename the column, or keep others"])
    }
    classes = (run.manifest.classes ?? []).map { name in
      var bytes: [UInt8] = []
      format.append(name.utf8, to: &bytes)
      return bytes
    }
    keys = (keptNames + names).enumerated().map { index, name in
      guard format == .jsonl else { return index == 0 ? [] : [format.delimiter] }
      var bytes: [UInt8] = [index == 0 ? 0x7B : 0x2C]
      format.append(name.utf8, to: &bytes)
      return bytes + [0x3A]
    }
  }

  /// The line of names; none for JSON.
  public var head: [UInt8] {
    guard format != .jsonl else { return [] }
    var bytes: [UInt8] = []
    for (index, name) in (keptNames + names).enumerated() {
      if index > 0 { bytes.append(format.delimiter) }
      format.append(name.utf8, to: &bytes)
    }
    return bytes + [0x0A]
  }

  /// The lines of a batch; rows without a prediction are left out or have empty values.
  public func lines(
    _ batch: RowBatch, _ predicted: BatchPredictions, writesEmpty: Bool
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(batch.table.rowCount * (16 * names.count + 16))
    var place = 0
    for row in 0..<batch.table.rowCount {
      let isPredicted = place < predicted.rows.count && predicted.rows[place] == row
      guard isPredicted || writesEmpty else { continue }
      appendKept(batch, row, to: &bytes)
      if isPredicted {
        append(predicted.predictions, place, to: &bytes)
        place += 1
      } else {
        for key in keys[keptNames.count...] {
          bytes += key
          if format == .jsonl { bytes += Array("null".utf8) }
        }
      }
      if format == .jsonl { bytes.append(0x7D) }
      bytes.append(0x0A)
    }
    return bytes
  }

  private func appendKept(_ batch: RowBatch, _ row: Int, to bytes: inout [UInt8]) {
    for column in keptNames.indices {
      bytes += keys[column]
      var cell: [UInt8] = []
      batch.appendCell(column, row: row, to: &cell)
      if format == .jsonl, cell.isEmpty {
        bytes += Array("null".utf8)
      } else if format == .jsonl, isJSONNumber(cell[...]) {
        bytes += cell
      } else {
        format.append(cell, to: &bytes)
      }
    }
  }

  private func append(_ predictions: Predictions, _ row: Int, to bytes: inout [UInt8]) {
    var key = keptNames.count
    func append(_ value: Double) {
      bytes.append(contentsOf: keys[key])
      bytes.append(contentsOf: Float(value).description.utf8)
      key += 1
    }
    switch predictions {
    case .classes(let predictions):
      bytes.append(contentsOf: keys[key])
      bytes.append(contentsOf: classes[predictions.winner(row)])
      key += 1
      for value in predictions.row(row) { append(value) }
    case .numbers(let numbers):
      let count = numbers.targets.count
      let places = row * count..<(row + 1) * count
      for place in places { append(numbers.values[place]) }
      guard numbers.quantiles.count > 1 else { return }
      for quantile in numbers.quantiles {
        for place in places { append(quantile.values[place]) }
      }
    }
  }
}
