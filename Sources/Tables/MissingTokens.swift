/// The texts that stand for no value.
struct MissingTokens {
  /// Each token as bytes.
  private(set) var tokens: [[UInt8]]
  private let longest: Int
  /// Whether a token is itself a number, such as `-999`, so that numbers must be compared too.
  let includesNumbers: Bool

  init(_ tokens: [String]) {
    self.tokens = tokens.map { Array($0.utf8) }
    longest = self.tokens.map(\.count).max() ?? -1
    includesNumbers = tokens.contains { parseNumber($0) != nil }
  }

  /// The position of the token that a cell holds.
  func index(of cell: Cell, in grid: CellGrid) -> Int? {
    guard cell.count <= longest else { return nil }
    return tokens.firstIndex { grid.cell(cell, equals: $0) }
  }

  /// Tokens that nearly always mean "no value".
  static let usual = ["", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null", "?"]

  /// Tokens that mean "no value" where they stand among numbers or dates, but are words elsewhere.
  static let amongNumbers = ["-", "--", ".", "None", "none", "missing", "nil", "na", "*"]
}
