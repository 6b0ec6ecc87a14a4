import Testing

@testable import Tables

@Suite("Profile")
struct DataProfileTests {
  @Test("the statistics of a column are those of its definition")
  func statistics() throws {
    var random = SeededBits(seed: 3)
    for count in [1, 2, 3, 10, 101] {
      let values = (0..<count).map { _ in Double(random.next() % 1000) / 8 }
      let profile = ColumnProfile(
        of: Column(name: "x", type: .numeric, evidence: "", storage: .numbers(Numbers(values + [.nan]))))
      let sorted = values.sorted()
      let mean = values.reduce(0, +) / Double(count)
      let median = (sorted[count / 2] + sorted[(count - 1) / 2]) / 2
      let distances = values.map { abs($0 - median) }.sorted()
      let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(count)
      #expect(profile.missing == 1)
      #expect(profile.distinct == Set(values).count)
      #expect((profile.minimum, profile.maximum) == (sorted.first, sorted.last))
      #expect(abs((profile.mean ?? 0) - mean) < 1e-9)
      #expect(abs((profile.standardDeviation ?? 0) - variance.squareRoot()) < 1e-9)
      #expect(profile.median == median)
      #expect(
        profile.medianAbsoluteDeviation
          == (distances[count / 2] + distances[(count - 1) / 2]) / 2)
    }
  }

  @Test("counting and comparing sort alike")
  func sorting() {
    var random = SeededBits(seed: 5)
    let numbers = (0..<500).map { _ in Double(random.next() % 90) - 45 }
    #expect(ascending(numbers + [.nan, .infinity]) == numbers.sorted())
    #expect(ascending(numbers.map { $0 / 4 }) == numbers.map { $0 / 4 }.sorted())
  }

  @Test("the outlier share counts values far from the median in robust spreads")
  func outliers() {
    let values = (0..<99).map { Double($0 % 11) } + [1e6]
    let profile = ColumnProfile(
      of: Column(name: "x", type: .numeric, evidence: "", storage: .numbers(Numbers(values))))
    #expect(profile.outlierShare == 0.01)
    #expect((profile.skewness ?? 0) > 5)
  }

  @Test("huge and tiny values have finite statistics")
  func extremes() {
    for values in [[1e308, -1e308, 5e307], [1e-300, 2e-300, 4e-300], [3, 3, 3]] {
      let profile = ColumnProfile(
        of: Column(name: "x", type: .numeric, evidence: "", storage: .numbers(Numbers(values))))
      #expect((profile.mean ?? .nan).isFinite)
      #expect((profile.standardDeviation ?? .nan).isFinite)
    }
  }

  @Test("levels are listed most frequent first, and repeated rows are counted")
  func levels() throws {
    let profile = DataProfile(of: try table("a,b\nx,1\ny,2\ny,2\nz,3\ny,2\n"))
    #expect(profile.column("a")?.levels.map(\.name) == ["y", "x", "z"])
    #expect(profile.column("a")?.levels.map(\.count) == [3, 1, 1])
    #expect(profile.column("b")?.levels.first?.name == "2")
    #expect(profile.duplicateRows == 2)
    #expect(profile.column("c") == nil)
  }

  @Test("a profile is the same after a round trip through JSON")
  func json() throws {
    let profile = DataProfile(of: try table("a,b,c\nx,1,2019-01-02\ny,2.5,2019-02-03\n"))
    #expect(try throughJSON(profile) == profile)
  }
}
