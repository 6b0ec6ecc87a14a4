/// Fitted preprocessing: learned from the training rows, then applied alike to every table.
///
/// A numeric or boolean column becomes one input, imputed and scaled. A category becomes one input
/// for each level of the training rows, which is 1 for the row's level and 0 otherwise, and with
/// `own_level` one more for unknown and missing values; or it becomes one input, the number of its
/// level. A number may also become an input for each bin of its training values. A date becomes
/// its year, month, day, weekday and hour, as far as they differ among the training rows, each
/// scaled to mean 0 and deviation 1. Constant columns are divided by 1, and every result is a
/// finite number.
public struct FeatureEncoder: Sendable, Codable, Hashable {
  /// The columns in the order of their inputs, with what was learned of each.
  public private(set) var features: [FittedFeature]

  /// Learns from the given rows of a table.
  public static func fit(
    _ plans: [FeaturePlan], to table: Table, rows: [Int]
  ) throws(TableError) -> FeatureEncoder {
    var features: [FittedFeature] = []
    for plan in plans {
      features.append(try FittedFeature(plan, table: table, rows: rows))
    }
    return FeatureEncoder(features: features)
  }

  /// How many inputs the plans call for, told from a profile before anything is fitted.
  ///
  /// The fitted width is smaller where a level, or a difference in a part of the dates, occurs
  /// only outside the training rows.
  public static func width(of plans: [FeaturePlan], profile: DataProfile) -> Int {
    plans.reduce(0) { width, plan in
      width + (profile.column(plan.column).map { self.width(of: plan, column: $0) } ?? 0)
    }
  }

  /// How many inputs one plan calls for, told from the profile of its column.
  public static func width(of plan: FeaturePlan, column: ColumnProfile) -> Int {
    switch (plan.kind, plan.form) {
    case (_, .index): 1
    case (_, .bins(let count)): count
    case (.numeric, .plain), (.boolean, .plain): 1
    case (.category, .plain): column.distinct + (plan.unknown == .ownLevel ? 1 : 0)
    case (.date, .plain): column.dateParts.count
    }
  }

  /// The inputs that are numbers of levels, by place, each with how many levels its table has.
  public var indexPlaces: [Int: Int] {
    var places: [Int: Int] = [:]
    var offset = 0
    for feature in features {
      if case .index(let levels) = feature.plan.form { places[offset] = levels }
      offset += feature.width
    }
    return places
  }

  /// How many inputs a row has.
  public var width: Int { features.reduce(0) { $0 + $1.width } }

  /// The columns, each with the places of the inputs that it gives.
  public var columnPlaces: [(name: String, places: Range<Int>)] {
    var offset = 0
    return features.map { feature in
      defer { offset += feature.width }
      return (feature.plan.column, offset..<offset + feature.width)
    }
  }

  /// A name for each input, such as `bill_length_mm`, `island=Biscoe` or `pickup.hour`.
  public var inputNames: [String] { features.flatMap(\.inputNames) }

  /// The decisions it was fitted from.
  public var plans: [FeaturePlan] { features.map(\.plan) }

  /// Options for reading another table for this encoder: types and date orders are pinned, so
  /// that a few rows are read as the whole training table was.
  public func pinning(_ options: TableOptions) -> TableOptions {
    var pinned = options
    for feature in features {
      pinned.types[feature.plan.column] = feature.plan.kind.columnType
      pinned.dateOrders[feature.plan.column] = feature.dateOrder
    }
    return pinned
  }

  /// The inputs of the given rows, row after row, `stride` numbers each; the padding is zero.
  ///
  /// Throws for a missing column, a cell of another kind, and an unknown level under `.error`.
  public func encode(_ table: Table, rows: [Int], stride: Int) throws(TableError) -> [Float] {
    let bound = try bound(to: table, rows: rows)
    var inputs = [Float](repeating: 0, count: rows.count * stride)
    bound.write(0..<rows.count, to: &inputs, stride: stride)
    return inputs
  }

  /// The features bound to rows of a table, to be encoded a block of rows at a time.
  ///
  /// Throws as `encode` does.
  public func bound(to table: Table, rows: [Int]) throws(TableError) -> BoundFeatures {
    var sources: [InputSource] = []
    var offset = 0
    for feature in features {
      sources.append(try InputSource(feature, table: table, rows: rows, offset: offset))
      offset += feature.width
    }
    return BoundFeatures(rows: rows, width: width, sources: sources)
  }
}

/// Fitted features of certain rows of a table.
public struct BoundFeatures {
  let rows: [Int]
  let width: Int
  let sources: [InputSource]

  /// Writes the inputs of some of the rows to a buffer of zeros, from its start.
  public func write(_ range: Range<Int>, to inputs: inout [Float], stride: Int) {
    precondition(stride >= width, "a row of inputs must fit in its stride")
    // Some rows at a time stay in the cache while all columns write to them.
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(start + 64, range.upperBound)
      for source in sources {
        source.write(
          rows[start..<end], to: &inputs, at: (start - range.lowerBound) * stride, stride: stride)
      }
      start = end
    }
  }
}
