import SpecSyntax
import Tensors
import TestSupport
import Testing
@testable import Tuning

@Suite("Importance")
struct ImportanceTests {
  /// Less than a study uses, so that a build without optimisation takes seconds.
  static let effort = Importances.Effort(trees: 24, halves: 8, treesOfHalf: 6)

  /// A full grid of choices and steps, with the values of a function.
  static func grid(_ counts: [Int], _ function: ([Int]) -> Double) -> (Space, [Trial]) {
    let space = Space(counts.enumerated().map { index, count in
      index.isMultiple(of: 2)
        ? Dimension("d\(index)", .choice((0..<count).map { .integer($0) }))
        : Dimension(
          "d\(index)", .integer(low: 0, high: count - 1, step: 1, isLogarithmic: false))
    })
    let trials = (0..<counts.reduce(1, *)).map { number in
      var (rest, point): (Int, [Int]) = (number, [])
      for count in counts.reversed() {
        point.insert(rest % count, at: 0)
        rest /= count
      }
      return Trial(
        number: number, state: .complete, parameters: point.map { Double($0) },
        values: [function(point)])
    }
    return (space, trials)
  }

  /// The share of the variance over a full grid that is of one dimension, or of two beyond each.
  static func exact(_ trials: [Trial], _ values: [Double], _ places: [Int]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    func means(_ places: [Int]) -> [Double] {
      var sums: [[Double?]: (Double, Double)] = [:]
      let keys = trials.map { trial in places.map { trial.parameters[$0] } }
      for (key, value) in zip(keys, values) {
        let known = sums[key] ?? (0, 0)
        sums[key] = (known.0 + value, known.1 + 1)
      }
      return keys.map { sums[$0].map { $0.0 / $0.1 } ?? 0 }
    }
    var rest = means(places).map { $0 - mean }
    if places.count > 1 {
      for place in places {
        for (index, value) in means([place]).enumerated() { rest[index] -= value - mean }
      }
    }
    let whole = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return rest.reduce(0) { $0 + $1 * $1 } / whole
  }

  private func expectExact(_ importances: Importances, _ trials: [Trial], within: Double) {
    let values = trials.map { min($0.values[0], importances.ceiling ?? .infinity) }
    for main in importances.mains {
      let exact = Self.exact(trials, values, [main.dimension])
      let reach = max(within, (main.share.high - main.share.low) / 2)
      #expect(abs(main.share.value - exact) < reach, "\(main.dimension): \(main.share) \(exact)")
      #expect(abs(main.share.value - exact) < 3 * within, "\(main.dimension)")
    }
    for pair in importances.pairs {
      let exact = Self.exact(trials, values, [pair.first, pair.second])
      let reach = max(within, (pair.share.high - pair.share.low) / 2)
      let names = "\(pair.first) and \(pair.second)"
      #expect(abs(pair.share.value - exact) < reach, "\(names): \(pair.share) \(exact)")
      #expect(abs(pair.share.value - exact) < 3 * within, "\(names)")
    }
  }

  @Test("agrees with the exact shares of a known function on a full grid")
  func known() throws {
    let (space, trials) = Self.grid([4, 5, 3, 3]) { p in
      let (a, b, c) = (Double(p[0]), Double(p[1]), Double(p[2]))
      return 2 * b + a * a + 1.5 * (b - 2) * (c - 1)
    }
    let found = try Importances(
      of: trials, in: space, objective: 0, seed: 1, effort: Self.effort)
    expectExact(found, trials, within: 0.02)
    #expect(found.ceiling == nil && found.trialCount == 180)
    let strongest = try #require(found.pairs.first)
    #expect((strongest.first, strongest.second) == (1, 2))
    // Least where (b − 2) (c − 1) is: the more of b, the less of c.
    #expect(strongest.bestSecond[0] == 2 && strongest.bestSecond[4] == 0)
    let slope = try #require(found.mains.first { $0.dimension == 1 }).levels.compactMap(\.mean)
    #expect(slope.count == 5 && slope == slope.sorted())
  }

