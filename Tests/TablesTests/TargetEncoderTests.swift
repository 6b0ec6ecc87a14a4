import Testing

@testable import Tables

@Suite("Targets")
struct TargetEncoderTests {
  @Test("numeric targets decode to what was encoded", arguments: TargetScale.allCases)
  func roundTrip(scale: TargetScale) throws {
    let table = try table("a,b\n1,10\n2,0\n3.5,1000\n-0.5,7\n")
    let rows = [0, 1, 2, 3]
    let encoder = try TargetEncoder.fitNumbers(
      columns: ["a", "b"], scale: scale, table: table, rows: rows)
    let decoded = try throughJSON(encoder).decode(encoder.encode(table, rows: rows))
    for (found, expected) in zip(decoded, [1, 10, 2, 0, 3.5, 1000, -0.5, 7]) {
      #expect(abs(found - expected) <= 1e-4 * max(1, abs(expected)))
    }
    #expect(encoder.width == 2)
  }

  @Test("classes are numbered in natural order")
  func classes() throws {
    let table = try table("y,x\n10,a\n9,b\n,c\n9,d\n")
    let encoder = try TargetEncoder.fitClasses(column: "y", table: table, rows: [0, 1, 3])
    #expect(encoder.target == .classes(column: "y", levels: ["9", "10"]))
    #expect(try encoder.encode(table, rows: [0, 1, 3]) == [1, 0, 0])
    #expect(try throughJSON(encoder) == encoder)
  }

  @Test("a missing target, an unknown class and a logarithm of −1 are errors with their row")
  func wrong() throws {
    let table = try table("y,x\n1,a\n-1,b\n,c\n")
    let classes = try TargetEncoder.fitClasses(column: "x", table: table, rows: [0, 1])
    #expect(throws: TableError.self) { try classes.encode(table, rows: [2]) }
    let error = #expect(throws: TableError.self) {
      try TargetEncoder.fitNumbers(columns: ["y"], scale: .log, table: table, rows: [0, 1])
    }
    #expect(error?.message == "row 2, column `y`: -1 has no log(1 + y)")
    let numbers = try TargetEncoder.fitNumbers(
      columns: ["y"], scale: .none, table: table, rows: [0])
    #expect(throws: TableError.self) { try numbers.encode(table, rows: [2]) }
    #expect(throws: TableError.self) {
      try TargetEncoder.fitNumbers(columns: ["z"], scale: .none, table: table, rows: [0])
    }
  }
}
