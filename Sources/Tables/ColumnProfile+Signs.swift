extension ColumnProfile {
  /// How many cells hold a value.
  public var known: Int { rows - missing }

  /// Why the column looks like a name or number of the row, which says nothing about other rows;
  /// nil where it does not.
  ///
  /// Numbers of which nearly every row has another are common among measures, so whole numbers
  /// need a second sign: they count the rows, or the column has the name of an identifier.
  public var identifierSign: String? {
    if type == .identifier { return evidence }
    guard known >= 20 else { return nil }
    let isDistinct = Double(distinct) > 0.95 * Double(known)
    guard mean != nil else {
      return isDistinct && type != .text ? "a different text in nearly every row" : nil
    }
    guard isInteger, type != .date else { return nil }
    let isNamed = hasIdentifierName(name)
    if let stepShare, stepShare > 0.9, isDistinct || isNamed {
      return isDistinct ? "counts the rows up by one" : "counts rows up by one, again and again"
    }
    return isDistinct && isNamed
      ? "a different whole number in nearly every row, and the name of an identifier" : nil
  }

  /// How far the farthest value lies from the median, in distances between the quartiles; nil
  /// where the quartiles are equal, which then say nothing.
  public var tailRatio: Double? {
    guard let median, let minimum, let maximum, let quantile25, let quantile75,
      quantile75 > quantile25
    else { return nil }
    return max(maximum - median, median - minimum) / (quantile75 - quantile25)
  }

  /// The share of the rows that hold no value.
  public var missingShare: Double { rows == 0 ? 0 : Double(missing) / Double(rows) }
}
