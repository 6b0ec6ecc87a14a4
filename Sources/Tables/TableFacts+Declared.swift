extension TableFacts {
  /// These facts as they would be had the table been read with declared types, as far as they
  /// tell; and the columns of which they do not.
  ///
  /// What a column holds is known from its levels where all are listed, and where none of the
  /// listed ones fits. Statistics that only a new reading would give are absent.
  public func declaring(_ types: [String: ColumnType]) -> (facts: TableFacts, unknown: [String]) {
    var facts = self
    var unknown: [String] = []
    var columns = profile.columns
    for index in columns.indices {
      guard let wanted = types[columns[index].name], wanted != columns[index].type else { continue }
      guard let bad = columns[index].declare(wanted, decimal: profile.format.decimal.value) else {
        unknown.append(columns[index].name)
        continue
      }
      facts.badCellCounts[columns[index].name] = bad > 0 ? bad : nil
      facts.badCells.removeAll { $0.column == columns[index].name }
    }
    facts.profile.columns = columns
    return (facts, unknown)
  }
}

extension ColumnProfile {
  /// Gives the column another type; how many cells are not of it, nil where that is not known.
  fileprivate mutating func declare(_ wanted: ColumnType, decimal: String) -> Int? {
    let isNumber = mean != nil && type != .date
    switch wanted {
    case .category, .text, .identifier, .constant:
      becomeLevels(wanted)
      return 0
    case .numeric:
      if isNumber {
        type = .numeric
        return 0
      }
      let mark = decimal.utf8.first ?? 0x2E
      return sift(wanted) { parseNumber($0, 0, $0.count, decimal: mark) != nil }
    case .boolean:
      return sift(wanted) { truthValue(String(decoding: $0, as: UTF8.self)) != nil }
    case .date:
      // Whether whole numbers are dates, as 20240131 is, only the cells tell.
      guard !isNumber else { return nil }
      return sift(wanted) { text in
        [DateOrder.yearFirst, .monthFirst, .dayFirst].contains {
          parseDate(text, 0, text.count, order: $0) != nil
        }
      }
    }
  }

  /// Keeps the levels that pass a test; how many cells do not, nil where that is not known.
  private mutating func sift(_ wanted: ColumnType, _ fits: ([UInt8]) -> Bool) -> Int? {
    let good = levels.filter { fits(Array($0.name.utf8)) }
    let isWhole = levels.count == distinct
    guard isWhole || (good.isEmpty && !levels.isEmpty) else { return nil }
    // Numbers and dates among texts have statistics that levels do not give.
    guard good.isEmpty || wanted == .boolean else { return nil }
    let count = good.reduce(0) { $0 + $1.count }
    let bad = rows - missing - count
    becomeLevels(wanted)
    (levels, distinct) = (good, good.count)
    missing += bad
    return bad
  }

  /// Drops what only numbers and dates have.
  private mutating func becomeLevels(_ wanted: ColumnType) {
    var column = ColumnProfile(
      name: name, type: wanted, evidence: evidence, rows: rows, missing: missing,
      distinct: distinct)
    column.levels = levels
    self = column
  }
}
