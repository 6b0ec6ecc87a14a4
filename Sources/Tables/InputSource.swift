/// A fitted feature bound to the column of one table.
struct InputSource {
  /// Where the feature's inputs start within a row.
  let offset: Int
  private let values: Values

  /// The column's values, ready to be written.
  private enum Values {
    case number(Numbers, NumericFit)
    case bins(Numbers, BinFit)
    /// The one input of each row: the number of its level.
    case indices([Int32])
    /// The input that is set for each row; −1 for none.
    case levels([Int32])
    case parts(Numbers, [FittedFeature.FittedPart])
  }

  /// Finds the column and checks the given rows of it.
  init(
    _ feature: FittedFeature, table: Table, rows: [Int], offset: Int
  ) throws(TableError) {
    self.offset = offset
    guard let column = table.column(feature.plan.column) else {
      throw .missingColumn(feature.plan.column, in: table)
    }
    switch feature.encoding {
    case .number(let fit):
      let numbers = try numbers(of: column, as: feature.plan.kind, in: table, rows: rows)
      if let row = rows.first(where: { fit.isTooLarge(numbers[$0]) }) {
        throw .tooLargeInput(numbers[row], row: row, column: column.name, in: table)
      }
      values = .number(numbers, fit)
    case .bins(let bins):
      values = .bins(
        try numbers(of: column, as: feature.plan.kind, in: table, rows: rows), bins)
    case .parts(let parts):
      values = .parts(try numbers(of: column, as: .date, in: table, rows: rows), parts)
    case .levels(let levels):
      let inputs = inputsByRow(column, levels, feature.plan.unknown)
      if feature.plan.unknown == .error {
        for row in rows where inputs[row] < 0 && !column.isMissing(row: row) {
          throw .unknownLevel(
            column.text(row: row) ?? "", row: row, column: column.name, in: table)
        }
      }
      if case .index = feature.plan.form {
        values = .indices(levelNumbers(inputs, of: levels, feature.plan.unknown))
      } else {
        values = .levels(inputs)
      }
    }
  }

  /// Writes the inputs of some rows, the first of them at `start`.
  func write(_ rows: ArraySlice<Int>, to inputs: inout [Float], at start: Int, stride: Int) {
    var place = start + offset
    switch values {
    case .number(let numbers, let fit):
      for row in rows {
        inputs[place] = fit.input(numbers[row])
        place += stride
      }
    case .levels(let levels):
      for row in rows {
        if levels[row] >= 0 { inputs[place + Int(levels[row])] = 1 }
        place += stride
      }
    case .bins(let numbers, let bins):
      for row in rows {
        bins.write(numbers[row], to: &inputs, at: place)
        place += stride
      }
    case .indices(let indices):
      for row in rows {
        inputs[place] = Float(indices[row])
        place += stride
      }
    case .parts(let seconds, let parts):
      for row in rows {
        let isMissing = seconds[row].isNaN
        let time = CalendarTime(seconds: isMissing ? 0 : seconds[row])
        for (index, part) in parts.enumerated() {
          inputs[place + index] = part.fit.input(isMissing ? .nan : part.part.value(of: time))
        }
        place += stride
      }
    }
  }
}

/// The rows of a table of levels, from which of the inputs each row would have: the one for unknown
/// values, which is the last of the inputs, is the first of the table.
private func levelNumbers(
  _ inputs: [Int32], of levels: [String], _ unknown: FeaturePlan.Unknown
) -> [Int32] {
  guard unknown == .ownLevel else { return inputs }
  let other = Int32(levels.count)
  return inputs.map { $0 == other ? 0 : $0 + 1 }
}

/// Which of the fitted levels each row has; unknown and missing ones by the given treatment.
private func inputsByRow(
  _ column: Column, _ levels: [String], _ unknown: FeaturePlan.Unknown
) -> [Int32] {
  var inputOfLevel: [String: Int32] = [:]
  for (input, level) in levels.enumerated() { inputOfLevel[level] = Int32(input) }
  let other: Int32 = unknown == .ownLevel ? Int32(levels.count) : -1
  let (codes, names) = column.labels()
  let inputs = names.map { inputOfLevel[$0] ?? other }
  return codes.map { $0 < 0 ? other : inputs[Int($0)] }
}
