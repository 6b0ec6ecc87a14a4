/// Rows dealt into folds, each of which tests a model that has not seen it.
public enum RowFolds {
  /// One fold: the rows that test, and those a model may learn from, each in ascending order.
  public struct Fold: Sendable, Hashable {
    public var learn: [Int]
    public var test: [Int]

    public init(learn: [Int], test: [Int]) { (self.learn, self.test) = (learn, test) }
  }

  /// Deals rows into `count` folds of nearly one size, the same for the same seed.
  ///
  /// With `orderBy`, the rows are cut by time into `count` + 1 blocks, and each block but the first
  /// is tested by a model of all blocks before it. Otherwise each row tests once, and a model
  /// learns from all other folds: with `groupBy`, rows of one group stay in one fold; else with
  /// `stratifyBy`, the rows of a class are spread over the folds, within one row of evenly. A code
  /// of −1 is a group of its own, or a class like others.
  public static func make(
    rowCount: Int, count: Int, stratifyBy: [Int32]? = nil, groupBy: [Int32]? = nil,
    orderBy: [Double]? = nil, seed: UInt64
  ) -> [Fold] {
    precondition(count >= 2, "one fold leaves nothing to learn from")
    var random = SeededBits(seed: seed)
    if let orderBy { return chained(orderBy, count) }
    let folds: [Int]
    if let groupBy {
      folds = foldsOfGroups(groupBy, count, &random)
    } else {
      let classes = stratifyBy ?? [Int32](repeating: 0, count: rowCount)
      folds = foldsOfClasses(classes, count, &random)
    }
    return (0..<count).map { fold in
      Fold(
        learn: folds.indices.filter { folds[$0] != fold },
        test: folds.indices.filter { folds[$0] == fold })
    }
  }
}

/// Blocks in order of time, the earliest of which takes what is left over; rows without a time are
/// the earliest.
private func chained(_ times: [Double], _ count: Int) -> [RowFolds.Fold] {
  let keys = times.map { $0.isNaN ? -Double.infinity : $0 }
  let order = times.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
  let size = order.count / (count + 1)
  return (0..<count).map { fold in
    let start = order.count - (count - fold) * size
    return RowFolds.Fold(
      learn: order[..<start].sorted(), test: order[start..<(start + size)].sorted())
  }
}

/// The fold of each row: whole groups, the largest first, to the fold that has the fewest rows.
private func foldsOfGroups(
  _ codes: [Int32], _ count: Int, _ random: inout SeededBits
) -> [Int] {
  var groups = rowsByCode(codes, hasSingles: true)
  random.shuffle(&groups)
  let order = groups.indices.sorted { (groups[$1].count, $0) < (groups[$0].count, $1) }
  var sizes = [Int](repeating: 0, count: count)
  var folds = [Int](repeating: 0, count: codes.count)
  for group in order {
    let fold = sizes.indices.min { sizes[$0] < sizes[$1] } ?? 0
    for row in groups[group] { folds[row] = fold }
    sizes[fold] += groups[group].count
  }
  return folds
}

/// The fold of each row: the rows of each class in random order, dealt out in turn.
private func foldsOfClasses(
  _ codes: [Int32], _ count: Int, _ random: inout SeededBits
) -> [Int] {
  var folds = [Int](repeating: 0, count: codes.count)
  var next = 0
  for rows in rowsByCode(codes, hasSingles: false) {
    var rows = rows
    random.shuffle(&rows)
    for row in rows {
      folds[row] = next % count
      next += 1
    }
  }
  return folds
}

/// The rows of each code in ascending order; with `hasSingles`, each row of code −1 by itself.
private func rowsByCode(_ codes: [Int32], hasSingles: Bool) -> [[Int]] {
  var rowsOfCode: [Int32: [Int]] = [:]
  var singles: [[Int]] = []
  for (row, code) in codes.enumerated() {
    if code < 0, hasSingles {
      singles.append([row])
    } else {
      rowsOfCode[code, default: []].append(row)
    }
  }
  return rowsOfCode.keys.sorted().map { rowsOfCode[$0] ?? [] } + singles
}
