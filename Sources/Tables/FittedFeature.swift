/// A feature with everything that was learned from the training rows.
public struct FittedFeature: Sendable, Codable, Hashable {
  public private(set) var plan: FeaturePlan
  public private(set) var encoding: Encoding
  /// How the training dates were written.
  public private(set) var dateOrder: DateOrder?

  /// What was learned, by kind.
  public enum Encoding: Sendable, Codable, Hashable {
    /// One input, for numbers and booleans.
    case number(NumericFit)
    /// One input for each bin of a number.
    case bins(BinFit)
    /// One input for each level.
    case levels([String])
    /// One input for each part in which the training dates differ.
    case parts([FittedPart])
  }

  /// A part of a date and its scaling.
  public struct FittedPart: Sendable, Codable, Hashable {
    public var part: DatePart
    public var fit: NumericFit
  }

  /// Learns from the given rows of a table.
  init(_ plan: FeaturePlan, table: Table, rows: [Int]) throws(TableError) {
    self.plan = plan
    guard let column = table.column(plan.column) else {
      throw .missingColumn(plan.column, in: table)
    }
    dateOrder = column.dateOrder
    switch plan.kind {
    case .numeric, .boolean:
      let all = try numbers(of: column, as: plan.kind, in: table, rows: rows)
      let values = rows.map { all[$0] }
      let fit = NumericFit(values, impute: plan.impute, scale: plan.scale, clip: plan.clip)
      if case .bins(let count) = plan.form {
        encoding = .bins(BinFit(values, fit: fit, count: count))
      } else {
        encoding = .number(fit)
      }
    case .category:
      let (codes, levels) = column.labels()
      var isUsed = [Bool](repeating: false, count: levels.count)
      for row in rows where codes[row] >= 0 { isUsed[Int(codes[row])] = true }
      encoding = .levels(levels.indices.filter { isUsed[$0] }.map { levels[$0] })
    case .date:
      let values = try numbers(of: column, as: .date, in: table, rows: rows)
      encoding = .parts(Self.fitParts(rows.map { values[$0] }))
    }
  }

  private static func fitParts(_ seconds: [Double]) -> [FittedPart] {
    varyingParts(seconds).map { part in
      let values = seconds.filter(\.isFinite).map { part.value(of: CalendarTime(seconds: $0)) }
      return FittedPart(
        part: part, fit: NumericFit(values, impute: .mean, scale: .standard))
    }
  }

  /// The names of the inputs, such as `island=Biscoe` or `pickup.hour`; `island=(unused)` where
  /// room was kept for a level that the training rows do not have.
  var inputNames: [String] {
    var names: [String]
    switch encoding {
    case .number: names = [plan.column]
    case .bins(let bins): names = (0..<bins.count).map { "\(plan.column).bin\($0 + 1)" }
    case .levels(let levels):
      if case .index = plan.form { return [plan.column] }
      names =
        levels.map { "\(plan.column)=\($0)" }
        + (plan.unknown == .ownLevel ? ["\(plan.column)=(other)"] : [])
    case .parts(let parts): names = parts.map { "\(plan.column).\($0.part.rawValue)" }
    }
    let unused = (names.count..<max(width, names.count)).map { _ in "\(plan.column)=(unused)" }
    return names + unused
  }

  /// How many inputs the column takes: the room that was kept for it, and at least what it needs.
  public var width: Int { max(plan.room ?? 0, neededWidth) }

  /// How many inputs its fitted form needs; the rest of `width` is zero.
  public var neededWidth: Int {
    switch encoding {
    case .number: 1
    case .bins(let bins): bins.count
    case .levels(let levels):
      if case .index = plan.form { 1 } else {
        levels.count + (plan.unknown == .ownLevel ? 1 : 0)
      }
    case .parts(let parts): parts.count
    }
  }
}

/// A column's values as numbers: booleans as 0 and 1, dates as seconds, NaN where missing.
///
/// Throws at the first of the given rows whose cell is not of the kind.
func numbers(
  of column: Column, as kind: FeaturePlan.Kind, in table: Table, rows: [Int]
) throws(TableError) -> Numbers {
  let values: Numbers
  let isWrong: (Int) -> Bool
  switch column.storage {
  case .numbers(let numbers):
    values = numbers
    isWrong = { row in
      switch kind {
      case .boolean: !(numbers[row].isNaN || numbers[row] == 0 || numbers[row] == 1)
      case .date: column.type != .date && !numbers[row].isNaN
      case .numeric, .category: false
      }
    }
  case .codes(let codes, let levels):
    let meanings = levels.map { number(in: $0, as: kind, decimal: table.format.decimal.value) }
    values = Numbers(codes.map { $0 < 0 ? .nan : meanings[Int($0)] ?? .nan })
    isWrong = { row in codes[row] >= 0 && meanings[Int(codes[row])] == nil }
  }
  guard let row = rows.first(where: isWrong) else { return values }
  throw .wrongCell(
    column.text(row: row) ?? "", row: row, column: column.name, expected: kind.phrase, in: table)
}

/// The number that a text means under a kind; `nil` if it means none.
private func number(in text: String, as kind: FeaturePlan.Kind, decimal: String) -> Double? {
  let bytes = Array(text.utf8)
  switch kind {
  case .boolean: return truthValue(text).map { $0 ? 1 : 0 }
  case .date: return parseDate(bytes, 0, bytes.count, order: .yearFirst)
  case .numeric, .category:
    return parseNumber(bytes, 0, bytes.count, decimal: decimal.utf8.first ?? 0x2E)
  }
}

extension FeaturePlan.Kind {
  /// The kind with its article, for messages.
  var phrase: String { columnType.phrase }

  /// The column type that holds values of this kind.
  var columnType: ColumnType {
    switch self {
    case .numeric: .numeric
    case .category: .category
    case .boolean: .boolean
    case .date: .date
    }
  }
}
