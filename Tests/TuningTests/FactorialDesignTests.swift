import Testing

@testable import Training
@testable import Tuning

@Suite("factorial designs")
struct FactorialDesignTests {
  private func best(_ keys: Int, cells: Int) -> FactorialDesign? {
    FactorialDesign.candidates(levelCounts: Array(repeating: 2, count: keys), limit: cells).first
  }

  /// Table 5.3.3.4.7 of the NIST handbook: keys, cells, resolution, and how many shortest words
  /// the design of minimum aberration has.
  static let known: [(keys: Int, cells: Int, resolution: Int, words: Int)] = [
    (4, 8, 4, 1), (5, 16, 5, 1), (6, 32, 6, 1), (6, 16, 4, 3), (7, 64, 7, 1), (7, 32, 4, 1),
    (7, 16, 4, 7), (8, 64, 5, 2), (8, 32, 4, 3), (8, 16, 4, 14),
  ]

  @Test("the best fraction has the resolution of printed tables", arguments: known)
  func resolution(_ item: (keys: Int, cells: Int, resolution: Int, words: Int)) throws {
    let design = try #require(best(item.keys, cells: item.cells))
    #expect(design.cells.count == item.cells && design.resolution == item.resolution)
    #expect(design.words.count { $0.count == item.resolution } == item.words)
  }

  @Test("a fraction that would mix main effects with pairs is none")
  func tooSmall() {
    #expect(best(3, cells: 4) == nil && best(5, cells: 8) == nil)
    #expect(best(8, cells: 15) == nil)
    #expect(FactorialDesign.candidates(levelCounts: [3, 3, 3], limit: 26).isEmpty)
    #expect(FactorialDesign.candidates(levelCounts: Array(repeating: 9, count: 8), limit: 256).isEmpty)
  }

  @Test("candidates begin with all combinations where they fit, and get smaller")
  func candidates() {
    let all = FactorialDesign.candidates(levelCounts: [2, 2, 3, 2, 2], limit: 64)
    #expect(all.map(\.cells.count) == [48, 24] && all[0].isFull && all[1].resolution == 4)
    #expect(Set(all[1].cells).isSubset(of: Set(all[0].cells)))
  }

  @Test("in every fraction each two levels of three factors meet equally often", arguments: known)
  func balance(_ item: (keys: Int, cells: Int, resolution: Int, words: Int)) throws {
    let design = try #require(best(item.keys, cells: item.cells))
    for a in 0..<item.keys {
      for b in 0..<a {
        for c in 0..<b {
          let counts = (0..<8).map { bits in
            design.cells.count { $0[a] == bits & 1
              && $0[b] == bits >> 1 & 1 && $0[c] == bits >> 2 & 1 }
          }
          #expect(Set(counts) == [item.cells / 8])
        }
      }
    }
  }

  @Test("pairs that share a word of four are asked once, and say for whom they stand")
  func aliases() throws {
    let design = try #require(best(4, cells: 8))
    #expect(design.words == [[0, 1, 2, 3]] && design.aliases(of: [0, 1]) == [[2, 3]])
    #expect(design.terms.filter { $0.count == 2 }.map { $0.map(\.factor) }
      == [[0, 1], [0, 2], [0, 3]])
  }
}

@Suite("contrasts")
struct ContrastTests {
  /// Sums over cells, written out.
  private func mean(
    _ design: FactorialDesign, _ scores: [Double], where isOwn: ([Int]) -> Bool
  ) -> Double {
    let own = zip(design.cells, scores).filter { isOwn($0.0) }.map(\.1)
    return own.reduce(0, +) / Double(own.count)
  }

  private static let irregular = (0..<24).map { Double(($0 * 7919 + 13) % 101) / 10 }

