/// A sum of cells with weights, such as the mean of the cells with a level less that of others.
struct Contrast: Sendable, Hashable {
  /// For each cell of the design.
  var weights: [Double]
  /// How many combinations of the other factors it is a mean of, and of how many it could be: some
  /// are left out where a cell has no score.
  var used: Int
  var whole: Int

  /// Its value in one block.
  func value(of scores: [Double]) -> Double {
    zip(weights, scores).reduce(0) { $0 + ($1.0 == 0 ? 0 : $1.0 * $1.1) }
  }

  /// Its standard deviation where each cell has a noise of 1 of its own.
  var deviation: Double { weights.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}

/// A change of one factor from a level to another.
struct Move: Sendable, Hashable {
  var factor: Int
  var from: Int
  var to: Int
}

extension FactorialDesign {
  /// What one move changes, or by how much the change of a first move differs after a second:
  /// the mean over all combinations of the other factors.
  ///
  /// Where all combinations were trained, those are left out of which a cell has no score; in a
  /// fraction each level is a mean over cells with other levels elsewhere, so that one cell without
  /// a score leaves nothing.
  ///
  /// - Parameters:
  ///   - moves: one or two, of different factors.
  ///   - given: levels of other factors that are kept.
  ///   - isUsable: for each cell, whether it has scores.
  /// - Returns: nil where nothing is left.
  func contrast(_ moves: [Move], given: [Int: Int] = [:], isUsable: [Bool]) -> Contrast? {
    let corners = Self.corners(moves)
    var weights = [Double](repeating: 0, count: cells.count)
    guard isFull else {
      for (levels, sign) in corners {
        let own = cells.indices.filter { place in
          levels.merging(given) { $1 }.allSatisfy { cells[place][$0.key] == $0.value }
        }
        guard !own.isEmpty, own.allSatisfy({ isUsable[$0] }) else { return nil }
        for place in own { weights[place] += sign / Double(own.count) }
      }
      return Contrast(weights: weights, used: 1, whole: 1)
    }
    let starts = cells.indices.filter { place in
      moves.allSatisfy { cells[place][$0.factor] == $0.from }
        && given.allSatisfy { cells[place][$0.key] == $0.value }
    }
    var used = 0
    for start in starts {
      let places = corners.compactMap { levels, sign -> (Int, Double)? in
        var cell = cells[start]
        for (factor, level) in levels { cell[factor] = level }
        return place(of: cell).map { ($0, sign) }
      }
      guard places.allSatisfy({ isUsable[$0.0] }) else { continue }
      used += 1
      for (place, sign) in places { weights[place] += sign }
    }
    guard used > 0 else { return nil }
    return Contrast(
      weights: weights.map { $0 / Double(used) }, used: used, whole: starts.count)
  }

  /// The ends of all moves with their signs: plus where all or none of two were made.
  private static func corners(_ moves: [Move]) -> [(levels: [Int: Int], sign: Double)] {
    moves.reduce([(levels: [:], sign: 1)]) { corners, move in
      corners.flatMap { levels, sign in
        [
          (levels.merging([move.factor: move.from]) { $1 }, -sign),
          (levels.merging([move.factor: move.to]) { $1 }, sign),
        ]
      }
    }
  }

  /// The moves of which the effects are asked: of each factor from its first level to each other,
  /// then of each pair of factors both; of pairs that cannot be told apart only the first.
  var terms: [[Move]] {
    let single = levelCounts.indices.map { factor in
      (1..<levelCounts[factor]).map { Move(factor: factor, from: 0, to: $0) }
    }
    var seen = Set<[Int]>()
    var terms = single.flatMap { $0.map { [$0] } }
    for first in levelCounts.indices {
      for second in levelCounts.indices where second > first {
        guard !seen.contains([first, second]) else { continue }
        seen.formUnion(aliases(of: [first, second]))
        for a in single[first] { terms += single[second].map { [a, $0] } }
      }
    }
    return terms
  }
}
