/// The texts that stand for no value.
struct MissingTokens {
  /// Each token as bytes.
  private(set) var tokens: [[UInt8]]
  /// The tokens one after another, and where each ends; a last byte so that neither is empty.
  let bytes: [UInt8]
  let ends: [UInt32]
  private let longest: Int
  /// Whether a token is itself a number, such as `-999`, so that numbers must be compared too.
  let includesNumbers: Bool

  init(_ tokens: [String]) {
    self.tokens = tokens.map { Array($0.utf8) }
    longest = self.tokens.map(\.count).max() ?? -1
    bytes = self.tokens.joined() + [0]
    var (end, ends) = (UInt32(0), [UInt32]())
    for token in self.tokens {
      end += UInt32(token.count)
      ends.append(end)
    }
    self.ends = ends + [end]
    includesNumbers = tokens.contains { parseNumber($0) != nil }
  }

  /// The position of the token that a slice of bytes holds.
  func index(of slice: ArraySlice<UInt8>) -> Int? {
    guard slice.count <= longest else { return nil }
    return tokens.firstIndex { $0.count == slice.count && $0[...] == slice }
  }

  /// No token.
  static let none = MissingTokens([])

  /// Tokens that nearly always mean "no value".
  static let usual = ["", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null", "?"]

  /// Tokens that mean "no value" where they stand among numbers or dates, but are words elsewhere.
  static let amongNumbers = ["-", "--", ".", "None", "none", "missing", "nil", "na", "*"]
}
