extension GridColumns {
  /// A column with its type, once it is settled which tokens stand for no value, and the rows
  /// whose cells are not of that type.
  func finish(
    _ draft: ColumnDraft, _ index: Int, name: String, pinned: ColumnType?, missing: MissingTokens
  ) -> (column: Column, badRows: [Int]) {
    switch draft {
    case .numbers(let numbers):
      let inferred = inferNumberType(numbers, name: name)
      let column = Column(
        name: name, type: pinned ?? inferred.type,
        evidence: pinned == nil ? inferred.evidence : "pinned",
        storage: .numbers(numbers.numbers), dateOrder: numbers.dateOrder)
      return (column, numbers.badRows)
    case .levels(let codes, let table):
      return finishLevels(codes, table, name, pinned, missing)
    }
  }

  /// Drops the levels that stand for no value, and under a pinned boolean those that are neither
  /// yes nor no.
  private func finishLevels(
    _ codes: [Int32], _ table: LevelTable, _ name: String, _ pinned: ColumnType?,
    _ missing: MissingTokens
  ) -> (column: Column, badRows: [Int]) {
    var summary = LevelSummary()
    var levels: [String] = []
    var newCode = [Int32](repeating: -1, count: table.levels.count)
    var isBad = [Bool](repeating: false, count: table.levels.count)
    for (code, cell) in table.levels.enumerated() where missing.index(of: cell, in: grid) == nil {
      let level = grid.string(cell)
      if pinned == .boolean, truthValue(level) == nil {
        isBad[code] = true
        continue
      }
      summary.add(cell, table.counts[code], in: grid)
      newCode[code] = Int32(levels.count)
      levels.append(level)
    }
    let inferred = summary.type
    let column = Column(
      name: name, type: pinned ?? inferred.type,
      evidence: pinned == nil ? inferred.evidence : "pinned",
      storage: .codes(codes.map { newCode[Int($0)] }, levels: levels))
    guard isBad.contains(true) else { return (column, []) }
    return (column, codes.indices.filter { isBad[Int(codes[$0])] })
  }
}
