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
      let outcome = tables.facts(path: path, labels: nil, options: options) {
        reads.withLock { $0 += 1 }
        return .facts(facts)
      }
      guard case .facts(let facts) = outcome else { return 0 }
      return facts.profile.rows
    }
    #expect(rows == [Int](repeating: 2, count: 64))
    #expect(reads.withLock { $0 } == 4)
  }
}