  @Test("agrees with the exact shares of a real network on a full grid")
  func real() throws {
    let lines = Repository.text("Tests/Fixtures/tuning/grid.csv").split(separator: "\n")
    let rows = lines.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
    let levels = (0..<4).map { column in Set(rows.map { $0[column] }).sorted() }
    let names = lines[0].split(separator: ",").map(String.init)
    let space = Space((0..<4).map { column in
      column == 3
        ? Dimension(names[3], .real(low: 0, high: 0.4, step: 0.2, isLogarithmic: false))
        : Dimension(names[column], .choice(levels[column].map { .number($0) }))
    })
    let trials = rows.enumerated().map { number, row in
      Trial(
        number: number, state: .complete,
        parameters: (0..<4).map { column in
          column == 3
            ? row[3] : levels[column].firstIndex(of: row[column]).map { Double($0) }
        }, values: [row[4]])
    }
    let found = try Importances(
      of: trials, in: space, objective: 0, seed: 1, effort: Self.effort)
    expectExact(found, trials, within: 0.03)
    #expect(found.mains.first?.dimension == 0 && found.mains.last?.dimension == 3)
    #expect((found.pairs.first?.first, found.pairs.first?.second) == (0, 1))
  }

  @Test("a dimension with a condition matters where it is there")
  func conditions() throws {
    let space = Space([
      Dimension("kind", .choice(["a", "b"])),
      Dimension("depth", .real(low: 0, high: 1, step: nil, isLogarithmic: false),
        when: .init(name: "kind", values: [1])),
      Dimension("idle", .real(low: 1e-3, high: 1, step: nil, isLogarithmic: true)),
    ])
    let trials = try (0..<140).map { number in
      let point = try #require(
        SobolSampler().parameters(of: number, after: [], in: space, seed: 4))
      return Trial(
        number: number, state: .complete, parameters: point,
        values: [point[1].map { 2 * $0 } ?? 1])
    }
    let found = try Importances(
      of: trials, in: space, objective: 0, seed: 1, effort: Self.effort)
    // Over both kinds the function is 1 or 2 depth: the depth and its pair with the kind share.
    let shares = Dictionary(
      uniqueKeysWithValues: found.mains.map { ($0.dimension, $0.share.value) })
    #expect(abs((shares[1] ?? 0) - 0.5) < 0.12 && (shares[0] ?? 1) < 0.05, "\(shares)")
    #expect((shares[2] ?? 1) < 0.05)
    let pair = try #require(found.pairs.first)
    #expect((pair.first, pair.second) == (0, 1) && abs(pair.share.value - 0.5) < 0.12)
    // Of the kind without depth there is no cell with one.
    #expect(pair.means[0].allSatisfy { $0 == nil } && pair.bestSecond[0] == nil)
    #expect((pair.bestSecond[1] ?? 1) < 0.2)
  }

  @Test("claims nothing of few trials, and counts only complete ones with a number")
  func few() throws {
    let (space, grid) = Self.grid([5, 11]) { Double($0[0]) }
    var trials = grid
    for index in 0..<6 { trials[index].state = .pruned }
    trials[6].values = [.nan]
    do {
      _ = try Importances(of: trials, in: space, seed: 1)
      Issue.record("48 trials were enough")
    } catch {
      #expect(error.message == "too few trials: importance needs 50 complete ones, not 48")
    }
  }

  @Test("of values that are all alike nothing matters, and the same trials give the same")
  func flat() throws {
    let (space, trials) = Self.grid([4, 4, 4]) { _ in 3 }
    let found = try Importances(
      of: trials, in: space, objective: 0, seed: 1, effort: Self.effort)
    #expect(found.mains.allSatisfy { $0.share.value == 0 })
    #expect(found.pairs.allSatisfy { $0.share.value == 0 })
    let (others, values) = Self.grid([4, 4, 4]) { Double($0[0] * $0[1]) }
    let twice = try (0..<2).map { _ in
      try Importances(of: values, in: others, objective: 0, seed: 2, effort: Self.effort)
    }
    #expect(twice[0] == twice[1])
  }
}
