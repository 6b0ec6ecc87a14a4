/// Which combinations of levels are trained: all, or a fraction from which main effects and pairs
/// can still be told.
public struct FactorialDesign: Sendable, Hashable {
  /// How many levels each factor has.
  public let levelCounts: [Int]
  /// The level of each factor, the last factor changing fastest.
  public let cells: [[Int]]
  /// Sets of factors of two levels whose signs multiply to plus in every cell, the shortest first;
  /// empty where all combinations are there.
  public let words: [[Int]]
  private let places: [[Int]: Int]

  private init(levelCounts: [Int], words: [[Int]]) {
    self.levelCounts = levelCounts
    self.words = words.sorted { ($0.count, $0.description) < ($1.count, $1.description) }
    cells = Self.combinations(levelCounts).filter { cell in
      // A level is a sign: the first minus, the second plus.
      words.allSatisfy { word in word.count { cell[$0] == 0 }.isMultiple(of: 2) }
    }
    places = Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($0.element, $0.offset) })
  }

  /// All combinations.
  public init(levelCounts: [Int]) { self.init(levelCounts: levelCounts, words: []) }

  public var isFull: Bool { words.isEmpty }

  /// The length of the shortest word: with 4 main effects are clear of pairs, with 5 pairs of each
  /// other; nil where nothing is mixed.
  public var resolution: Int? { words.map(\.count).min() }

  /// The place of a cell.
  func place(of cell: [Int]) -> Int? { places[cell] }

  /// Pairs of factors whose interaction cannot be told apart from that of a pair.
  func aliases(of pair: [Int]) -> [[Int]] {
    words.filter { $0.count == 4 && pair.allSatisfy($0.contains) }
      .map { word in word.filter { !pair.contains($0) } }
  }

  private static func combinations(_ counts: [Int]) -> [[Int]] {
    counts.reduce([[]]) { cells, count in
      cells.flatMap { cell in (0..<count).map { cell + [$0] } }
    }
  }
}

extension FactorialDesign {
  /// How many factors an experiment may have: more are a matter for `plumb tune`.
  public static let mostFactors = 8
  /// How many cells there may be at all.
  public static let mostCells = 256

  /// Designs of at most so many cells, the largest first: all combinations if they fit, then the
  /// best half, quarter and so on, as long as main effects are clear of pairs.
  public static func candidates(levelCounts: [Int], limit: Int) -> [FactorialDesign] {
    let total = levelCounts.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    guard levelCounts.count <= mostFactors, total > 0 else { return [] }
    var designs = total <= limit ? [FactorialDesign(levelCounts: levelCounts)] : []
    let two = levelCounts.indices.filter { levelCounts[$0] == 2 }
    for halvings in 1..<max(2, two.count) where total >> halvings <= limit {
      guard let words = bestWords(of: two, halvings: halvings) else { break }
      designs.append(FactorialDesign(levelCounts: levelCounts, words: words))
    }
    return designs
  }

  /// The words of the fraction of factors of two levels whose shortest words are longest, and
  /// fewest; nil where one would have less than four letters.
  ///
  /// All ways of setting the last factors to products of the others are tried, which are some
  /// thousands at the most.
  private static func bestWords(of factors: [Int], halvings: Int) -> [[Int]]? {
    let base = factors.count - halvings
    guard base >= 3 else { return nil }
    let products = (0..<(1 << base)).filter { $0.nonzeroBitCount >= 3 }
    var best: (counts: [Int], words: [Int])?
    func visit(_ chosen: [Int], from start: Int) {
      guard chosen.count == halvings else {
        for index in products.indices where index >= start {
          visit(chosen + [products[index]], from: index + 1)
        }
        return
      }
      let words = allProducts(of: chosen, base: base)
      // How many words there are of each length, from 3: less is better, the shortest first.
      let counts = (3...factors.count).map { size in words.count { $0.nonzeroBitCount == size } }
      guard counts[0] == 0 else { return }
      if let known = best, !counts.lexicographicallyPrecedes(known.counts) { return }
      best = (counts, words)
    }
    visit([], from: 0)
    return best?.words.map { word in
      factors.indices.filter { word >> $0 & 1 == 1 }.map { factors[$0] }
    }
  }

  /// All products of the words that set factor `base + i` to a product of the first factors.
  private static func allProducts(of chosen: [Int], base: Int) -> [Int] {
    let generators = chosen.enumerated().map { $0.element | 1 << (base + $0.offset) }
    return (1..<(1 << generators.count)).map { set in
      generators.indices.filter { set >> $0 & 1 == 1 }.reduce(0) { $0 ^ generators[$1] }
    }
  }
}
