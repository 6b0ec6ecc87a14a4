import Testing

@testable import Tables

@Suite("What single columns tell of the target")
struct TargetLinksTests {
  @Test("a column that determines the target tells all of it, noise tells nothing", arguments: [1, 2, 3])
  func extremes(seed: UInt64) throws {
    var random = SeededBits(seed: seed)
    let rows = (0..<1_000).map { row in
      let x = Double(random.next() % 10_000)
      return "\(x * x * x),\(random.next() % 7),\(row % 2 == 0 ? "a" : "b"),\(x)"
    }
    let links = try links("cube,noise,letter,y\n" + rows.joined(separator: "\n"), target: "y")
    #expect(try #require(links.column("cube")?.numberShare) > 0.99)
    #expect(try #require(links.column("noise")?.numberShare) < 0.05)
    #expect(try #require(links.column("letter")?.numberShare) < 0.05)
    #expect(links.column("letter")?.lineShare == nil)
    #expect(links.column("y") == nil)
  }

  @Test("many levels with a row each tell nothing, for rows that were not seen judge")
  func identifiers() throws {
    let rows = (0..<600).map { "r\($0),\($0 % 3 == 0 ? "yes" : "no")" }
    let links = try links("name,y\n" + rows.joined(separator: "\n"), target: "y")
    #expect(try #require(links.column("name")?.classShare) < 0.1)
  }

  @Test("a flag of some cases of a rare class is told by its value")
  func flags() throws {
    let rows = (0..<1_000).map { row in
      let isRare = row % 25 == 0
      return "\(isRare && row % 50 == 0 ? 1 : 0),\(row % 5 == 0 ? 1 : 0),\(isRare ? 1 : 0)"
    }
    let links = try links("flag,other,y\n" + rows.joined(separator: "\n"), target: "y")
    let telling = try #require(links.column("flag")?.telling)
    #expect((telling.value, telling.className, telling.rows) == ("1", "1", 20))
    #expect((telling.share, telling.usualShare) == (1, 0.04))
    #expect(links.column("other")?.telling == nil)
  }

  @Test("a sum with the target in it is known by its amounts")
  func sums() throws {
    var random = SeededBits(seed: 4)
    let rows = (0..<500).map { _ in
      let fare = Double(random.next() % 4_000) / 100
      let tip = random.next() % 2 == 0 ? 0 : Double(random.next() % 500) / 100
      let distance = fare / 3 + Double(random.next() % 100) / 100
      return "\(fare + tip + [2.5, 3.3][Int(random.next() % 2)]),\(100 + distance),\(fare)"
    }
    let links = try links("total,distance,fare\n" + rows.joined(separator: "\n"), target: "fare")
    #expect(links.column("total")?.holdsTarget == true)
    #expect(links.column("distance")?.holdsTarget == false)
  }

  @Test("too few rows give no links")
  func fewRows() throws {
    let table = try table("x,y\n" + (0..<30).map { "\($0),\($0)" }.joined(separator: "\n"))
    #expect(DataProfile(of: table, target: "y").links == nil)
    #expect(DataProfile(of: table).links == nil)
  }

  @Test("copies are found: equal numbers, renamed levels with a few slips, nothing else")
  func copies() throws {
    let rows = (0..<500).map { row in
      let level = row * 7 % 20
      let code = row == 3 ? "c0" : "c\(level)"
      return "\(row * row % 83),n\(level),\(code),\(row * row % 83),\(row * 3 % 83),k\(row % 20 / 2)"
    }
    let table = try table("a,name,code,b,other,coarse\n" + rows.joined(separator: "\n"))
    let profile = DataProfile(of: table)
    #expect(profile.columns.map(\.sameAs) == [nil, nil, "name", "a", nil, nil])
  }

  @Test("rows like another are counted, the first of them too")
  func repeats() throws {
    let profile = DataProfile(of: try table("a,b\n1,x\n2,y\n1,x\n3,z\n1,x\n2,y\n"))
    #expect((profile.duplicateRows, profile.repeatedRows) == (3, 5))
  }

  @Test("a number that counts again and again, and is called so, names the row")
  func counters() throws {
    let rows = (0..<300).map { "\($0 % 100 + 1),\($0 % 100 + 1),\($0 * 37 % 1_009)" }
    let profile = DataProfile(
      of: try table("Sample Number,week,size\n" + rows.joined(separator: "\n")))
    #expect(profile.column("Sample Number")?.identifierSign != nil)
    #expect(profile.column("week")?.identifierSign == nil)
    #expect(profile.column("size")?.identifierSign == nil)
  }

  private func table(_ text: String) throws -> Table {
    try readTable(bytes: Array(text.utf8), name: "t.csv")
  }

  private func links(_ text: String, target: String) throws -> TargetLinks {
    try #require(DataProfile(of: try table(text), target: target).links)
  }
}
