import SpecCompiler
import SpecSyntax
import Synchronization
import Tensors
import Testing

@testable import Training
@testable import Tuning

/// A trainer whose scores are known effects, a part that all cells of a block share, and noise with
/// deviation 1.
struct SyntheticTrainer {
  var seed: UInt64
  /// Judging rows for each learning row: noise of blocks correlates by `overlap / (1 + overlap)`.
  var overlap = 0.0
  var threads = 1
  var effect: @Sendable ([Int]) -> Double = { _ in 0 }
  /// What becomes of a run in place of a score.
  var outcome: @Sendable ([Int], Int) -> PairedScore? = { _, _ in nil }

  var trainer: ExperimentTrainer {
    let own = self
    return ExperimentTrainer(
      overlap: overlap, metric: "rmse", isClasses: false, threads: threads
    ) { cell, block, isFixed, _ in own.score(cell, block, isFixed) }
  }

  private func score(_ cell: [Int]?, _ block: Int, _ isFixed: Bool) -> PairedScore {
    if let cell, let outcome = outcome(cell, block) { return outcome }
    func normal(_ name: String) -> Double {
      var source = RandomSource(seed: seed).split(name)
      return Double(source.normal())
    }
    let correlation = overlap / (1 + overlap)
    let place = cell.map(\.description) ?? "base"
    let shared = correlation.squareRoot() * normal("rows \(place)")
    let noise = (1 - correlation).squareRoot() * normal("run \(place) \(block) \(isFixed)")
    let level = 40 + 7 * (isFixed ? 0 : normal("block \(block)"))
    return .scored(["rmse": level + shared + noise + (cell.map(effect) ?? 0)])
  }

  func result(
    _ counts: [Int], margin: Double, seeds: Int? = nil, cells: Int? = nil, seconds: Double = 1e9,
    stops: @escaping @Sendable () -> Bool = { false }
  ) throws -> FactorialResult {
    let factors = counts.enumerated().map { index, count in
      Factor(key: "training.k\(index)", levels: (0..<count).map { "\($0 + 1)" }, base: 0)
    }
    var settings = ExperimentSettings()
    (settings.margin, settings.seeds, settings.cells) = (margin, seeds, cells)
    settings.seconds = seconds
    let limits = ProbeLimits(seconds: seconds, shouldStop: stops, report: { _ in })
    var session = FactorialSession(
      factors, FactorialDesign.candidates(levelCounts: counts, limit: cells ?? 64), trainer,
      settings, limits)
    try session.run()
    return session.result(ExperimentPlace())
  }
}

@Suite("effects of a factorial experiment")
struct FactorialSessionTests {
  private static let count = 500

  /// Results of many experiments on a 2 × 2 grid with these effects.
  private func results(
    _ count: Int = Self.count, overlap: Double = 0, margin: Double, seeds: Int? = nil,
    _ effect: @escaping @Sendable ([Int]) -> Double
  ) throws -> [FactorialResult] {
    try (0..<count).map { round in
      try SyntheticTrainer(seed: UInt64(round), overlap: overlap, effect: effect)
        .result([2, 2], margin: margin, seeds: seeds)
    }
  }

  /// 0.6 and −0.4 apart, 0.5 more together: as main effects 0.85, −0.15, interaction 0.5.
  private static let effects: @Sendable ([Int]) -> Double = { cell in
    0.6 * Double(cell[0]) - 0.4 * Double(cell[1]) + 0.5 * Double(cell[0] * cell[1])
  }

  @Test(
    "intervals cover at the stated rate, though the noise decides how many seeds there are",
    arguments: [(0.0, 1.5), (0.0, 4), (1.0 / 9, 2.5)])
  func coverage(_ overlap: Double, _ margin: Double) throws {
    let found = try results(overlap: overlap, margin: margin, Self.effects)
    for (place, truth) in [0.85, -0.15, 0.5].enumerated() {
      let hits = found.count { abs($0.effects[place].estimate! - truth) <= $0.effects[place].halfWidth! }
      let rate = Double(hits) / Double(found.count)
      #expect(abs(rate - 0.95) < 0.03, "\(place): \(rate)")
    }
    let seeds = found.map(\.seeds)
    #expect(margin == 4 ? Set(seeds) == [10] : Set(seeds).count > 5, "\(Set(seeds).sorted())")
  }

  /// The table of paired 2×2 designs: seeds, interaction in deviations of the noise, power.
  static let powers: [(seeds: Int, effect: Double, power: Double)] = [
    (3, 1, 0.09), (3, 3, 0.33), (5, 2, 0.41), (5, 3, 0.71), (10, 1, 0.28), (10, 2, 0.79),
    (20, 1, 0.57), (20, 2, 0.99),
  ]

  @Test("an interaction is seen as often as the paired t test of the table sees it", arguments: powers)
  func power(_ item: (seeds: Int, effect: Double, power: Double)) throws {
    let found = try results(margin: 1, seeds: item.seeds) { item.effect * Double($0[0] * $0[1]) }
    let seen = Double(found.count { $0.effects[2].probability! < 0.05 }) / Double(found.count)
    #expect(abs(seen - item.power) < 0.06, "\(seen)")
  }

  @Test(
    """
    the smallest effect that matters is told in 80 of 100 experiments with the seeds it needs, and \
    found to be none in at most 5
    """)
  func planned() throws {
    let found = try results(margin: 1.5) { 1.5 * Double($0[0] * $0[1]) }
    let told = Double(found.count { $0.effects[2].finding == .worse }) / Double(found.count)
    #expect(told > 0.76 && told < 0.95, "\(told)")
    let mean = Double(found.map(\.seeds).reduce(0, +)) / Double(found.count)
    // (2.4 + 0.84)² · 2² / 1.5² and a little for the estimated deviation.
    #expect(mean > 18 && mean < 27, "\(mean)")
    let none = Double(found.count { $0.effects[2].finding == .noDifference }) / Double(found.count)
    #expect(none > 0.005 && none < 0.075, "\(none)")
  }

