/// Rows with what is known of their target, for measuring what single columns tell of it.
struct LinkSample {
  /// At most 4,000 rows, evenly spread over those whose target is known.
  private(set) var rows: [Int] = []
  /// Whether the target of a row helps to predict; the others are predicted.
  private var teaches: [Bool] = []
  /// The target as numbers, and their ranks from 0 to 1; empty for words.
  private var numbers: [Double] = []
  private var ranks: [Double] = []
  /// The target as classes; empty where it has too many values.
  private var classes: [Int] = []
  private let classNames: [String]
  private let target: Column
  private let facts: ColumnProfile
  private let classOfNumber: [Double: Int]

  init(_ target: Column, _ facts: ColumnProfile, columns: Int) {
    (self.target, self.facts) = (target, facts)
    // Wide tables have many columns to look at, so fewer rows have to do.
    let wanted = max(1_000, min(4_000, 4_000_000 / max(1, columns)))
    rows = spread(target.count, over: wanted).filter { !target.isMissing(row: $0) }
    teaches = rows.indices.map { mixed(UInt64($0)) & 1 == 0 }
    switch target.storage {
    case .codes(_, let levels):
      classNames = levels
      classOfNumber = [:]
    case .numbers(let own):
      numbers = rows.map { own[$0] }
      let isClass = facts.isInteger && facts.distinct <= 100 && facts.type != .date
      classNames = isClass ? facts.levels.map(\.name) : []
      classOfNumber = Dictionary(
        classNames.enumerated().compactMap { index, name in Double(name).map { ($0, index) } },
        uniquingKeysWith: { first, _ in first })
    }
    ranks = rankShares(numbers)
    if (2...200).contains(classNames.count) { classes = rows.map { classIndex($0) ?? 0 } }
  }

  /// The class of a row of the table; nil where it has none.
  private func classIndex(_ row: Int) -> Int? {
    switch target.storage {
    case .codes(let codes, _): codes[row] < 0 ? nil : Int(codes[row])
    case .numbers(let own): classOfNumber[own[row]]
    }
  }

  /// Measures one column; nil where it has too many levels.
  func link(of column: Column, _ profile: ColumnProfile) -> ColumnLink? {
    guard let bins = ColumnBins(column, rows: rows) else { return nil }
    var link = ColumnLink(name: column.name)
    if !classes.isEmpty {
      link.classShare = avoidedMistakes(bins)
      if profile.distinct == 2 { link.telling = tellingValue(of: column, profile) }
    }
    guard !numbers.isEmpty else { return link }
    var best = max(explained(numbers, by: bins), explained(ranks, by: bins))
    if case .numbers(let own) = column.storage, column.type != .date {
      let values = rows.map { own[$0] }
      let line = squaredCorrelation(values, numbers)
      link.lineShare = line
      best = max(best, line)
      link.holdsTarget =
        line >= 0.9 && profile.distinct > 20 && facts.distinct > 20 && isSum(values)
    }
    link.numberShare = best
    return link
  }

  /// The share of the mistakes of the most frequent class that each bin's own avoids.
  private func avoidedMistakes(_ bins: ColumnBins) -> Double {
    let width = classNames.count
    var counts = [Int](repeating: 0, count: bins.count * width)
    var totals = [Int](repeating: 0, count: width)
    for place in rows.indices where teaches[place] {
      counts[bins.bins[place] * width + classes[place]] += 1
      totals[classes[place]] += 1
    }
    let usual = totals.indices.max { totals[$0] < totals[$1] } ?? 0
    var answers = [Int](repeating: usual, count: bins.count)
    for bin in 0..<bins.count {
      let own = counts[(bin * width)..<((bin + 1) * width)]
      guard let most = own.indices.max(by: { own[$0] < own[$1] }), own[most] > 0 else { continue }
      answers[bin] = most - bin * width
    }
    var (mistakes, usualMistakes) = (0, 0)
    for place in rows.indices where !teaches[place] {
      if answers[bins.bins[place]] != classes[place] { mistakes += 1 }
      if usual != classes[place] { usualMistakes += 1 }
    }
    guard usualMistakes > 0 else { return 0 }
    return max(0, 1 - Double(mistakes) / Double(usualMistakes))
  }

  /// R² of the bins' means on the rows that did not teach; each mean leans a little to that of all.
  private func explained(_ values: [Double], by bins: ColumnBins) -> Double {
    var sums = [Double](repeating: 0, count: bins.count)
    var counts = [Double](repeating: 0, count: bins.count)
    for place in rows.indices where teaches[place] {
      sums[bins.bins[place]] += values[place]
      counts[bins.bins[place]] += 1
    }
    let all = counts.reduce(0, +)
    guard all > 0 else { return 0 }
    let mean = sums.reduce(0, +) / all
    var (left, whole) = (0.0, 0.0)
    for place in rows.indices where !teaches[place] {
      let bin = bins.bins[place]
      let answer = (sums[bin] + mean) / (counts[bin] + 1)
      left += (values[place] - answer) * (values[place] - answer)
      whole += (values[place] - mean) * (values[place] - mean)
    }
    let share = 1 - left / whole
    return share.isFinite ? max(0, share) : 0
  }

