/// A column with its type, once it is settled which tokens stand for no value.
struct FinishedColumn {
  var column: Column
  /// The rows whose cells are not of that type, and the texts of the first of them.
  var badRows: [Int32] = []
  var badTexts: [String] = []
}

extension FinishedColumn {
  init(_ draft: ColumnDraft, name: String, pinned: ColumnType?, missing: MissingTokens) {
    switch draft {
    case .numbers(var numbers):
      let inferred = inferNumberType(numbers, name: name)
      numbers.numbers.narrow()
      self.init(
        column: Column(
          name: name, type: pinned ?? inferred.type,
          evidence: pinned == nil ? inferred.evidence : "pinned",
          storage: .numbers(numbers.numbers), dateOrder: numbers.dateOrder),
        badRows: numbers.badRows, badTexts: numbers.badTexts)
    case .levels(let codes, let table):
      self.init(codes, table, name, pinned, missing)
    }
  }

  /// Drops the levels that stand for no value, and under a pinned boolean those that are neither
  /// yes nor no.
  private init(
    _ codes: Codes, _ table: LevelTable, _ name: String, _ pinned: ColumnType?,
    _ missing: MissingTokens
  ) {
    var summary = LevelSummary()
    var levels: [String] = []
    var newCodes = [Int32](repeating: -1, count: table.count)
    var badText: [Int32: String] = [:]
    for level in 0..<table.count where missing.index(of: table.slice(level)) == nil {
      let text = table.string(level)
      if pinned == .boolean, truthValue(text) == nil {
        badText[Int32(level)] = shortened(text)
        continue
      }
      summary.add(table.slice(level), table.cellCount(level))
      newCodes[level] = Int32(levels.count)
      levels.append(text)
    }
    var badRows: [Int32] = []
    var badTexts: [String] = []
    if !badText.isEmpty {
      for (row, code) in codes.enumerated() {
        guard let text = badText[code] else { continue }
        badRows.append(Int32(row))
        if badTexts.count < ColumnPart.keptTexts { badTexts.append(text) }
      }
    }
    var codes = codes
    codes.renumber(newCodes)
    let inferred = summary.type
    self.init(
      column: Column(
        name: name, type: pinned ?? inferred.type,
        evidence: pinned == nil ? inferred.evidence : "pinned",
        storage: .codes(codes, levels: levels)),
      badRows: badRows, badTexts: badTexts)
  }
}
