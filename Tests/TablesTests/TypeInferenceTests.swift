import Testing

@testable import Tables

@Suite("Column types")
struct TypeInferenceTests {
  /// A one-column table beside a counter, long enough for every rule to apply.
  private func column(_ values: [String], name: String = "x") throws -> Column {
    let lines = values.enumerated().map { "\($0 % 7),\"\($1)\"" }
    let table = try table("n,\(name)\n" + lines.joined(separator: "\n") + "\n")
    return try #require(table.column(name))
  }

  private func repeated(_ values: [String], _ count: Int) -> [String] {
    (0..<count).map { values[$0 % values.count] }
  }

  @Test("each kind of values has its type")
  func kinds() throws {
    #expect(try column(repeated(["1", "2.5", "NA"], 60)).type == .numeric)
    #expect(try column(repeated(["0", "1"], 60)).type == .numeric)
    #expect(try column(repeated(["red", "green", "NA"], 60)).type == .category)
    #expect(try column(repeated(["yes", "No", ""], 60)).type == .boolean)
    #expect(try column(repeated(["2019-01-02", "2019-05-03 10:00:00"], 60)).type == .date)
    #expect(try column(repeated(["13/01/2019", "2/5/2019"], 60)).type == .date)
    #expect(try column(repeated(["same"], 60)).type == .constant)
    #expect(try column(repeated(["4"], 60)).type == .constant)
    #expect(try column(repeated(["NA"], 60)).type == .constant)
    #expect(try column((1...60).map { "N\($0)A" }).type == .identifier)
    #expect(try column((1...60).map { "\($0)" }).type == .identifier)
    #expect(try column((1...60).map { "\($0 * $0)" }, name: "user_id").type == .identifier)
    #expect(try column((1...60).map { "\($0 * $0)" }).type == .numeric)
    #expect(try column((1...60).map { "\(Double($0) + 0.5)" }).type == .numeric)
    #expect(try column((1...60).map { "word \($0) of it" }).type == .text)
    #expect(try column(repeated(["Not seen again.", "Lost in the snow."], 60)).type == .text)
  }

  @Test("many levels are a category as long as they come again")
  func manyLevels() throws {
    #expect(try column(repeated((0..<142).map { "country \($0)" }, 1704)).type == .category)
    #expect(try column(repeated((0..<200).map { "zone \($0)" }, 600)).type == .category)
  }

  @Test("every type can be pinned, and says so", arguments: ColumnType.allCases)
  func pinned(type: ColumnType) throws {
    let table = try table("a,b\n1,x\n0,y\n", .init(types: ["a": type]))
    #expect(table.columns[0].type == type)
    #expect(table.columns[0].evidence == "pinned")
  }

  @Test("a few cells that are not numbers are bad cells with row, line, column and value")
  func badCells() throws {
    let values = (0..<100).map { "\(Double($0) + 0.5)" }
    let lines = (values + ["abc\u{7}", ""]).map { "\($0),x" }
    let table = try table("size,b\n" + lines.joined(separator: "\n"))
    #expect(table.columns[0].type == .numeric)
    #expect(
      table.badCells == [
        BadCell(row: 101, line: 102, column: "size", value: "abc\\u{07}", expected: .numeric)
      ])
    #expect(table.badCellCount == 1)
    #expect(table.columns[0].missingCount == 2)
  }

  @Test("more bad cells than 2 % make a column of texts")
  func tooManyBad() throws {
    let values = (0..<94).map { "\($0 % 9)" } + repeated(["low", "high"], 6)
    #expect(try column(values).type == .category)
  }

  @Test("a pinned boolean takes words and digits, and counts the rest as bad")
  func pinnedBoolean() throws {
    let table = try table("a,b\nyes,1\n0,2\nmaybe,3\n", .init(types: ["a": .boolean]))
    #expect(table.badCells.map(\.value) == ["maybe"])
    #expect(table.columns[0].missingCount == 1)
  }

  @Test("labels are sorted as numbers where all are numbers, and whole numbers have no fraction")
  func labels() throws {
    let numbers = try table("a,b\n10.0,x\n9,y\n2.5,z\n,w\n").columns[0].labels()
    #expect(numbers.levels == ["2.5", "9", "10"])
    #expect(numbers.codes == [2, 1, 0, -1])
    let pinned = try table("a,b\n10.0,x\n9,y\n2.5,z\n,w\n", .init(types: ["a": .category]))
    #expect(pinned.columns[0].labels().levels == numbers.levels)
    #expect(pinned.columns[0].labels().codes == numbers.codes)
    let codes = Column(
      name: "c", type: .category, evidence: "",
      storage: .codes([0, 1, -1, 0], levels: ["b", "a", "unused"]))
    #expect(codes.labels().levels == ["a", "b"])
    #expect(codes.labels().codes == [1, 0, -1, 1])
  }

  @Test("rows without a value in a target are left out")
  func targets() throws {
    let table = try table("a,b,c\n1,x,1\n,y,2\n3,,3\n4,z,4\n")
    #expect(table.rowsWithTarget(["a"]) == [0, 2, 3])
    #expect(table.rowsWithTarget(["a", "b"]) == [0, 3])
  }
}
