import Testing

@testable import Tables

@Suite("Splits")
struct RowSplitTests {
  static let sizes = [0, 1, 2, 3, 10, 151, 1000]
  static let parts: [(RowSplit.Part, RowSplit.Part)] = [
    (.share(0.2), .share(0.1)), (.share(0), .count(7)), (.share(0.9), .share(0.9)),
    (.count(1), .count(0)), (.share(.nan), .count(-3)),
  ]

  private func codes(_ count: Int, _ seed: UInt64) -> [Int32] {
    var random = SeededBits(seed: seed)
    return (0..<count).map { _ in Int32(min(random.next() % 7, random.next() % 9)) - 1 }
  }

  private func splits(_ count: Int, _ seed: UInt64) -> [RowSplit] {
    let codes = codes(count, seed)
    return Self.parts.flatMap { validation, test in
      [
        RowSplit.make(rowCount: count, validation: validation, test: test, seed: seed),
        RowSplit.make(
          rowCount: count, validation: validation, test: test, stratifyBy: codes, seed: seed),
        RowSplit.make(
          rowCount: count, validation: validation, test: test, groupBy: codes, seed: seed),
        RowSplit.make(
          rowCount: count, validation: validation, test: test,
          orderBy: codes.map { $0 < 0 ? .nan : Double($0) }, seed: seed),
      ]
    }
  }

  @Test("parts are disjoint, complete, in order and the same for the same seed", arguments: sizes)
  func complete(count: Int) {
    for seed in UInt64(1)...3 {
      let first = splits(count, seed)
      #expect(first == splits(count, seed))
      for split in first {
        #expect((split.train + split.validation + split.test).sorted() == Array(0..<count))
        #expect([split.train, split.validation, split.test].allSatisfy { $0 == $0.sorted() })
        #expect(count == 0 || !split.train.isEmpty)
      }
    }
  }

  @Test("another seed gives another split")
  func seeds() {
    let parts = (1...5).map {
      RowSplit.make(
        rowCount: 100, validation: .share(0.2), test: .share(0.1), seed: UInt64($0))
    }
    #expect(Set(parts).count == 5)
    #expect(parts.allSatisfy { $0.validation.count == 20 && $0.test.count == 10 })
  }

  @Test("each class's share of a part is within one row of its share of the whole")
  func stratified() {
    for seed in UInt64(1)...20 {
      let codes = codes(400, seed)
      let split = RowSplit.make(
        rowCount: 400, validation: .share(0.2), test: .share(0.15), stratifyBy: codes, seed: seed)
      for code in Set(codes) {
        let total = Double(codes.count { $0 == code })
        let tests = Double(split.test.count { codes[$0] == code })
        let validations = Double(split.validation.count { codes[$0] == code })
        #expect(abs(tests - total * 0.15) <= 1)
        #expect(abs(validations - total * 0.2) <= 1)
      }
      #expect(split.test.count == 60 && split.validation.count == 80)
    }
  }

  @Test("rows of one group stay together")
  func grouped() {
    for seed in UInt64(1)...20 {
      let codes = (0..<300).map { Int32($0 * 7 % 40) }
      let split = RowSplit.make(
        rowCount: 300, validation: .share(0.2), test: .share(0.2), groupBy: codes, seed: seed)
      let sets = [split.train, split.validation, split.test].map { Set($0.map { codes[$0] }) }
      #expect(sets[0].isDisjoint(with: sets[1]) && sets[0].isDisjoint(with: sets[2]))
      #expect(sets[1].isDisjoint(with: sets[2]))
      #expect(abs(split.test.count - 60) <= 8 && abs(split.validation.count - 60) <= 8)
    }
  }

  @Test("in order of time, training comes before validation and validation before test")
  func ordered() {
    let times = (0..<50).map { Double($0 * 17 % 50) }
    let split = RowSplit.make(
      rowCount: 50, validation: .count(5), test: .count(10), orderBy: times, seed: 1)
    #expect(Set(split.test.map { times[$0] }) == Set((40..<50).map { Double($0) }))
    #expect(Set(split.validation.map { times[$0] }) == Set((35..<40).map { Double($0) }))
  }
}
