public import SpecSyntax
import Tables

/// The facts of a table as a file that stands in for it: its columns, without its rows.
///
/// The file is JSON. Its fields are declared here once, and read as those of a spec are.
public struct ProfileDocument: FieldReadable {
  /// The version of the format that is written and read.
  public static let version = 1

  public var table: String
  public var bytes: Int
  public var sha256: String
  public var rows: Int
  public var profiledRows: Int
  public var duplicateRows: Int
  var format: ProfileFormat
  @Located var imageShape: [Int]?
  @Located var columns: [NamedValue<ProfileColumn>]

  public init(reading fields: inout FieldReader) {
    _ = fields.required(
      "plumb_profile", .integer(1...Self.version), doc: "The version of this format.")
    table = fields.required(
      "table", .text("file name"), doc: "The name of the table's file, without its folder."
    ).wrappedValue
    bytes = fields.required(
      "bytes", .nonNegative, doc: "The size of the file as it lies on the disk."
    ).wrappedValue
    sha256 = fields.required(
      "sha256", .text("digest"),
      doc: "The SHA-256 of the file's bytes, by which changes are noticed."
    ).wrappedValue
    rows = fields.required("rows", .positive, doc: "Rows of data.").wrappedValue
    profiledRows = fields.required(
      "profiled_rows", .positive, doc: "Rows that the facts rest on: all of them."
    ).wrappedValue
    duplicateRows = fields.required(
      "duplicate_rows", .nonNegative, doc: "Rows that repeat an earlier one in every column."
    ).wrappedValue
    format = fields.section(
      "format", ProfileFormat.self, doc: "How the table is written, as it was detected.")
    _imageShape = fields.optional(
      "image_shape", .list(of: .positive), doc: "Height and width of images.")
    _columns = fields.required(
      "columns", .map(of: .section(show: { $0.type.rawValue })),
      doc: "The columns by name, in the table's order.")
  }
}

/// The form of the table that a profile describes.
struct ProfileFormat: FieldReadable {
  let kind: String
  let encoding: String
  let delimiter: String
  let decimal: String
  let quote: String
  let lineEnding: String
  let skipLines: Int
  let header: Bool
  let missing: [String]

  init(reading fields: inout FieldReader) {
    kind = fields.required(
      "kind", .text("kind"), doc: "Such as `delimited text`, `gzip of delimited text`, `IDX`."
    ).wrappedValue
    encoding = fields.required("encoding", .text("encoding"), doc: "Such as `utf-8`.").wrappedValue
    delimiter = fields.required(
      "delimiter", .textOrEmpty("character"), doc: "The character between cells."
    ).wrappedValue
    decimal = fields.required(
      "decimal", .textOrEmpty("character"), doc: "The decimal sign of numbers."
    ).wrappedValue
    quote = fields.required(
      "quote", .textOrEmpty("character"), doc: "What encloses a cell that holds delimiters."
    ).wrappedValue
    lineEnding = fields.required(
      "line_ending", .textOrEmpty("name"), doc: "`lf`, `crlf` or `cr`."
    ).wrappedValue
    skipLines = fields.required(
      "skip_lines", .nonNegative, doc: "Lines before the table proper."
    ).wrappedValue
    header = fields.required(
      "header", .boolean, doc: "Whether a line holds the column names."
    ).wrappedValue
    missing = fields.required(
      "missing", .list(of: .textOrEmpty("cell")), doc: "The cells that stand for no value."
    ).wrappedValue
  }

  /// The form as a reader of tables gives it.
  var tableFormat: TableFormat {
    TableFormat(
      kind: kind, encoding: encoding, delimiter: delimiter, decimal: decimal, quote: quote,
      lineEnding: lineEnding, skipLines: skipLines, header: header, missing: missing,
      evidence: "the profile says so")
  }
}

/// The facts of one column in a profile.
struct ProfileColumn: FieldReadable {
  let type: ColumnType
  let evidence: String
  let missing: Int
  let distinct: Int
  let isInteger: Bool
  let levels: [NamedValue<Int>]
  let dateParts: [DatePart]
  let badCells: Int
  /// The statistics by their names in the file.
  let numbers: [Double?]

