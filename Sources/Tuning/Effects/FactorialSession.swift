internal import Training

/// A factorial experiment that is going on: noise, design, blocks so far.
///
/// A block is a seed with a fold: every cell is trained once in it, so that what is common to the
/// cells of a block falls out of their differences. How many blocks there are follows from the
/// noise and the budget, never from the effects that were seen.
struct FactorialSession {
  /// The probability of telling any effect that is not there.
  static let risk = 0.05

  let factors: [Factor]
  let settings: ExperimentSettings
  private let candidates: [FactorialDesign]
  private(set) var design: FactorialDesign
  private(set) var runs: ExperimentRuns
  /// How many seeds the noise alone asks for; nil where it is not known.
  private(set) var plannedSeeds: Int?

  /// - Precondition: there is at least one candidate; the largest comes first.
  init(
    _ factors: [Factor], _ candidates: [FactorialDesign], _ trainer: ExperimentTrainer,
    _ settings: ExperimentSettings, _ limits: ProbeLimits
  ) {
    precondition(!candidates.isEmpty, "an experiment needs a design")
    (self.factors, self.candidates, self.settings) = (factors, candidates, settings)
    (runs, design) = (ExperimentRuns(trainer, limits), candidates[0])
  }

  var trainer: ExperimentTrainer { runs.trainer }
  var blocks: [[PairedScore]] { runs.blocks }
  var isInterrupted: Bool { runs.limits.shouldStop() }

  /// Trains until every effect could be told, or time is over.
  mutating func run() throws(TrainingError) {
    try runs.measureNoise()
    choose()
    var wanted = settings.seeds ?? NeededSeeds.least
    while true {
      let factors = factors
      try runs.train(design.cells, upTo: wanted) { factors.words($0) }
      guard settings.seeds == nil, blocks.count == wanted, !runs.limits.isOver() else { return }
      // What the cells really scatter is known now, which may be more than the spec as it is.
      let result = FactorialAnalysis(self)
      let needed = min(result.neededSeeds ?? .max, result.rule.limit)
      guard needed > wanted else { return }
      wanted = needed
    }
  }

  /// Takes the largest design for whose seeds there is time.
  private mutating func choose() {
    let plans = candidates.map { (design: $0, seeds: plan($0)) }
    let (left, seconds) = (runs.secondsLeft, runs.secondsPerRun)
    let fitting = plans.first { plan in
      guard settings.cells == nil, seconds > 0 else { return true }
      let count = Double((plan.seeds ?? NeededSeeds.least) * plan.design.cells.count)
      return count * seconds <= left
    }
    let chosen = fitting ?? plans[plans.count - 1]
    (design, plannedSeeds) = (chosen.design, chosen.seeds)
    if let seeds = chosen.seeds { runs.announce(seeds: seeds, cells: design.cells.count) }
  }

  /// How many seeds a design takes if all its cells scatter as the spec as it is does; nil without
  /// a noise.
  private func plan(_ design: FactorialDesign) -> Int? {
    if let seeds = settings.seeds { return seeds }
    let judge = ExperimentJudge(runs, settings)
    guard let noise = judge.noise, let margin = judge.margin.value else { return nil }
    let terms = design.terms
    let rule = NeededSeeds(risk: Self.risk / Double(terms.count), overlap: trainer.overlap)
    let all = Array(repeating: true, count: design.cells.count)
    let widest = terms.compactMap { design.contrast($0, isUsable: all)?.deviation }.max() ?? 1
    return min(rule.count(deviation: noise * widest, effect: margin) ?? .max, rule.limit)
  }
}
