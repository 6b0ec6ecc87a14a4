/// What the author pins about the form of a table; `nil` means detect.
public struct TableOptions: Sendable, Hashable {
  /// What stands between two values of a row.
  public var delimiter: Character?
  /// What stands between the whole and the fraction of a number.
  public var decimal: Character?
  /// What encloses a value that holds delimiters or line ends.
  public var quote: Character?
  /// Whether the first line that is not skipped holds the column names.
  public var hasHeader: Bool?
  /// How many lines at the top do not belong to the table.
  public var skipLines: Int?
  /// The cells that stand for no value.
  public var missing: [String]?
  /// Names in place of the header's, one for each column.
  public var columnNames: [String]?
  /// Types by column name; names that the table lacks have no effect.
  public var types: [String: ColumnType]
  /// The order of the parts of dates by column name; without effect on other columns.
  public var dateOrders: [String: DateOrder]
  /// How many threads read at the same time; nil for as many as there are processors.
  public var threads: Int?
  /// The largest file, also after unpacking, that is read; never above `greatestBytes`.
  public var maximumBytes: Int {
    didSet { maximumBytes = min(maximumBytes, Self.greatestBytes) }
  }

  public init(
    delimiter: Character? = nil, decimal: Character? = nil, quote: Character? = nil,
    hasHeader: Bool? = nil, skipLines: Int? = nil, missing: [String]? = nil,
    columnNames: [String]? = nil, types: [String: ColumnType] = [:],
    dateOrders: [String: DateOrder] = [:], threads: Int? = nil,
    maximumBytes: Int = TableOptions.greatestBytes
  ) {
    self.delimiter = delimiter
    self.decimal = decimal
    self.quote = quote
    self.hasHeader = hasHeader
    self.skipLines = skipLines
    self.missing = missing
    self.columnNames = columnNames
    self.types = types
    self.dateOrders = dateOrders
    self.threads = threads
    self.maximumBytes = min(maximumBytes, Self.greatestBytes)
  }

  /// No file above this size is read: places in it are kept in 32 bits.
  public static let greatestBytes = 2_000_000_000

  /// Pins everything that was in force when another table was read.
  public init(pinning format: TableFormat, types: [String: ColumnType] = [:]) {
    self.init(
      delimiter: format.delimiter.value.first, decimal: format.decimal.value.first,
      quote: format.quote.value.first, hasHeader: format.header.value,
      skipLines: format.skipLines.value, missing: format.missing.value, types: types)
  }
}
