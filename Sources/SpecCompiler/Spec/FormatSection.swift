public import SpecSyntax
public import Tables

/// How the table is written, as far as the author pins it.
public struct FormatSection: FieldReadable {
  @Located public var delimiter: String?
  @Located public var decimal: String?
  @Located public var header: Bool?
  @Located public var missing: [String]?
  @Located public var skipLines: Int?

  public init(reading fields: inout FieldReader) {
    _delimiter = fields.detected(
      "delimiter", .character, doc: "The character between cells; `tab` for a tab.")
    _decimal = fields.detected(
      "decimal", .choice([(".", ".", "point"), (",", ",", "comma")]),
      doc: "The decimal sign of numbers.")
    _header = fields.detected(
      "header", .boolean, doc: "Whether the first line holds the column names.")
    _missing = fields.detected(
      "missing", .list(of: .cell), doc: "The cells that stand for a missing value.")
    _skipLines = fields.detected(
      "skip_lines", .nonNegative, doc: "Lines before the table proper.")
  }

  /// The options of the table reader.
  public var options: TableOptions {
    var options = TableOptions()
    options.delimiter = delimiter.flatMap { $0 == "tab" ? "\t" : $0.first }
    options.decimal = decimal?.first
    options.hasHeader = header
    options.missing = missing
    options.skipLines = skipLines
    return options
  }
}

extension FieldReader {
  /// A field that is detected from the table unless it is written.
  fileprivate mutating func detected<Value>(
    _ name: String, _ type: FieldType<Value>, doc: String
  ) -> Located<Value?> {
    optional(name, type, doc: doc + " Detected when absent.")
  }
}

extension FieldType where Value == String {
  /// One character, or the word `tab`.
  fileprivate static var character: FieldType {
    choice([
      (",", ",", "comma"), (";", ";", "semicolon"), ("tab", "tab", "tabulator"),
      ("\t", "\t", "tabulator"), ("|", "|", "bar"), (" ", " ", "blank"), (".", ".", "point"),
      (":", ":", "colon"),
    ])
  }

  /// The text of a cell, which may be empty.
  fileprivate static var cell: FieldType { textOrEmpty("cell") }
}
