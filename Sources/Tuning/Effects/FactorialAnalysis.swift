internal import SpecCompiler
internal import Training

/// What the blocks of a factorial experiment show.
struct FactorialAnalysis {
  let judge: ExperimentJudge
  let rule: NeededSeeds
  private let session: FactorialSession
  private let terms: [[Move]]
  /// By block, then by cell; 0 where a cell is not usable.
  private let scores: [[Double]]
  /// For each cell, whether it has a score in every block.
  private let isUsable: [Bool]

  init(_ session: FactorialSession) {
    let judge = ExperimentJudge(session.runs, session.settings)
    let values = session.blocks.map { $0.map { judge.measure.value(of: $0) } }
    isUsable = session.design.cells.indices.map { place in values.allSatisfy { $0[place] != nil } }
    scores = values.map { $0.map { $0 ?? 0 } }
    terms = session.design.terms
    rule = NeededSeeds(
      risk: FactorialSession.risk / Double(terms.count), overlap: session.trainer.overlap)
    (self.session, self.judge) = (session, judge)
  }

  private var design: FactorialDesign { session.design }
  private var overlap: Double { session.trainer.overlap }

  /// How many seeds the smallest effect that matters takes, by what the effects really scatter; nil
  /// where none are enough or nothing is known.
  var neededSeeds: Int? {
    let all = terms.compactMap { estimate($0) }
    guard let margin = judge.margin.value, !all.isEmpty else { return nil }
    let counts = all.map { rule.count(deviation: $0.deviation, effect: margin) }
    return counts.contains(nil) ? nil : counts.compactMap(\.self).max()
  }

  /// Everything that was found.
  func result(_ place: ExperimentPlace) -> FactorialResult {
    let margin = judge.margin
    return FactorialResult(
      factors: session.factors, design: .init(design, session.factors),
      metric: judge.measure.metric.name, choice: judge.measure.choice,
      direction: judge.measure.metric.direction, margin: margin.value,
      marginOrigin: margin.origin, rows: place.rows, heldOutRows: place.heldOutRows,
      folds: place.folds,
      noise: .init(
        repeats: judge.repeats.count, mean: mean(judge.repeats),
        deviation: judge.noise),
      seeds: session.blocks.count, neededSeeds: neededSeeds, plannedSeeds: session.plannedSeeds,
      firstSeed: place.seed, cells: cells(place), effects: effects, best: best,
      movesAlong: place.movesAlong, isInterrupted: session.isInterrupted)
  }

  private func estimate(_ moves: [Move], given: [Int: Int] = [:]) -> CorrectedDifference? {
    guard !scores.isEmpty,
      let contrast = design.contrast(moves, given: given, isUsable: isUsable)
    else { return nil }
    return CorrectedDifference(scores.map { contrast.value(of: $0) }, overlap: overlap)
  }

  private func cells(_ place: ExperimentPlace) -> [FactorialResult.Cell] {
    design.cells.enumerated().map { index, cell in
      let own = session.blocks.map { $0[index] }
      let values = own.map { judge.measure.value(of: $0) }
      let known = values.compactMap(\.self)
      return FactorialResult.Cell(
        levels: zip(session.factors, cell).map { $0.levels[$1] }, places: cell,
        isBase: cell == place.base,
        mean: isUsable[index] ? mean(known) : nil, scores: values,
        divergedRuns: own.count { if case .diverged = $0 { true } else { false } })
    }
  }

  private var effects: [FactorialResult.Effect] {
    let estimates = terms.map { estimate($0) }
    let adjusted = holmAdjusted(estimates.map { $0?.probability })
    return terms.indices.map { index in
      effect(terms[index], estimates[index], adjusted[index])
    }
  }

