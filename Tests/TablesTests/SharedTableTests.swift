import Testing

@testable import Tables

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is recorded about a table of the shared collection.
struct RecordedTable: Decodable, Sendable, CustomTestStringConvertible {
  var name: String
  var file: String
  var labels_file: String?
  var task: String
  var rows: Int
  var columns: Int
  var delimiter: String?
  var decimal: String?
  var header: Bool
  var skip_lines: Int?
  var header_names: Names?
  var missing_tokens: [String]
  var missing_cells: Int?
  var categorical_columns: [String]
  var datetime_columns: [String: String]?
  var target_index: Int?
  var class_counts: [String: Int]?
  var target_summary: Summary?

  struct Summary: Decodable, Sendable {
    var min, median, mean, q99, max: Double
  }

  /// All names, or the first and the last ones.
  enum Names: Decodable, Sendable {
    case all([String])
    case ends([String: [String]])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let names = try? container.decode([String].self) {
        self = .all(names)
      } else {
        self = .ends(try container.decode([String: [String]].self))
      }
    }
  }

  var testDescription: String { name }

  /// Every recorded table, none where the collection is absent.
  static let all: [RecordedTable] = {
    struct Collection: Decodable { var datasets: [RecordedTable] }
    guard let bytes = try? readFile(at: Place.data("datasets.json"), maximumBytes: 1_000_000),
      let collection = try? JSONDecoder().decode(Collection.self, from: Data(bytes))
    else { return [] }
    return collection.datasets
  }()
}

@Suite(
  "Shared tables",
  .enabled(
    if: Place.hasSharedData,
    "the shared tables are neither beside the repository nor named by PLUMB_SHARED"))
struct SharedTableTests {
  @Test("every recorded table can be found")
  func found() {
    #expect(RecordedTable.all.count == 13)
  }

  @Test("each table is read as it is recorded", arguments: RecordedTable.all)
  func asRecorded(recorded: RecordedTable) throws {
    let table = try readTable(
      at: Place.data(recorded.file), labels: recorded.labels_file.map { Place.data($0) })
    #expect(table.rowCount == recorded.rows)
    #expect(table.columns.count == recorded.columns + (recorded.labels_file == nil ? 0 : 1))
    #expect(table.badCellCount == 0)
    checkForm(of: table, recorded)
    checkTypes(of: table, recorded)
    try checkTarget(of: table, recorded)
  }

  private func checkForm(of table: Table, _ recorded: RecordedTable) {
    #expect(table.format.header.value == recorded.header)
    guard let delimiter = recorded.delimiter else { return }
    #expect(table.format.delimiter.value == delimiter)
    #expect(table.format.decimal.value == recorded.decimal)
    #expect(table.format.skipLines.value == recorded.skip_lines ?? 0)
    let names = table.columns.map(\.name)
    switch recorded.header_names {
    case .all(let expected): #expect(names == expected)
    case .ends(let ends):
      #expect(names.starts(with: ends["first"] ?? []))
      #expect(names.reversed().starts(with: (ends["last"] ?? []).reversed()))
    case nil: break
    }
    let words = table.format.missing.value.filter { !$0.isEmpty }
    #expect(words == recorded.missing_tokens.filter { !$0.isEmpty })
    // One cell of the castle table holds a single blank, which the record counts as text.
    let blankCells = recorded.name == "castle_solutions" ? 1 : 0
    let missing = table.columns.reduce(0) { $0 + $1.missingCount }
    #expect(missing == (recorded.missing_cells ?? 0) + blankCells)
  }

  private func checkTypes(of table: Table, _ recorded: RecordedTable) {
    for name in recorded.categorical_columns {
      let type = table.column(name)?.type
      #expect(type == .category || type == .boolean || type == .constant, "\(name)")
    }
    for name in recorded.datetime_columns?.keys.sorted() ?? [] {
      #expect(table.column(name)?.type == .date, "\(name)")
    }
  }

  private func checkTarget(of table: Table, _ recorded: RecordedTable) throws {
    let target = table.columns[recorded.target_index ?? table.columns.count - 1]
    let profile = ColumnProfile(of: target)
    if let expected = recorded.class_counts {
      var counts: [String: Int] = [:]
      for level in profile.levels { counts[level.name] = level.count }
      #expect(counts == expected)
    }
    if let expected = recorded.target_summary {
      // The record is rounded to six digits.
      let pairs = [
        (profile.minimum, expected.min), (profile.median, expected.median),
        (profile.mean, expected.mean), (profile.quantile99, expected.q99),
        (profile.maximum, expected.max),
      ]
      for (found, wanted) in pairs {
        #expect(abs(try #require(found) - wanted) <= 1e-5 * max(1, abs(wanted)))
      }
    }
  }

  @Test(
    "columns of the trickier tables have the types a person would give them",
    arguments: [
      ("penguins_raw.csv", "Individual ID", ColumnType.identifier),
      ("penguins_raw.csv", "Comments", .text), ("penguins_raw.csv", "Region", .constant),
      ("penguins_raw.csv", "Clutch Completion", .boolean),
      ("penguins_raw.csv", "Sample Number", .numeric), ("data_03.txt", "country", .category),
      ("data_03.txt", "lifeExp", .numeric), ("taxis.csv", "pickup_zone", .category),
      ("castle-solutions.csv", "Why did you choose your troop deployment?", .text),
      ("ai4i2020.csv", "UDI", .identifier), ("ai4i2020.csv", "ProductID", .identifier),
      ("bank.csv", "poutcome", .category), ("pd_speech.csv", "rownames", .identifier),
    ])
  func types(file: String, column: String, type: ColumnType) throws {
    #expect(try readTable(at: Place.data(file)).column(column)?.type == type)
  }
}
