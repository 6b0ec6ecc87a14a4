import Synchronization
import Tables
import Testing

@testable import Linting

@Suite("tables that specs share")
struct SharedTablesTests {
  @Test("each is read once, however many ask at the same time; others apart")
  func once() throws {
    let tables = SharedTables()
    let reads = Mutex(0)
    let table = try readTable(bytes: Array("a,b\n1,2\n3,4\n".utf8), name: "t.csv")
    let facts = TableFacts(of: table)
    let rows = parallelResults(64) { index -> Int in
      var options = TableOptions()
      if index % 3 == 0 { options.types = ["a": .category] }
      let path = index % 2 == 0 ? "t.csv" : "u.csv"
      let outcome = tables.facts(path: path, labels: nil, options: options) { _ in
        reads.withLock { $0 += 1 }
        return .facts(facts)
      }
      guard case .facts(let facts) = outcome else { return 0 }
      return facts.profile.rows
    }
    #expect(rows == [Int](repeating: 2, count: 64))
    #expect(reads.withLock { $0 } == 4)
  }

  @Test("declaring what is found gives the facts of a reading that declares nothing")
  func declaredAsFound() throws {
    let rows = (0..<40).map { row in
      "\(Double(row) / 4),\(row % 3 == 0 ? "x" : "y"),\(row % 2 == 0 ? "yes" : "no"),"
        + "2024-01-\(row % 20 + 10),\(row == 7 ? "NA" : "\(row)")\n"
    }
    let text = "n,c,b,d,m\n" + rows.joined()
    let read = { (options: TableOptions) in
      try readTable(bytes: Array(text.utf8), name: "t.csv", options: options)
    }
    let kinds: [String: ColumnType] = [
      "n": .numeric, "c": .category, "b": .boolean, "d": .date, "m": .numeric,
    ]
    let found = TableFacts(of: try read(TableOptions()))
    for column in found.profile.columns {
      let declared = TableFacts(
        of: try read(TableOptions(types: [column.name: column.type])))
      #expect(withoutReasons(declared) == withoutReasons(found), "\(column.name)")
      #expect(column.type == kinds[column.name], "\(column.name)")
    }
    let tables = SharedTables()
    let readings = Mutex<[TableOptions]>([])
    for types in [
      ["n": ColumnType.numeric], ["c": .category, "n": .numeric], [:], ["n": .category],
      ["n": .category, "c": .category, "missing": .date],
    ] {
      let outcome = tables.facts(path: "t.csv", labels: nil, options: TableOptions(types: types)) {
        options -> SharedTables.Outcome in
        readings.withLock { $0.append(options) }
        let table = try? read(options)
        return table.map { .facts(TableFacts(of: $0)) }
          ?? .refused(TableError("no table", path: "t.csv"))
      }
      guard case .facts(let facts) = outcome else {
        Issue.record("refused")
        continue
      }
      let own = TableFacts(of: try read(TableOptions(types: types)))
      #expect(withoutReasons(facts) == withoutReasons(own), "\(types)")
    }
    #expect(readings.withLock { $0.map(\.types) } == [[:], ["n": .category]])
  }

  private func withoutReasons(_ facts: TableFacts) -> TableFacts {
    var facts = facts
    var columns = facts.profile.columns
    for index in columns.indices { columns[index].evidence = "" }
    facts.profile.columns = columns
    return facts
  }
}
