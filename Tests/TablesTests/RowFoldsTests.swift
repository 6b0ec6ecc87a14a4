import Tables
import Testing

@Suite("folds of rows")
struct RowFoldsTests {
  static let classes: [Int32] = (0..<103).map { $0 % 10 == 0 ? 2 : $0 % 3 == 0 ? 1 : 0 }
  static let groups: [Int32] = (0..<103).map { $0 < 40 ? 0 : $0 % 17 == 0 ? -1 : Int32($0 % 9) + 1 }

  @Test("test every row once, learn from all others and are of nearly one size", arguments: 2...7)
  func partition(count: Int) {
    for classes in [nil, Self.classes] {
      let folds = RowFolds.make(rowCount: 103, count: count, stratifyBy: classes, seed: 4)
      #expect(folds.count == count)
      #expect(folds.flatMap(\.test).sorted() == Array(0..<103))
      for fold in folds {
        #expect((fold.learn + fold.test).sorted() == Array(0..<103))
        #expect(fold.learn == fold.learn.sorted() && fold.test == fold.test.sorted())
        #expect((103 / count...103 / count + 1).contains(fold.test.count))
      }
    }
  }

  @Test("hold each class in even shares", arguments: 2...7)
  func stratified(count: Int) {
    let folds = RowFolds.make(rowCount: 103, count: count, stratifyBy: Self.classes, seed: 4)
    for code in Set(Self.classes) {
      let counts = folds.map { fold in fold.test.count { Self.classes[$0] == code } }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
  }

  @Test("keep groups whole, and balance them as far as the largest allows")
  func grouped() {
    let folds = RowFolds.make(rowCount: 103, count: 3, groupBy: Self.groups, seed: 4)
    #expect(folds.flatMap(\.test).sorted() == Array(0..<103))
    for fold in folds {
      let inside = Set(fold.test.map { Self.groups[$0] }).subtracting([-1])
      #expect(inside.isDisjoint(with: fold.learn.map { Self.groups[$0] }))
      #expect((28...40).contains(fold.test.count))
    }
  }

  @Test("go forward in time: what is tested is later than all that was learned from")
  func chained() {
    let times = (0..<23).map { $0 == 5 ? Double.nan : Double(($0 * 7) % 23) }
    let folds = RowFolds.make(rowCount: 23, count: 4, orderBy: times, seed: 4)
    #expect(folds.map(\.test.count) == [4, 4, 4, 4])
    #expect(folds.map(\.learn.count) == [7, 11, 15, 19])
    for fold in folds {
      let last = fold.learn.map { times[$0] }.filter { !$0.isNaN }.max() ?? 0
      #expect(fold.test.allSatisfy { times[$0] > last })
    }
  }

  @Test("are the same for the same seed only")
  func seeds() {
    let folds = { RowFolds.make(rowCount: 50, count: 5, seed: $0) }
    #expect(folds(1) == folds(1))
    #expect(folds(1) != folds(2))
  }
}
