import Testing

@testable import Tables

@Suite("Committed tables")
struct ExampleTableTests {
  @Test(
    "each example's table has its rows, its target and no bad or missing cell",
    arguments: [
      ("iris.csv", 150, 5, "species", 3), ("breast_cancer.csv", 569, 31, "diagnosis", 2),
      ("digits.csv", 1797, 65, "digit", 10),
    ])
  func classes(file: String, rows: Int, columns: Int, target: String, classes: Int) throws {
    let table = try readTable(at: Place.example(file))
    #expect(table.rowCount == rows)
    #expect(table.columns.count == columns)
    #expect(table.badCellCount == 0)
    #expect(table.columns.allSatisfy { $0.missingCount == 0 })
    #expect(table.column(target)?.labels().levels.count == classes)
  }

  @Test("the diabetes table is numeric throughout")
  func diabetes() throws {
    let table = try readTable(at: Place.example("diabetes.csv"))
    #expect(table.rowCount == 442)
    #expect(table.columns.allSatisfy { $0.type == .numeric })
    let profile = DataProfile(of: table)
    #expect(profile.column("progression")?.minimum == 25)
    #expect(profile.column("progression")?.maximum == 346)
  }
}
