internal import SpecCompiler
internal import Training

/// Sentences about what an experiment showed, for people.
extension FactorialResult {
  /// "rate 0.001 → 0.01", or both of a pair with a cross between.
  public func title(_ effect: Effect) -> String {
    let names = factors.names
    let isLong = factors.contains { $0.levels.count > 2 }
    return effect.moves.map { move in
      let factor = factors[move.factor]
      guard !effect.isInteraction || isLong else { return names[move.factor] }
      return "\(names[move.factor]) \(factor.levels[move.from]) → \(factor.levels[move.to])"
    }.joined(separator: " × ")
  }

  /// The verdict in a word or two.
  public func verdict(_ effect: Effect) -> String {
    switch effect.finding {
    case .better: effect.isInteraction ? "better together" : "better"
    case .worse: effect.isInteraction ? "worse together" : "worse"
    case .noDifference: effect.isInteraction ? "none that matters" : "no difference that matters"
    case .notEnough: "not enough runs"
    case .diverged: "cells diverged"
    }
  }

  /// An effect as one would tell it.
  public func sentence(_ effect: Effect) -> String {
    let words: String
    switch effect.finding {
    case .better where !effect.isInteraction: words = "\(what(effect)) helps: \(figures(effect))"
    case .worse where !effect.isInteraction: words = "\(what(effect)) harms: \(figures(effect))"
    case .better, .worse: words = dependence(effect)
    case .noDifference: words = nothing(effect)
    case .notEnough: words = lack(effect)
    case .diverged: words = "no figure for \(asked(effect)): \(divergence)"
    }
    return words + remarks(effect)
  }

  /// "−0.012 ± 0.004".
  public func figures(_ effect: Effect) -> String {
    effect.estimate.map { differenceText($0, effect.halfWidth) } ?? "–"
  }

  private func name(_ factor: Int) -> String { factors.names[factor] }

  private func what(_ effect: Effect) -> String { what(effect.moves[0]) }

  private func what(_ move: Step) -> String {
    factors[move.factor].move(from: move.from, to: move.to, name: name(move.factor))
  }

  /// "what raising `rate` from 0.001 to 0.01 does".
  private func asked(_ effect: Effect) -> String {
    effect.isInteraction ? "whether \(pair(effect)) depend on each other"
      : "what \(what(effect)) does"
  }

  private func pair(_ effect: Effect) -> String {
    effect.moves.map { "`\(name($0.factor))`" }.joined(separator: " and ")
  }

  private func nothing(_ effect: Effect) -> String {
    if effect.estimate == 0, effect.halfWidth == 0 {
      return effect.isInteraction ? "no interaction at all of \(pair(effect))"
        : "\(what(effect)) makes no difference at all"
    }
    guard effect.isInteraction else {
      return "\(what(effect)) makes no difference that matters: \(figures(effect))"
    }
    let bound = effect.bound.map { "no interaction above ±\(roundedText($0))" } ?? "no interaction"
    return "\(bound): choose \(pair(effect)) separately"
  }

  /// "not enough runs to tell what …: needs 96, has 48 (so far −0.01 ± 0.02)".
  private func lack(_ effect: Effect) -> String {
    let (cells, soFar) = (design.cells, "so far \(figures(effect))")
    let runs = "has \(seeds * cells)"
    let asked = "to tell \(asked(effect))"
    guard let needed = effect.neededSeeds else {
      let least = effect.leastEffect.map { ", and on this table they tell no less than "
        + "±\(roundedText($0))" } ?? ""
      let way = folds > 1 ? ": --folds 1 asks about one split only, or take a larger --effect" : ""
      return seeds < NeededSeeds.least
        ? "not enough runs \(asked): needs \(NeededSeeds.least * cells), \(runs)\(least) (\(soFar))"
        : "not enough evidence \(asked): \(figures(effect))\(least)\(way)"
    }
    guard max(needed, NeededSeeds.least) > seeds else {
      return "not enough evidence \(asked): \(figures(effect)) may be chance"
    }
    return "not enough runs \(asked): needs \(needed * cells), \(runs) (\(soFar))"
  }