  private func effect(
    _ moves: [Move], _ estimate: CorrectedDifference?, _ adjusted: Double?
  ) -> FactorialResult.Effect {
    let contrast = design.contrast(moves, isUsable: isUsable)
    var effect = FactorialResult.Effect(
      moves: moves.map { .init(factor: $0.factor, from: $0.from, to: $0.to) },
      aliases: moves.count == 2 ? design.aliases(of: moves.map(\.factor)) : [])
    (effect.combinations, effect.combinationsLeft) = (contrast?.whole, contrast?.used)
    guard let estimate else {
      if scores.isEmpty { effect.finding = .notEnough }
      return effect
    }
    effect.estimate = estimate.mean
    effect.halfWidth = estimate.halfWidth(missing: FactorialSession.risk)
    effect.bound = estimate.halfWidth(missing: 2 * FactorialSession.risk)
      .map { abs(estimate.mean) + $0 }
    (effect.probability, effect.adjustedProbability) = (estimate.probability, adjusted)
    guard let margin = judge.margin.value else { return effect }
    let needed = rule.count(deviation: estimate.deviation, effect: margin)
    effect.neededSeeds = needed
    if needed == nil { effect.leastEffect = rule.leastEffect(of: estimate) }
    effect.finding = finding(estimate, adjusted, needed: needed, margin)
    guard moves.count == 2 else { return effect }
    effect.parts = [(0, 1), (1, 0)].flatMap { own, other in
      [moves[other].from, moves[other].to].map { level in
        part(moves[own], given: moves[other].factor, level)
      }
    }
    return effect
  }

  /// The effect of one move of a pair at one level of the other factor.
  private func part(_ move: Move, given factor: Int, _ level: Int) -> FactorialResult.Part {
    let estimate = estimate([move], given: [factor: level])
    return FactorialResult.Part(
      move: .init(factor: move.factor, from: move.from, to: move.to), given: factor, level: level,
      estimate: estimate?.mean, halfWidth: estimate?.halfWidth(missing: FactorialSession.risk))
  }

  /// What may be said: with too few seeds for the smallest effect that matters only what is surely
  /// larger than that.
  private func finding(
    _ estimate: CorrectedDifference, _ adjusted: Double?, needed: Int?, _ margin: Double
  ) -> FactorialResult.Finding {
    guard estimate.count >= NeededSeeds.least,
      let own = estimate.halfWidth(missing: rule.risk),
      let inner = estimate.halfWidth(missing: 2 * FactorialSession.risk)
    else { return .notEnough }
    if abs(estimate.mean) + inner < margin { return .noDifference }
    let isClear = abs(estimate.mean) - own > margin
    let hasEnough = estimate.count >= min(needed ?? .max, rule.limit)
    guard isClear || hasEnough, (adjusted ?? 1) < FactorialSession.risk else { return .notEnough }
    return (estimate.mean > 0) == judge.isHigherBetter ? .better : .worse
  }

  /// The cell with the best mean, and which others it was not told apart from.
  private var best: FactorialResult.Best? {
    let means = design.cells.indices.filter { isUsable[$0] }.compactMap { place in
      mean(scores.map { $0[place] }).map { (place: place, mean: $0) }
    }
    let sorted = means.sorted {
      $0.mean == $1.mean
        ? $0.place < $1.place : ($0.mean > $1.mean) == judge.isHigherBetter
    }
    guard let first = sorted.first, scores.count >= 2 else { return nil }
    // All others are compared with it, so that each comparison has its part of the risk.
    let share = FactorialSession.risk / Double(max(1, sorted.count - 1))
    let others = sorted.dropFirst().map { other in
      let difference = CorrectedDifference(
        scores.map { $0[first.place] - $0[other.place] }, overlap: overlap)
      let half = difference.halfWidth(missing: share) ?? 0
      return FactorialResult.Lead(
        cell: other.place, difference: difference.mean, halfWidth: half,
        isTied: scores.count < NeededSeeds.least || abs(difference.mean) <= half)
    }
    return FactorialResult.Best(cell: first.place, mean: first.mean, others: others)
  }
}

extension CorrectedDifference {
  /// The probability of a mean so far from 0 if there were no effect; nil of one value.
  var probability: Double? {
    guard count > 1 else { return nil }
    guard standardError > 0 else { return mean == 0 ? 1 : 0 }
    return StudentT(degrees: count - 1).probability(beyond: mean / standardError)
  }
}

extension NeededSeeds {
  /// The smallest effect that as many seeds as make sense tell.
  func leastEffect(of estimate: CorrectedDifference) -> Double {
    leastEffect(deviation: estimate.deviation, seeds: limit)
  }
}
