/// What each column alone tells of the target, estimated from a sample of rows.
public struct TargetLinks: Sendable, Codable, Hashable {
  public var target: String
  /// The rows of the sample, of which one half is predicted from the other.
  public var rows: Int
  public var columns: [ColumnLink]

  public init(target: String, rows: Int, columns: [ColumnLink]) {
    self.target = target
    self.rows = rows
    self.columns = columns
  }

  /// Looks at every column but the target; nil where fewer than 40 rows have one.
  init?(_ table: Table, target: Column, _ facts: ColumnProfile, _ columns: [ColumnProfile]) {
    let sample = LinkSample(target, facts, columns: table.columns.count)
    guard sample.rows.count >= 40 else { return nil }
    self.target = target.name
    rows = sample.rows.count
    self.columns = zip(table.columns, columns).compactMap { column, profile in
      guard column.name != target.name, profile.distinct > 1 else { return nil }
      return sample.link(of: column, profile)
    }
  }

  /// The link of the column of this name.
  public func column(_ name: String) -> ColumnLink? {
    columns.first { $0.name == name }
  }
}

/// What one column alone tells of the target.
///
/// The shares are measured on rows that did not help to predict: the column is cut into at most 32
/// bins of equally many rows, or its levels, and each bin answers its most frequent class or its
/// mean. 1 is a column that determines the target, 0 one that says nothing.
public struct ColumnLink: Sendable, Codable, Hashable {
  public var name: String
  /// The share of the mistakes of always answering the most frequent class that the bins avoid;
  /// nil where the target is no class.
  public var classShare: Double?
  /// R² of the target, or of its rank, whichever the bins or a straight line explain best; nil
  /// where the target is no number.
  public var numberShare: Double?
  /// R² of a straight line; nil where either is no number.
  public var lineShare: Double?
  /// Whether the column seems to be the target plus something: never less, nearly in proportion,
  /// and in a fifth of the rows more by one of five amounts.
  public var holdsTarget: Bool
  /// A value that goes with one rare class alone.
  public var telling: TellingValue?

  public init(
    name: String, classShare: Double? = nil, numberShare: Double? = nil,
    lineShare: Double? = nil, holdsTarget: Bool = false, telling: TellingValue? = nil
  ) {
    self.name = name
    self.classShare = classShare
    self.numberShare = numberShare
    self.lineShare = lineShare
    self.holdsTarget = holdsTarget
    self.telling = telling
  }
}

/// A value of a column of two values that goes with one class in 98 of 100 rows and more, although
/// at most a quarter of all rows have that class.
public struct TellingValue: Sendable, Codable, Hashable {
  public var value: String
  public var className: String
  /// Rows with the value, at least 20.
  public var rows: Int
  /// The share of them that have the class, and that of all rows.
  public var share: Double
  public var usualShare: Double

  public init(value: String, className: String, rows: Int, share: Double, usualShare: Double) {
    self.value = value
    self.className = className
    self.rows = rows
    self.share = share
    self.usualShare = usualShare
  }
}