  @Test("an effect that is not there is told in at most 5 of 100 experiments, over all effects")
  func falseAlarms() throws {
    let found = try results(margin: 1.5) { _ in 0 }
    let alarms = found.count { $0.effects.contains { $0.finding == .better || $0.finding == .worse } }
    #expect(Double(alarms) / Double(found.count) < 0.07, "\(alarms)")
    let none = found.count { $0.effects[0].finding == .noDifference }
    #expect(Double(none) / Double(found.count) > 0.9, "\(none)")
  }

  @Test("with fewer seeds than the margin needs there is no verdict, but on what is surely larger")
  func refused() throws {
    var experiment = SyntheticTrainer(seed: 5) { 0.9 * Double($0[0]) + 6 * Double($0[1]) }
    let few = try experiment.result([2, 2], margin: 0.5, seeds: 12)
    #expect(few.effects[0].finding == .notEnough && few.effects[1].finding == .worse)
    #expect(few.effects[0].neededSeeds! > 12)
    #expect(few.sentence(few.effects[0]).contains("not enough runs to tell what raising `k0` from 1 to 2 does: needs "))
    let nine = try experiment.result([2, 2], margin: 0.5, seeds: 9)
    #expect(nine.effects.allSatisfy { $0.finding == .notEnough })
    experiment.overlap = 1.0 / 9
    let shared = try experiment.result([2, 2], margin: 0.5, seeds: 50)
    #expect(shared.effects[0].neededSeeds == nil && shared.effects[0].leastEffect! > 0.5)
  }

  @Test("every number of threads gives the same, and the best cell is told with those it ties with")
  func order() throws {
    var experiment = SyntheticTrainer(seed: 3) { -4 * Double($0[0]) - 0.01 * Double($0[1]) }
    let alone = try experiment.result([2, 2], margin: 1.5)
    experiment.threads = 4
    let several = try experiment.result([2, 2], margin: 1.5)
    #expect(alone.cells.map(\.scores) == several.cells.map(\.scores))
    let best = try #require(alone.best)
    #expect(alone.cells[best.cell].places[0] == 1 && best.others.map(\.isTied) == [true, false, false])
    #expect(alone.effects[0].finding == .better && alone.bestOverrides?.first == "training.k0=2")
  }

  @Test("a cell whose loss is no number is named, and leaves the effects of the other cells")
  func diverged() throws {
    let experiment = SyntheticTrainer(seed: 1, effect: { 5 * Double($0[0]) }) { cell, block in
      cell == [1, 1, 1] && block == 2 ? .diverged : nil
    }
    let found = try experiment.result([2, 2, 2], margin: 1.5)
    let cell = try #require(found.cells.last)
    #expect(cell.mean == nil && cell.divergedRuns == 1 && cell.scores[2] == nil)
    #expect(found.effects[0].combinationsLeft == 3 && abs(found.effects[0].estimate! - 5) < 1.5)
    #expect(found.sentence(found.effects[0]).contains("over 3 of 4 combinations"))
    #expect(found.head.contains { $0.contains("k0 2, k1 2, k2 2 (1 of \(found.seeds))") })
    let square = try experiment.with { cell, _ in cell == [1, 1] ? .diverged : nil }
      .result([2, 2], margin: 1.5)
    #expect(square.effects[2].finding == .diverged && square.effects[0].estimate != nil)
    #expect(square.sentence(square.effects[2]).hasPrefix("no figure for whether `k0` and `k1`"))
  }

  @Test("a cell that cannot be trained ends it with its name, and time that is over keeps whole blocks")
  func endings() throws {
    let refusing = SyntheticTrainer(seed: 1).with { cell, _ in
      cell == [1, 0] ? .refused(TrainingError("no rows")) : nil
    }
    let error = #expect(throws: TrainingError.self) { try refusing.result([2, 2], margin: 1) }
    #expect(error?.message == "the cell k0 2, k1 1 cannot be trained: no rows")
    let runs = Mutex(0)
    let stopping = SyntheticTrainer(seed: 1).with { _, _ in
      runs.withLock { $0 += 1 }
      return nil
    }
    let found = try stopping.result([2, 2], margin: 1, stops: { runs.withLock { $0 >= 14 } })
    #expect(found.isInterrupted && found.seeds == 3)
    #expect(found.effects.allSatisfy { $0.finding == .notEnough && $0.estimate != nil })
  }

  @Test("a fraction is taken where all combinations are too many, and says what it cannot tell")
  func fraction() throws {
    let experiment = SyntheticTrainer(seed: 2) { 4 * Double($0[0]) + 6 * Double($0[2] * $0[3]) }
    let found = try experiment.result([2, 2, 2, 2], margin: 1.5, cells: 8)
    #expect(found.design.cells == 8 && found.design.combinations == 16 && found.design.resolution == 4)
    let pair = try #require(found.effects.first { $0.moves.map(\.factor) == [0, 1] })
    #expect(pair.aliases == [[2, 3]] && abs(pair.estimate! - 6) < 1.5)
    #expect(found.sentence(pair).contains("this fraction cannot tell it from `k2` × `k3`"))
    #expect(found.head.contains { $0.hasPrefix("a fraction of resolution 4") })
  }
}

extension SyntheticTrainer {
  /// The same with other outcomes.
  func with(_ outcome: @escaping @Sendable ([Int], Int) -> PairedScore?) -> SyntheticTrainer {
    var changed = self
    changed.outcome = outcome
    return changed
  }
}
