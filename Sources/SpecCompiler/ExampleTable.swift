import SpecSyntax
public import Tables

/// The few numbers about a table that examples depend on.
public struct ExampleTable: Sendable {
  /// Rows of the whole table, of which a fifth is for validation.
  public var rows: Int
  /// Columns other than the target, all numeric where `columns` does not say otherwise.
  public var inputs: Int
  /// How many classes the target has; nil for a numeric target.
  public var classes: Int?
  /// The share of rows of the rarest class; the others have equal shares. Nil for equal classes.
  public var rareShare: Double?
  /// Mean and standard deviation of a numeric target.
  public var mean: Double
  public var deviation: Double
  /// The least value of a numeric target, its skewness, and its largest value in medians; nil where
  /// they do not matter.
  public var minimum: Double?
  public var skewness: Double?
  public var maximumOverMedian: Double?
  /// Share of the target's values further than 3.5 robust deviations from the median.
  public var outlierShare: Double
  public var excessKurtosis: Double
  /// The share of rows that have the same values as another.
  public var repeatedShare: Double
  /// The columns other than the target, where examples depend on them; else empty.
  public var columns: [ExampleColumn]

  init(
    rows: Int = 1000, inputs: Int = 10, classes: Int? = nil, rareShare: Double? = nil,
    mean: Double = 0, deviation: Double = 1, minimum: Double? = nil, skewness: Double? = nil,
    maximumOverMedian: Double? = nil, outlierShare: Double = 0, excessKurtosis: Double = 0,
    repeatedShare: Double = 0, columns: [ExampleColumn] = []
  ) {
    self.rows = rows
    self.inputs = columns.isEmpty ? inputs : columns.count
    self.classes = classes
    self.rareShare = rareShare
    self.mean = mean
    self.deviation = deviation
    self.minimum = minimum
    self.skewness = skewness
    self.maximumOverMedian = maximumOverMedian
    self.outlierShare = outlierShare
    self.excessKurtosis = excessKurtosis
    self.repeatedShare = repeatedShare
    self.columns = columns
  }

  /// The table in words: "1000 rows, 10 inputs, numeric target".
  public var text: String {
    var text = "\(rows) rows, \(columns.isEmpty ? "\(counted(inputs, "input")), " : "")"
    if let classes {
      text += "\(classes) classes"
      if let rareShare { text += ", the rarest with \(percentText(rareShare)) of the rows" }
    } else {
      text += targetText
    }
    if repeatedShare > 0 { text += ", \(percentText(repeatedShare)) of rows like another" }
    return columns.isEmpty ? text : text + "; " + columns.map(\.text).joined(separator: "; ")
  }

  private var targetText: String {
    var text = "numeric target"
    // With columns of its own, an example is seldom about the target.
    if columns.isEmpty {
      text += " with mean \(roundedText(mean)), deviation \(roundedText(deviation))"
    }
    if outlierShare > 0 { text += ", \(percentText(outlierShare)) outliers" }
    if let minimum { text += ", from \(roundedText(minimum))" }
    if let skewness { text += ", skewness \(roundedText(skewness))" }
    if let maximumOverMedian { text += ", up to \(roundedText(maximumOverMedian)) medians" }
    return text
  }
}

/// One column of an example's table: what it holds, and what rules ask of it.
public struct ExampleColumn: Sendable {
  public var name: String
  public var type: ColumnType
  public var isInteger = false
  /// How many different values there are; nil for one in every row.
  public var distinct: Int?
  public var missingShare = 0.0
  public var mean = 0.0
  public var deviation = 1.0
  /// How far the farthest value lies from the median, in distances between the quartiles.
  public var tailRatio: Double?
  /// How many rows the rarest level has.
  public var rarest: Int?
  /// The column that holds the same.
  public var sameAs: String?
  /// The share of neighbouring rows of which the later has no earlier date.
  public var orderShare: Double?
  /// What the column alone tells of the target.
  public var link: ColumnLink?

  private init(_ name: String, _ type: ColumnType) {
    self.name = name
    self.type = type
  }

  static func number(
    _ name: String, mean: Double = 0, deviation: Double = 1, tailRatio: Double? = nil,
    isInteger: Bool = false, distinct: Int? = nil, missingShare: Double = 0,
    link: ColumnLink? = nil
  ) -> ExampleColumn {
    var column = ExampleColumn(name, .numeric)
    (column.mean, column.deviation, column.tailRatio) = (mean, deviation, tailRatio)
    (column.isInteger, column.distinct) = (isInteger, distinct)
    (column.missingShare, column.link) = (missingShare, link)
    return column
  }

  static func category(
    _ name: String, levels: Int, rarest: Int? = nil, sameAs: String? = nil,
    link: ColumnLink? = nil
  ) -> ExampleColumn {
    var column = ExampleColumn(name, .category)
    (column.distinct, column.rarest) = (levels, rarest)
    (column.sameAs, column.link) = (sameAs, link)
    return column
  }

  static func date(_ name: String, orderShare: Double) -> ExampleColumn {
    var column = ExampleColumn(name, .date)
    column.orderShare = orderShare
    return column
  }

  /// The column in words: "`city` of 200 levels".
  public var text: String {
    var parts: [String] = []
    switch type {
    case .category: parts.append("\(distinct ?? 0) levels")
    case .date: parts.append("dates\((orderShare ?? 0) >= 0.95 ? " in order" : "")")
    case .numeric, .boolean, .text, .identifier, .constant:
      if let distinct { parts.append("\(distinct) \(isInteger ? "whole " : "")numbers") }
      if mean != 0 || deviation != 1 {
        parts.append("mean \(roundedText(mean)), deviation \(roundedText(deviation))")
      }
    }
    if let tailRatio { parts.append("up to \(roundedText(tailRatio)) quartile distances away") }
    if let rarest { parts.append("the rarest in \(counted(rarest, "row"))") }
    if missingShare > 0 { parts.append("\(percentText(missingShare)) missing") }
    if let sameAs { parts.append("as `\(sameAs)`") }
    if let link { parts.append(link.text) }
    return "`\(name)`" + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
  }
}

extension ColumnLink {
  /// The link in words.
  fileprivate var text: String {
    var parts: [String] = []
    if let share = numberShare ?? classShare {
      parts.append("tells \(percentText(share)) of the target")
    }
    if let lineShare { parts.append("a line explains \(percentText(lineShare))") }
    if let telling {
      parts.append(
        """
        `\(telling.value)` goes with \(percentText(telling.usualShare)) of all rows, the class \
        `\(telling.className)`, alone
        """)
    }
    return parts.joined(separator: ", ")
  }
}
