/// How numeric targets are brought to a common size.
public enum TargetScale: String, Sendable, Codable, Hashable, CaseIterable {
  case none
  /// (y − mean) / standard deviation.
  case standard
  /// log(1 + y), then as `standard`; needs y > −1.
  case log
}

/// Fitted targets: one class target, or one or more numeric ones.
public struct TargetEncoder: Sendable, Codable, Hashable {
  public var target: Target

  /// What is predicted.
  public enum Target: Sendable, Codable, Hashable {
    /// One of the levels, in natural order.
    case classes(column: String, levels: [String])
    case numbers([NumericTarget])
  }

  /// A numeric target and its scaling.
  public struct NumericTarget: Sendable, Codable, Hashable {
    public var column: String
    /// What is subtracted, after the logarithm if there is one.
    public var mean: Double
    /// What is then divided by.
    public var deviation: Double
    public var isLog: Bool

    /// A value in the network's scale.
    func scaled(_ value: Double) -> Double {
      ((isLog ? logOnePlus(value) : value) - mean) / deviation
    }

    /// A value in the user's unit.
    func unscaled(_ value: Double) -> Double {
      let shifted = value * deviation + mean
      return isLog ? expMinusOne(shifted) : shifted
    }
  }

  /// Learns the classes from the given rows of a column.
  public static func fitClasses(
    column: String, table: Table, rows: [Int]
  ) throws(TableError) -> TargetEncoder {
    guard let found = table.column(column) else { throw .missingColumn(column, in: table) }
    let (codes, levels) = found.labels()
    var isUsed = [Bool](repeating: false, count: levels.count)
    for row in rows where codes[row] >= 0 { isUsed[Int(codes[row])] = true }
    let used = levels.indices.filter { isUsed[$0] }.map { levels[$0] }
    guard !used.isEmpty else { throw .noTrainingValues(column, in: table) }
    return TargetEncoder(target: .classes(column: column, levels: used))
  }

  /// Learns the scaling of numeric columns from the given rows.
  public static func fitNumbers(
    columns: [String], scale: TargetScale, table: Table, rows: [Int]
  ) throws(TableError) -> TargetEncoder {
    var targets: [NumericTarget] = []
    for name in columns {
      var target = NumericTarget(column: name, mean: 0, deviation: 1, isLog: scale == .log)
      let values = try target.values(in: table, rows: rows).filter { !$0.isNaN }
      guard !values.isEmpty else { throw .noTrainingValues(name, in: table) }
      if scale != .none {
        let moments = Moments(values.map { target.isLog ? logOnePlus($0) : $0 })
        target.mean = moments.mean
        let isUsable = moments.deviation > 0 && moments.deviation.isFinite
        target.deviation = isUsable ? moments.deviation : 1
      }
      targets.append(target)
    }
    return TargetEncoder(target: .numbers(targets))
  }

  /// The number of classes, or of numeric targets.
  public var width: Int {
    switch target {
    case .classes(_, let levels): levels.count
    case .numbers(let targets): targets.count
    }
  }

  /// The columns that are predicted.
  public var columns: [String] {
    switch target {
    case .classes(let column, _): [column]
    case .numbers(let targets): targets.map(\.column)
    }
  }

  /// The targets of the given rows: the index of the class, or `width` scaled values, for each.
  ///
  /// Throws for a missing column or value, and for a class that was not fitted.
  public func encode(_ table: Table, rows: [Int]) throws(TableError) -> [Float] {
    switch target {
    case .classes(let column, let levels):
      return try classIndices(column, levels, table, rows)
    case .numbers(let targets):
      var result = [Float](repeating: 0, count: rows.count * targets.count)
      for (offset, target) in targets.enumerated() {
        let values = try target.values(in: table, rows: rows)
        for (position, value) in values.enumerated() {
          guard !value.isNaN else {
            throw .missingTarget(row: rows[position], column: target.column, in: table)
          }
          let scaled = target.scaled(value)
          guard abs(scaled) <= NumericFit.largest else {
            throw .tooLargeTarget(value, row: rows[position], column: target.column, in: table)
          }
          result[position * targets.count + offset] = Float(scaled)
        }
      }
      return result
    }
  }

  /// Outputs in the user's unit, for one example or for several in a row; those of a class target
  /// unchanged.
  public func decode(_ outputs: [Float]) -> [Double] {
    guard case .numbers(let targets) = target else { return outputs.map { Double($0) } }
    return outputs.enumerated().map { position, output in
      targets[position % targets.count].unscaled(Double(output))
    }
  }
}

extension TargetEncoder.NumericTarget {
  /// The values of the given rows, NaN where missing, checked to have a logarithm if one is taken.
  fileprivate func values(in table: Table, rows: [Int]) throws(TableError) -> [Double] {
    guard let found = table.column(column) else { throw .missingColumn(column, in: table) }
    let all = try numbers(of: found, as: .numeric, in: table, rows: rows)
    if isLog {
      for row in rows where all[row] <= -1 {
        throw .logOfTarget(all[row], row: row, column: column, in: table)
      }
    }
    return rows.map { all[$0] }
  }
}

/// The index of each row's class among the fitted levels.
private func classIndices(
  _ name: String, _ levels: [String], _ table: Table, _ rows: [Int]
) throws(TableError) -> [Float] {
  guard let column = table.column(name) else { throw .missingColumn(name, in: table) }
  let (codes, names) = column.labels()
  let indices = names.map { levels.firstIndex(of: $0) }
  var result: [Float] = []
  result.reserveCapacity(rows.count)
  for row in rows {
    guard codes[row] >= 0 else { throw .missingTarget(row: row, column: name, in: table) }
    guard let index = indices[Int(codes[row])] else {
      throw .unknownLevel(names[Int(codes[row])], row: row, column: name, in: table)
    }
    result.append(Float(index))
  }
  return result
}
