/// One column of a table: its name, its type with the evidence for it, and its values.
public struct Column: Sendable {
  public var name: String
  /// Pinned by the author or inferred from the values.
  public var type: ColumnType
  /// Why it has this type, in words: "344 of 344 values are numbers".
  public var evidence: String
  public var storage: Storage
  /// The order in which dates were written; `nil` for other columns.
  public var dateOrder: DateOrder?

  /// How the values are kept.
  public enum Storage: Sendable {
    /// Numbers, NaN where missing; dates are seconds since 1970-01-01 00:00 UTC.
    case numbers(Numbers)
    /// Indices into `levels`, −1 where missing; levels in order of first appearance.
    case codes(Codes, levels: [String])
  }

  public init(
    name: String, type: ColumnType, evidence: String, storage: Storage,
    dateOrder: DateOrder? = nil
  ) {
    self.name = name
    self.type = type
    self.evidence = evidence
    self.storage = storage
    self.dateOrder = dateOrder
  }

  /// How many cells hold no value.
  public var missingCount: Int {
    var count = 0
    switch storage {
    case .numbers(let numbers):
      for row in numbers.indices where numbers.isMissing(row) { count += 1 }
    case .codes(let codes, _):
      for code in codes where code < 0 { count += 1 }
    }
    return count
  }

  /// How many rows the column has.
  public var count: Int {
    switch storage {
    case .numbers(let numbers): numbers.count
    case .codes(let codes, _): codes.count
    }
  }

  /// Whether the cell of a row holds no value.
  public func isMissing(row: Int) -> Bool {
    switch storage {
    case .numbers(let numbers): numbers.isMissing(row)
    case .codes(let codes, _): codes[row] < 0
    }
  }

  /// The cell of a row as text; `nil` where missing.
  public func text(row: Int) -> String? {
    guard !isMissing(row: row) else { return nil }
    switch storage {
    case .numbers(let numbers):
      return type == .date ? dateText(numbers[row]) : numberText(numbers[row])
    case .codes(let codes, let levels): return levels[Int(codes[row])]
    }
  }

  /// Any column read as classes: the code of each row, −1 where missing, and the sorted levels.
  ///
  /// Levels that are all numbers are sorted as numbers, others as text; a whole number is written
  /// without a fraction.
  public func labels() -> (codes: [Int32], levels: [String]) {
    switch storage {
    case .numbers(let numbers):
      return numberLabels(numbers) { type == .date ? dateText($0) : numberText($0) }
    case .codes(let codes, let levels): return sortedLabels(codes, levels)
    }
  }
}

/// A number as people write it: whole numbers without a fraction.
func numberText(_ number: Double) -> String {
  guard number == number.rounded(), number.magnitude < 9_007_199_254_740_992 else {
    return "\(number)"
  }
  return "\(Int64(number))"
}

/// The distinct numbers in order, and the index of each row's number among them.
private func numberLabels(
  _ numbers: Numbers, name: (Double) -> String
) -> (codes: [Int32], levels: [String]) {
  var codeOfNumber: [Double: Int32] = [:]
  for number in numbers where !number.isNaN { codeOfNumber[number] = 0 }
  let distinct = codeOfNumber.keys.sorted()
  for (code, number) in distinct.enumerated() { codeOfNumber[number] = Int32(code) }
  let codes = numbers.map { $0.isNaN ? -1 : codeOfNumber[$0] ?? -1 }
  return (codes, distinct.map(name))
}

/// Codes renumbered so that the levels are in natural order; levels that no row has are left out,
/// and those that write the same number become one.
private func sortedLabels(
  _ codes: Codes, _ levels: [String]
) -> (codes: [Int32], levels: [String]) {
  var isUsed = [Bool](repeating: false, count: levels.count)
  for code in codes where code >= 0 { isUsed[Int(code)] = true }
  let plain = levels.map { plainLevel($0) }
  let names = Array(Set(levels.indices.filter { isUsed[$0] }.map { plain[$0] }))
  let sorted = naturalOrder(of: names).map { names[$0] }
  var codeOfName: [String: Int32] = [:]
  for (code, name) in sorted.enumerated() { codeOfName[name] = Int32(code) }
  let newCodes = plain.map { codeOfName[$0] ?? -1 }
  return (codes.map { $0 < 0 ? -1 : newCodes[Int($0)] }, sorted)
}

/// A level as it is compared: a plain decimal such as `3.0` loses its needless digits, so that it
/// is the same whether its column was read as numbers or as texts; codes such as `007` stay.
private func plainLevel(_ level: String) -> String {
  let digits = level.utf8.first == 0x2D ? level.utf8.dropFirst() : level.utf8[...]
  guard 1...15 ~= digits.count, digits.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x2E }),
    let first = digits.first, first != 0x2E, digits.last != 0x2E,
    first != 0x30 || digits.count == 1 || digits.dropFirst().first == 0x2E,
    let number = parseNumber(level)
  else { return level }
  return numberText(number)
}

/// The positions of names in natural order: as numbers if all are numbers, else as text.
func naturalOrder(of names: [String]) -> [Int] {
  let numbers = names.map { parseNumber($0) }
  guard numbers.allSatisfy({ $0 != nil }) else {
    return names.indices.sorted { names[$0] < names[$1] }
  }
  return names.indices.sorted { left, right in
    let (x, y) = (numbers[left] ?? 0, numbers[right] ?? 0)
    return x == y ? names[left] < names[right] : x < y
  }
}