  /// What the first of a pair does at both levels of the second, and what that means for the
  /// second.
  private func dependence(_ effect: Effect) -> String {
    guard effect.parts.count == 4 else { return "\(pair(effect)) depend on each other" }
    let (low, high) = (effect.parts[0], effect.parts[1])
    let (a, b) = (place(low), place(high))
    let subject = what(low.move)
    let words: String
    switch (direction(low), direction(high)) {
    case (.none, .helps): words = "\(subject) helps only with \(b): \(figures(high))"
    case (.helps, .none): words = "\(subject) helps only with \(a): \(figures(low))"
    case (.none, .harms): words = "\(subject) harms only with \(b): \(figures(high))"
    case (.harms, .none): words = "\(subject) harms only with \(a): \(figures(low))"
    case (.harms, .helps):
      words = "\(subject) helps with \(b): \(figures(high)), but harms with \(a): \(figures(low))"
    case (.helps, .harms):
      words = "\(subject) helps with \(a): \(figures(low)), but harms with \(b): \(figures(high))"
    case (.helps, .helps), (.harms, .harms):
      let verb = direction(low) == .helps ? "helps" : "harms"
      let isMore = abs(high.estimate ?? 0) > abs(low.estimate ?? 0)
      let (more, less) = isMore ? (high, low) : (low, high)
      words = "\(subject) \(verb) more with \(place(more)): \(figures(more)), "
        + "than with \(place(less)): \(figures(less))"
    case (.none, .none):
      words = "what \(subject) does depends on `\(name(low.given))`: "
        + "\(figures(low)) with \(factors[low.given].levels[low.level]), "
        + "\(figures(high)) with \(factors[high.given].levels[high.level])"
    }
    return words + " (the difference: \(figures(effect)))" + answer(effect.parts[3])
  }

  /// Whether the second of a pair should follow the first.
  private func answer(_ part: Part) -> String {
    let after = place(part)
    switch direction(part) {
    case .helps: return "; with \(after), \(what(part.move)) helps too: \(figures(part))"
    case .harms:
      let level = factors[part.move.factor].levels[part.move.from]
      return "; with \(after), leave `\(name(part.move.factor))` at \(level): \(figures(part))"
    case .none:
      return "; with \(after), it is open whether \(what(part.move)) helps: \(figures(part))"
    }
  }

  private enum Way { case helps, harms, none }

  private func direction(_ part: Part) -> Way {
    guard let estimate = part.estimate, let half = part.halfWidth, abs(estimate) > half else {
      return .none
    }
    return (estimate > 0) == (direction == .higherIsBetter) ? .helps : .harms
  }

  private func figures(_ part: Part) -> String {
    part.estimate.map { differenceText($0, part.halfWidth) } ?? "no figure"
  }

  /// "`batch_size` 64".
  private func place(_ part: Part) -> String {
    "`\(name(part.given))` \(factors[part.given].levels[part.level])"
  }

  /// What a figure leaves out or holds besides.
  private func remarks(_ effect: Effect) -> String {
    var words = ""
    if effect.estimate != nil, let left = effect.combinationsLeft, let all = effect.combinations,
      left < all
    {
      words += "; over \(left) of \(all) combinations of the other keys, as others diverged"
    }
    if !effect.aliases.isEmpty {
      let others = effect.aliases.map { $0.map { "`\(name($0))`" }.joined(separator: " × ") }
      words += "; this fraction cannot tell it from \(others.joined(separator: " and "))"
    }
    return words
  }

  /// Which cells have no score, and how often.
  public var divergence: String {
    let places = cells.filter { $0.divergedRuns > 0 }
    guard !places.isEmpty else { return "some cells have no score" }
    let named = places.prefix(4).map { cell in
      "\(factors.words(cell.places)) (\(cell.divergedRuns) of \(cell.scores.count))"
    }
    let rest = places.count > 4 ? " and \(places.count - 4) more cells" : ""
    return "the loss was no number with \(named.joined(separator: "; "))\(rest)"
  }
}
