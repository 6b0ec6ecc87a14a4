internal import SpecCompiler
internal import SpecSyntax
internal import Training

/// What an experiment rests on and what to take from it, for people.
extension FactorialResult {
  /// "4 cells × 12 seeds = 48 runs".
  public var size: String {
    let part = design.resolution == nil ? "" : " of \(design.combinations)"
    return "\(cells.count) cells\(part) × \(counted(seeds, "seed")) = "
      + counted(seeds * cells.count, "run")
  }

  /// What was done, by which score, from where on an effect matters, and how much is noise.
  public var head: [String] {
    let held =
      heldOutRows > 0 ? "; the \(counted(heldOutRows, "test row")) took no part" : ""
    let dealt = folds == 1 ? "one tenth of them always judges" : "in \(folds) folds"
    let way = direction == .higherIsBetter ? "higher" : "lower"
    let marginWords = margin.map { "±\(roundedText($0)), " } ?? ""
    var lines = [
      "\(size), on the same rows with the same seeds: \(counted(rows, "row")) \(dealt)\(held)",
      "judged by \(metric), \(choice); \(way) is better",
      "effects that matter: \(marginWords)\(marginOrigin)", noiseWords,
    ]
    if let resolution = design.resolution { lines.append(fractionWords(resolution)) }
    lines += movesAlong.prefix(6).map {
      "moves along: `\($0.key)` is left open and differs between cells (\(list($0.values))); "
        + "--set holds it"
    }
    let diverged = cells.contains { $0.divergedRuns > 0 }
    return diverged ? lines + [divergence] : lines
  }

  private var noiseWords: String {
    guard let deviation = noise.deviation else {
      return "noise: not known, as \(noise.repeats) repeats of the spec as it is have a score"
    }
    let repeats = "\(noise.repeats) repeats of the spec as it is"
    return "noise: ±\(roundedText(deviation)) from seed to seed (\(repeats)); \(needWords)"
  }

  private var needWords: String {
    let has = "there are \(seeds)"
    guard let needed = neededSeeds else {
      return seeds == 0
        ? plannedSeeds.map { "an effect that matters takes about \($0) seeds" } ?? has
        : "no number of seeds tells every effect that matters; \(has)"
    }
    return "an effect that matters takes \(needed) seeds, \(has)"
  }

  private func fractionWords(_ resolution: Int) -> String {
    let names = Dictionary(
      uniqueKeysWithValues: zip(factors.map(\.key), factors.names))
    let words = design.words.filter { $0.count == resolution }
      .map { $0.map { names[$0] ?? $0 }.joined(separator: " × ") }
    let meaning =
      resolution == 4 ? "main effects are clear, some pairs stand for two"
      : "main effects and pairs are clear"
    return "a fraction of resolution \(resolution): \(meaning); always the same sign: "
      + list(words)
  }

  /// The cell to take, and how sure that is.
  public var bestSentence: String? {
    guard let best else { return nil }
    let cell = cells[best.cell]
    let name = factors.words(cell.places) + (cell.isBase ? ", the spec as it is," : "")
    let head = "best: \(name) with \(metric) \(roundedText(best.mean))"
    guard let second = best.others.first else { return head }
    let ties = best.others.filter(\.isTied)
    let lead = differenceText(second.difference, second.halfWidth)
    let ahead = "\(lead) against the second, \(factors.words(cells[second.cell].places))"
    guard !ties.isEmpty else { return "\(head); surely: \(ahead)" }
    guard ties.count < best.others.count else {
      return "\(head), which is surely ahead of no other: \(ahead)"
    }
    let names = ties.prefix(4).map { factors.words(cells[$0.cell].places) }
    let rest = ties.count > 4 ? " and \(ties.count - 4) more" : ""
    return "\(head), from which it cannot be told apart: \(names.joined(separator: "; "))\(rest)"
      + " (\(ahead))"
  }

  /// What would make it the spec, as arguments; nil where the spec is as good, or nothing is sure.
  public var bestOverrides: [String]? {
    guard let best, seeds >= NeededSeeds.least, !cells[best.cell].isBase,
      best.others.contains(where: { !$0.isTied })
    else { return nil }
    if best.others.contains(where: { $0.isTied && cells[$0.cell].isBase }) { return nil }
    return zip(factors, cells[best.cell].levels).compactMap { factor, level in
      factor.base.map { factor.levels[$0] } == level ? nil : "\(factor.key)=\(level)"
    }
  }

  private func list(_ words: [String]) -> String {
    words.prefix(6).joined(separator: ", ") + (words.count > 6 ? ", …" : "")
  }
}

/// Means for pictures.
extension FactorialResult {
  /// The mean over the cells with some levels; nil where one of them has no score.
  public func mean(of levels: [Int: Int]) -> Double? {
    let own = cells.filter { cell in levels.allSatisfy { cell.places[$0.key] == $0.value } }
    let means = own.compactMap(\.mean)
    return means.count == own.count ? Training.mean(means) : nil
  }

  /// All pairs of factors whose interaction has a figure, those that depend on each other first.
  public var pairs: [[Int]] {
    let told = plottedPairs(most: .max)
    let all = effects.filter { $0.isInteraction && $0.estimate != nil }
      .map { $0.moves.map(\.factor) }
    return all.reduce(into: told) { pairs, pair in
      if !pairs.contains(pair) { pairs.append(pair) }
    }
  }

  /// The places of the cells, the best first where one is known.
  public var rankedCells: [Int] {
    guard let best else { return Array(cells.indices) }
    let ranked = [best.cell] + best.others.map(\.cell)
    return ranked + cells.indices.filter { !ranked.contains($0) }
  }

  /// The pairs of factors worth a picture: those that depend on each other, or else the one that
  /// is nearest to that.
  public func plottedPairs(most: Int) -> [[Int]] {
    let pairs = effects.filter { $0.isInteraction && $0.estimate != nil }
    let ranked = pairs.sorted {
      ($0.probability ?? 1, $1.estimate.map(abs) ?? 0)
        < ($1.probability ?? 1, $0.estimate.map(abs) ?? 0)
    }
    let told = ranked.filter { $0.finding == .better || $0.finding == .worse }
    var result: [[Int]] = []
    for effect in told.isEmpty ? Array(ranked.prefix(1)) : told {
      let pair = effect.moves.map(\.factor)
      if !result.contains(pair) { result.append(pair) }
    }
    return Array(result.prefix(most))
  }
}
