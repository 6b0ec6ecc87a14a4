/// The rows for training, validation and test: disjoint, together all, each in ascending order.
public struct RowSplit: Sendable, Codable, Hashable {
  public var train: [Int]
  public var validation: [Int]
  public var test: [Int]

  public init(train: [Int], validation: [Int], test: [Int]) {
    self.train = train
    self.validation = validation
    self.test = test
  }

  /// How much of the rows a part gets.
  public enum Part: Sendable, Codable, Hashable {
    case share(Double)
    case count(Int)

    /// The number of rows this is of so many.
    func rows(of total: Int) -> Int {
      switch self {
      case .share(let share):
        guard share.isFinite else { return 0 }
        return Int((min(max(share, 0), 1) * Double(total)).rounded())
      case .count(let count): return min(max(count, 0), total)
      }
    }
  }

  /// Splits row indices, the same for the same seed.
  ///
  /// With `orderBy`, the latest rows are the test part and those before them the validation part.
  /// Else with `groupBy`, rows of one group stay together, and parts are as near to their size as
  /// whole groups allow. Else with `stratifyBy`, each class's share of a part is within one row
  /// of its share of the whole. A code of −1 is a group of its own, or a class like others. At
  /// least one row is left for training where there is one.
  public static func make(
    rowCount: Int, validation: Part, test: Part, stratifyBy: [Int32]? = nil,
    groupBy: [Int32]? = nil, orderBy: [Double]? = nil, seed: UInt64
  ) -> RowSplit {
    let testCount = min(test.rows(of: rowCount), max(0, rowCount - 1))
    let validationCount = min(
      validation.rows(of: rowCount), max(0, rowCount - 1 - testCount))
    var random = SeededBits(seed: seed)
    var part = [RowPart](repeating: .train, count: rowCount)
    if let orderBy {
      assignLatest(&part, orderBy, testCount, validationCount)
    } else if let groupBy {
      assignGroups(&part, groupBy, testCount, validationCount, &random)
    } else {
      let classes = stratifyBy ?? [Int32](repeating: 0, count: rowCount)
      assignClasses(&part, classes, testCount, validationCount, &random)
    }
    return RowSplit(
      train: part.indices.filter { part[$0] == .train },
      validation: part.indices.filter { part[$0] == .validation },
      test: part.indices.filter { part[$0] == .test })
  }
}

private enum RowPart {
  case train
  case validation
  case test
}

/// Gives the last rows in time to the test part; rows without a time are the earliest.
private func assignLatest(
  _ part: inout [RowPart], _ times: [Double], _ testCount: Int, _ validationCount: Int
) {
  let keys = times.map { $0.isNaN ? -Double.infinity : $0 }
  let order = part.indices.sorted { (keys[$0], $0) > (keys[$1], $1) }
  for row in order.prefix(testCount) { part[row] = .test }
  for row in order.dropFirst(testCount).prefix(validationCount) { part[row] = .validation }
}

/// Gives whole groups, in random order, to the test part and then to the validation part, as long
/// as that brings the part nearer to its size.
private func assignGroups(
  _ part: inout [RowPart], _ codes: [Int32], _ testCount: Int, _ validationCount: Int,
  _ random: inout SeededBits
) {
  var rowsOfGroup: [Int32: [Int]] = [:]
  for (row, code) in codes.enumerated() where code >= 0 {
    rowsOfGroup[code, default: []].append(row)
  }
  var groups = rowsOfGroup.keys.sorted().map { rowsOfGroup[$0] ?? [] }
  for (row, code) in codes.enumerated() where code < 0 { groups.append([row]) }
  random.shuffle(&groups)
  var unassigned = groups.count
  for (name, size) in [(RowPart.test, testCount), (.validation, validationCount)] {
    var missing = size
    for group in groups where part[group[0]] == .train && unassigned > 1 {
      guard group.count < 2 * missing else { continue }
      for row in group { part[row] = name }
      missing -= group.count
      unassigned -= 1
    }
  }
}

/// Draws from each class in proportion to its size.
private func assignClasses(
  _ part: inout [RowPart], _ codes: [Int32], _ testCount: Int, _ validationCount: Int,
  _ random: inout SeededBits
) {
  var rowsOfClass: [Int32: [Int]] = [:]
  for (row, code) in codes.enumerated() { rowsOfClass[code, default: []].append(row) }
  var classes = rowsOfClass.keys.sorted().map { rowsOfClass[$0] ?? [] }
  for index in classes.indices { random.shuffle(&classes[index]) }
  let sizes = classes.map(\.count)
  let testSizes = apportion(testCount, among: sizes, limits: sizes)
  let limits = zip(sizes, testSizes).map { $0 - $1 }
  let validationSizes = apportion(validationCount, among: sizes, limits: limits)
  for (index, rows) in classes.enumerated() {
    for row in rows.prefix(testSizes[index]) { part[row] = .test }
    for row in rows.dropFirst(testSizes[index]).prefix(validationSizes[index]) {
      part[row] = .validation
    }
  }
}

/// Shares a total out in proportion to sizes, by largest remainder, none above its limit.
private func apportion(_ total: Int, among sizes: [Int], limits: [Int]) -> [Int] {
  let whole = sizes.reduce(0, +)
  guard whole > 0 else { return sizes.map { _ in 0 } }
  let ideal = sizes.map { Double($0) * Double(total) / Double(whole) }
  var counts = zip(ideal, limits).map { min(Int($0), $1) }
  let order = sizes.indices.sorted { left, right in
    let (x, y) = (ideal[left] - Double(counts[left]), ideal[right] - Double(counts[right]))
    return x == y ? left < right : x > y
  }
  var missing = total - counts.reduce(0, +)
  while missing > 0 {
    let before = missing
    for index in order where missing > 0 && counts[index] < limits[index] {
      counts[index] += 1
      missing -= 1
    }
    guard missing < before else { break }
  }
  return counts
}
