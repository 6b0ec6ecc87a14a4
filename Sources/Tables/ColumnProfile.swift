/// What is worth knowing about a column before it is used.
public struct ColumnProfile: Sendable, Codable, Hashable {
  public var name: String
  public var type: ColumnType
  /// Why it has this type, in words.
  public var evidence: String
  public var rows: Int
  public var missing: Int
  /// How many different values there are, missing ones apart.
  public var distinct: Int
  /// Whether every value is a whole number; false for texts.
  public var isInteger: Bool

  // The following are `nil` for texts and where every cell is missing.
  public var minimum: Double?
  public var maximum: Double?
  public var mean: Double?
  /// The square root of the mean squared distance to the mean.
  public var standardDeviation: Double?
  public var median: Double?
  public var medianAbsoluteDeviation: Double?
  public var quantile01: Double?
  public var quantile05: Double?
  /// The quartiles: a quarter and three quarters of the values lie below them.
  public var quantile25: Double?
  public var quantile75: Double?
  public var quantile95: Double?
  public var quantile99: Double?
  /// The share of values further from the median than 3.5 · 1.4826 · MAD, where MAD is the median
  /// absolute deviation; 0 where MAD is 0, which then says nothing.
  public var outlierShare: Double?
  public var skewness: Double?
  public var excessKurtosis: Double?

  /// The most frequent values, at most 1,000; empty for numbers that are not whole and for dates.
  public var levels: [LevelCount]
  /// The parts in which the dates differ; empty for other columns.
  public var dateParts: [DatePart]

  /// Of whole numbers, the share of neighbouring rows of which the later has exactly one more.
  public var stepShare: Double?
  /// Of dates, the share of neighbouring rows of which the later is not earlier.
  public var orderShare: Double?
  /// An earlier column that holds the same: equal numbers, or one level for each of its levels.
  public var sameAs: String?

  /// A value and how many rows have it.
  public struct LevelCount: Sendable, Codable, Hashable {
    public var name: String
    public var count: Int

    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  static let maximumLevels = 1_000

  /// A column of which no more is known yet.
  public init(
    name: String, type: ColumnType, evidence: String, rows: Int, missing: Int, distinct: Int
  ) {
    self.name = name
    self.type = type
    self.evidence = evidence
    self.rows = rows
    self.missing = missing
    self.distinct = distinct
    (isInteger, levels, dateParts) = (false, [], [])
  }

  /// Profiles a column over all its rows.
  public init(of column: Column) {
    name = column.name
    type = column.type
    evidence = column.evidence
    rows = column.count
    missing = column.missingCount
    (distinct, isInteger, levels, dateParts) = (0, false, [], [])
    switch column.storage {
    case .codes(let codes, let names): describe(codes, names)
    case .numbers(let numbers):
      let sorted = ascending(numbers)
      describe(sorted)
      if type == .date {
        dateParts = varyingParts(sorted)
        orderShare = shareOfNeighbours(in: numbers) { $1 >= $0 }
      } else if isInteger, distinct > 10 {
        stepShare = shareOfNeighbours(in: numbers) { $1 == $0 + 1 }
      }
    }
  }

  /// Counts the levels, most frequent first and in natural order among equals.
  private mutating func describe(_ codes: Codes, _ names: [String]) {
    var counts = [Int](repeating: 0, count: names.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    let used = naturalOrder(of: names).filter { counts[$0] > 0 }
    distinct = used.count
    keepMostFrequent(used.map { LevelCount(name: names[$0], count: counts[$0]) })
  }

  private mutating func keepMostFrequent(_ all: [LevelCount]) {
    let order = all.indices.sorted { (-all[$0].count, $0) < (-all[$1].count, $1) }
    levels = order.prefix(Self.maximumLevels).map { all[$0] }
  }

  /// Fills in the statistics of an ascending list of numbers.
  private mutating func describe(_ sorted: [Double]) {
    guard let low = sorted.first, let high = sorted.last else { return }
    countDistinct(sorted)
    let moments = Moments(sorted)
    let centre = quantile(0.5, of: sorted)
    let spread = medianDistance(from: centre, of: sorted)
    (minimum, maximum) = (low, high)
    (mean, standardDeviation) = (moments.mean, moments.deviation)
    (median, medianAbsoluteDeviation) = (centre, spread)
    quantile01 = quantile(0.01, of: sorted)
    quantile05 = quantile(0.05, of: sorted)
    quantile25 = quantile(0.25, of: sorted)
    quantile75 = quantile(0.75, of: sorted)
    quantile95 = quantile(0.95, of: sorted)
    quantile99 = quantile(0.99, of: sorted)
    outlierShare = 0
    if spread > 0 {
      let bound = 3.5 * 1.4826 * spread
      let outliers = sorted.count { ($0 - centre).magnitude > bound }
      outlierShare = Double(outliers) / Double(sorted.count)
    }
    (skewness, excessKurtosis) = (moments.skewness, moments.excessKurtosis)
  }

  private mutating func countDistinct(_ sorted: [Double]) {
    isInteger = true
    // The runs of equal numbers, as far as they may be listed: while all are whole.
    var runs: [(number: Double, count: Int)] = []
    var last = Double.nan
    for number in sorted {
      if number == last {
        if isInteger, distinct <= Self.maximumLevels { runs[runs.count - 1].count += 1 }
        continue
      }
      last = number
      distinct += 1
      if isInteger, number != number.rounded(.towardZero) { isInteger = false }
      if isInteger, distinct <= Self.maximumLevels { runs.append((number, 1)) }
    }
    guard isInteger, type != .date, distinct <= Self.maximumLevels else { return }
    keepMostFrequent(runs.map { LevelCount(name: numberText($0.number), count: $0.count) })
  }
}

/// The share of neighbouring rows, both known, that stand in a relation.
///
/// Where few of the first do, the rest is not looked at.
private func shareOfNeighbours(
  in numbers: Numbers, _ isRelated: (Double, Double) -> Bool
) -> Double {
  var (related, all, last) = (0, 0, Double.nan)
  for number in numbers {
    if !number.isNaN, !last.isNaN {
      all += 1
      if isRelated(last, number) { related += 1 }
      if all == 64, related < 32 { break }
    }
    last = number
  }
  return all == 0 ? 0 : Double(related) / Double(all)
}