  /// Whether values are the target plus something.
  private func isSum(_ values: [Double]) -> Bool {
    var amounts: [Int64: Int] = [:]
    let largest = numbers.reduce(0) { max($0, $1.magnitude) }
    let unit = max(largest, .leastNormalMagnitude) * 1e-9
    var known = 0
    for (value, number) in zip(values, numbers) where !value.isNaN {
      let steps = ((value - number) / unit).rounded()
      guard steps >= -1, steps < 1e18 else { return false }
      amounts[Int64(steps), default: 0] += 1
      known += 1
    }
    let common = amounts.values.sorted(by: >).prefix(5).reduce(0, +)
    return amounts.count > 1 && common * 5 >= known
  }

  /// The value of a column of two that gives a rare class away.
  private func tellingValue(of column: Column, _ profile: ColumnProfile) -> TellingValue? {
    guard let (names, side) = sides(of: column, profile) else { return nil }
    let width = classNames.count
    var counts = [Int](repeating: 0, count: 2 * width)
    // Rare values are the point, so more rows than those of the sample are looked at.
    for row in spread(target.count, over: 20_000) where !column.isMissing(row: row) {
      if let own = classIndex(row) { counts[side(row) * width + own] += 1 }
    }
    let totals = (0..<width).map { counts[$0] + counts[width + $0] }
    let all = Double(max(1, totals.reduce(0, +)))
    for (side, name) in names.enumerated() {
      let own = Array(counts[(side * width)..<((side + 1) * width)])
      let rows = own.reduce(0, +)
      guard rows >= 20, let most = own.indices.max(by: { own[$0] < own[$1] }) else { continue }
      let (share, usual) = (Double(own[most]) / Double(rows), Double(totals[most]) / all)
      guard share >= 0.98, usual <= 0.25 else { continue }
      return TellingValue(
        value: name, className: classNames[most], rows: rows, share: share, usualShare: usual)
    }
    return nil
  }

  /// The two values of a column, and which of them a row has.
  private func sides(
    of column: Column, _ profile: ColumnProfile
  ) -> (names: [String], side: (Int) -> Int)? {
    switch column.storage {
    case .codes(let codes, let levels):
      let names = profile.levels.map(\.name)
      guard names.count == 2, let first = levels.firstIndex(of: names[0]) else { return nil }
      return (names, { Int(codes[$0]) == first ? 0 : 1 })
    case .numbers(let own):
      guard let minimum = profile.minimum, let maximum = profile.maximum else { return nil }
      return ([numberText(minimum), numberText(maximum)], { own[$0] == minimum ? 0 : 1 })
    }
  }
}

/// Row numbers of a table, at most so many, evenly spread.
private func spread(_ rows: Int, over wanted: Int) -> [Int] {
  let step = max(1, (rows + wanted - 1) / wanted)
  return Array(stride(from: 0, to: rows, by: step))
}

/// The rank of each number as a share, equal numbers in the middle of their ranks.
private func rankShares(_ numbers: [Double]) -> [Double] {
  let sorted = numbers.sorted()
  return numbers.map { number in
    let below = firstPlace(in: sorted) { $0 >= number }
    let upTo = firstPlace(in: sorted) { $0 > number }
    return Double(below + upTo) / Double(2 * max(1, sorted.count))
  }
}

/// The first place in an ascending list from which on a condition is true.
func firstPlace(in sorted: [Double], where isTrue: (Double) -> Bool) -> Int {
  var (low, high) = (0, sorted.count)
  while low < high {
    let middle = (low + high) / 2
    if isTrue(sorted[middle]) { high = middle } else { low = middle + 1 }
  }
  return low
}

/// The squared correlation of numbers where both are known; 0 where either is constant.
private func squaredCorrelation(_ x: [Double], _ y: [Double]) -> Double {
  var (count, meanX, meanY) = (0.0, 0.0, 0.0)
  for (a, b) in zip(x, y) where !a.isNaN && !b.isNaN {
    count += 1
    meanX += (a - meanX) / count
    meanY += (b - meanY) / count
  }
  var (xx, yy, xy) = (0.0, 0.0, 0.0)
  for (a, b) in zip(x, y) where !a.isNaN && !b.isNaN {
    xx += (a - meanX) * (a - meanX)
    yy += (b - meanY) * (b - meanY)
    xy += (a - meanX) * (b - meanY)
  }
  let share = xy / xx * (xy / yy)
  return share.isFinite ? min(1, share) : 0
}
