/// What the values of a column are.
public enum ColumnType: String, Sendable, Codable, Hashable, CaseIterable {
  /// Numbers that can be compared and averaged.
  case numeric
  /// One of a limited set of levels.
  case category
  /// Yes or no.
  case boolean
  /// A day, with or without the time.
  case date
  /// Free text.
  case text
  /// A name or number of the row itself, which says nothing about other rows.
  case identifier
  /// The same value in every row.
  case constant

  /// The type with its article, for messages.
  public var phrase: String {
    switch self {
    case .numeric: "a number"
    case .category: "a category"
    case .boolean: "yes or no"
    case .date: "a date"
    case .text: "text"
    case .identifier: "an identifier"
    case .constant: "a constant"
    }
  }
}
