/// Which tokens stand for no value in a file, settled over all its columns.
struct MissingDetection {
  var tokens: MissingTokens
  var rowCount: Int
  var isPinned: Bool

  /// The tokens in force, with evidence.
  ///
  /// An empty cell is always missing. A word is where it stands among numbers or dates, or is
  /// usual for the purpose and stands in a category or in at least 1 % of a text column's cells.
  func missing(in drafts: [ColumnDraft]) -> TableFormat.Item<[String]> {
    let names = tokens.tokens.map { String(decoding: $0, as: UTF8.self) }
    if isPinned { return .pinned(names) }
    var counts = [Int](repeating: 0, count: names.count)
    var isMissing = names.map(\.isEmpty)
    for draft in drafts {
      let found = tokenCounts(draft)
      for (token, count) in found.counts.enumerated() where count > 0 {
        counts[token] += count
        if speaks(token, count, found.type) { isMissing[token] = true }
      }
    }
    let inForce = names.indices.filter { isMissing[$0] }
    let evidence = inForce.filter { counts[$0] > 0 }.map { token in
      "\(names[token].isEmpty ? "empty" : "`\(names[token])`") in \(counted(counts[token], "cell"))"
    }
    return .detected(
      inForce.map { names[$0] },
      evidence.isEmpty ? "no cell is missing" : evidence.joined(separator: ", "))
  }

  /// Whether so many cells in a column of this type (`nil` for numbers) show the token's meaning.
  private func speaks(_ token: Int, _ count: Int, _ type: ColumnType?) -> Bool {
    guard let type else { return true }
    guard token < MissingTokens.usual.count else { return false }
    let isFree = type == .text || type == .identifier
    return !isFree || Double(count) >= 0.01 * Double(rowCount)
  }

  /// How often each token stands in a column, and the type of a column of texts.
  private func tokenCounts(_ draft: ColumnDraft) -> (counts: [Int], type: ColumnType?) {
    switch draft {
    case .numbers(let numbers): return (numbers.tokenCounts, nil)
    case .levels(_, let table):
      var counts = [Int](repeating: 0, count: tokens.tokens.count)
      var values = LevelSummary()
      for level in 0..<table.count {
        let token = tokens.index(of: table.slice(level))
        if let token { counts[token] += table.cellCount(level) }
        let isUsual = token.map { $0 < MissingTokens.usual.count } ?? false
        if !isUsual { values.add(table.slice(level), table.cellCount(level)) }
      }
      return (counts, values.type.type)
    }
  }
}