  @Test("of a full grid are differences of means, and differences of those")
  func full() throws {
    let design = FactorialDesign(levelCounts: [2, 3, 4])
    let scores = Self.irregular
    let all = Array(repeating: true, count: 24)
    for to in 1..<3 {
      let contrast = try #require(
        design.contrast([Move(factor: 1, from: 0, to: to)], isUsable: all))
      let expected = mean(design, scores) { $0[1] == to } - mean(design, scores) { $0[1] == 0 }
      #expect(abs(contrast.value(of: scores) - expected) < 1e-12 && contrast.used == 8)
    }
    for a in 1..<3 {
      for b in 1..<4 {
        let contrast = try #require(
          design.contrast(
            [Move(factor: 1, from: 0, to: a), Move(factor: 2, from: 0, to: b)], isUsable: all))
        let after = mean(design, scores) { $0[1] == a && $0[2] == b }
          - mean(design, scores) { $0[1] == 0 && $0[2] == b }
        let before = mean(design, scores) { $0[1] == a && $0[2] == 0 }
          - mean(design, scores) { $0[1] == 0 && $0[2] == 0 }
        #expect(abs(contrast.value(of: scores) - (after - before)) < 1e-12)
      }
    }
  }

  /// Main effects and pairs of five factors, without anything higher.
  private func model(_ cell: [Int]) -> Double {
    let x = cell.map { Double($0) }
    return 3 + 2 * x[0] - x[1] + 0.5 * x[3] + 1.5 * x[0] * x[1] - 2 * x[2] * x[4]
  }

  @Test("of a fraction find what the full grid has, where it mixes nothing")
  func fraction() throws {
    let designs = FactorialDesign.candidates(levelCounts: [2, 2, 2, 2, 2], limit: 32)
    #expect(designs.map(\.cells.count) == [32, 16])
    let values = try designs.map { design in
      let scores = design.cells.map(model)
      let all = Array(repeating: true, count: scores.count)
      return try design.terms.map {
        try #require(design.contrast($0, isUsable: all)).value(of: scores)
      }
    }
    #expect(values[0].count == 15 && values[1].count == 15)
    for (full, half) in zip(values[0], values[1]) { #expect(abs(full - half) < 1e-12) }
    #expect(abs(values[0][5] - 1.5) < 1e-12)
  }

  @Test("leave out combinations of which a cell has no score, and a fraction leaves nothing")
  func unusable() throws {
    let design = FactorialDesign(levelCounts: [2, 2, 2])
    var usable = Array(repeating: true, count: 8)
    usable[design.cells.firstIndex(of: [1, 1, 1])!] = false
    let scores = design.cells.map { Double($0[0] * 3 + $0[1] * 5 + $0[2]) }
    let main = try #require(design.contrast([Move(factor: 0, from: 0, to: 1)], isUsable: usable))
    #expect(main.used == 3 && main.whole == 4 && abs(main.value(of: scores) - 3) < 1e-12)
    let pair = [Move(factor: 0, from: 0, to: 1), Move(factor: 1, from: 0, to: 1)]
    #expect(design.contrast(pair, isUsable: usable)?.used == 1)
    usable[design.cells.firstIndex(of: [0, 0, 0])!] = false
    #expect(design.contrast(pair, isUsable: usable) == nil)
    let half = FactorialDesign.candidates(levelCounts: [2, 2, 2, 2], limit: 8)[0]
    usable = Array(repeating: true, count: 8)
    usable[3] = false
    #expect(half.contrast([Move(factor: 0, from: 0, to: 1)], isUsable: usable) == nil)
  }

  @Test("their deviation is that of independent cells")
  func deviation() throws {
    let all = Array(repeating: true, count: 8)
    let design = FactorialDesign(levelCounts: [2, 2, 2])
    let main = try #require(design.contrast([Move(factor: 2, from: 0, to: 1)], isUsable: all))
    #expect(abs(main.deviation * main.deviation - 4.0 / 8) < 1e-12)
    let pair = try #require(
      design.contrast(
        [Move(factor: 2, from: 0, to: 1), Move(factor: 0, from: 0, to: 1)], isUsable: all))
    #expect(abs(pair.deviation * pair.deviation - 16.0 / 8) < 1e-12)
  }
}

@Suite("Holm's procedure")
struct HolmTests {
  @Test("adjusts as R's p.adjust does, and leaves out what is not tested")
  func adjusted() {
    let found = holmAdjusted([0.01, nil, 0.04, 0.03, 0.005])
    for (own, expected) in zip(found, [0.03, nil, 0.06, 0.06, 0.02]) {
      #expect(own == nil ? expected == nil : abs(own! - expected!) < 1e-12)
    }
    #expect(holmAdjusted([0.9, 0.8]) == [1, 1] && holmAdjusted([]).isEmpty)
  }
}

@Suite("the number of seeds")
struct NeededSeedsTests {
  @Test("is the least with which Student's t tells the effect four times in five")
  func count() throws {
    for (risk, overlap, effect) in [(0.05, 0, 1), (0.0167, 0, 0.4), (0.005, 0.1111, 1.5)] {
      let rule = NeededSeeds(risk: risk, overlap: overlap)
      let count = try #require(rule.count(deviation: 1, effect: effect))
      func least(_ count: Int) -> Double {
        let t = StudentT(degrees: count - 1)
        return (t.quantile(beyond: risk) + t.quantile(beyond: 0.4))
          * (1 / Double(count) + overlap).squareRoot()
      }
      #expect(least(count) < effect * 1.002 && (count == 10 || least(count - 1) > effect * 0.998))
    }
  }

  @Test("has a floor, and is none where shared rows or noise leave nothing to gain")
  func ends() {
    let shared = NeededSeeds(risk: 0.05, overlap: 1.0 / 9)
    #expect(shared.count(deviation: 0, effect: 1) == 10 && shared.count(deviation: 1, effect: 9) == 10)
    #expect(shared.count(deviation: 1, effect: 0.9) == nil)
    #expect(NeededSeeds(risk: 0.05, overlap: 0).count(deviation: 100, effect: 1) == nil)
  }
}