  /// The statistics in the order in which they are written.
  static let statistics: [Statistic] = [
    Statistic("minimum", \.minimum, "The least number."),
    Statistic("maximum", \.maximum, "The greatest number."),
    Statistic("mean", \.mean, "The mean."),
    Statistic("standard_deviation", \.standardDeviation, "The standard deviation."),
    Statistic("median", \.median, "The median."),
    Statistic(
      "median_absolute_deviation", \.medianAbsoluteDeviation,
      "The median distance to the median."),
    Statistic("quantile_01", \.quantile01, "1 % of the numbers are below."),
    Statistic("quantile_05", \.quantile05, "5 % of the numbers are below."),
    Statistic("quantile_25", \.quantile25, "A quarter of the numbers are below."),
    Statistic("quantile_75", \.quantile75, "Three quarters of the numbers are below."),
    Statistic("quantile_95", \.quantile95, "95 % of the numbers are below."),
    Statistic("quantile_99", \.quantile99, "99 % of the numbers are below."),
    Statistic(
      "outlier_share", \.outlierShare,
      "The share of numbers further from the median than 3.5 robust deviations."),
    Statistic("skewness", \.skewness, "The skewness."),
    Statistic("excess_kurtosis", \.excessKurtosis, "The excess kurtosis."),
    Statistic(
      "step_share", \.stepShare, "How often a row has exactly one more than the row before it."),
    Statistic(
      "order_share", \.orderShare, "How often a row is not earlier than the row before it."),
  ]

  /// A statistic of columns of numbers.
  struct Statistic: Sendable {
    let name: String
    let value: @Sendable (ColumnProfile) -> Double?
    let set: @Sendable (inout ColumnProfile, Double?) -> Void
    let doc: String

    init(
      _ name: String, _ path: any WritableKeyPath<ColumnProfile, Double?> & Sendable, _ doc: String
    ) {
      self.name = name
      self.doc = doc
      value = { $0[keyPath: path] }
      set = { $0[keyPath: path] = $1 }
    }
  }

  init(reading fields: inout FieldReader) {
    type = fields.required(
      "type", .choice(ColumnType.allCases.map { ($0.rawValue, $0, $0.phrase) }),
      doc: "What the column holds."
    ).wrappedValue
    evidence = fields.required(
      "evidence", .textOrEmpty("words"), doc: "Why it has this type."
    ).wrappedValue
    missing = fields.required("missing", .nonNegative, doc: "Cells without a value.").wrappedValue
    distinct = fields.required("distinct", .nonNegative, doc: "Different values.").wrappedValue
    isInteger = fields.field(
      "integer", .boolean, default: false, doc: "Whether every value is a whole number."
    ).wrappedValue
    numbers = Self.statistics.map { statistic in
      fields.optional(statistic.name, .number(), doc: statistic.doc + " Of numbers and dates only.")
        .wrappedValue
    }
    levels = fields.field(
      "levels", .map(of: .nonNegative), default: [],
      doc: "The most frequent values and how many rows have each."
    ).wrappedValue
    dateParts = fields.field(
      "date_parts", .list(of: .choice(DatePart.allCases.map { ($0.rawValue, $0, "") })),
      default: [], doc: "The parts in which the dates differ."
    ).wrappedValue
    badCells = fields.field(
      "bad_cells", .nonNegative, default: 0,
      doc: "Cells that are not of the column's type; they count as missing."
    ).wrappedValue
  }

  /// The column as a reader of tables gives it.
  func profile(named name: String, rows: Int) -> ColumnProfile {
    var column = ColumnProfile(
      name: name, type: type, evidence: evidence, rows: rows, missing: missing, distinct: distinct)
    column.isInteger = isInteger
    for (statistic, number) in zip(Self.statistics, numbers) { statistic.set(&column, number) }
    column.levels = levels.map { .init(name: $0.name, count: $0.value) }
    column.dateParts = dateParts
    return column
  }
}
