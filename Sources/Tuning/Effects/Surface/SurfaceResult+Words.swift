internal import SpecCompiler
internal import SpecSyntax
internal import Training

/// Sentences about a response surface, for people.
extension SurfaceResult {
  /// "18 points × 4 seeds = 72 runs".
  public var size: String {
    "\(points.count) points × \(counted(seeds, "seed")) = \(counted(seeds * points.count, "run"))"
  }

  /// What was done, by which score, from where on an interaction matters, and how much is noise.
  public var head: [String] {
    let held = heldOutRows > 0 ? "; the \(counted(heldOutRows, "test row")) took no part" : ""
    let dealt = folds == 1 ? "one tenth of them always judges" : "in \(folds) folds"
    let way = direction == .higherIsBetter ? "higher" : "lower"
    var lines = [
      "\(size), on the same rows with the same seeds: \(counted(rows, "row")) \(dealt)\(held)",
      "judged by \(metric), \(choice); \(way) is better",
      "interactions that matter: " + (margin.map { "±\(roundedText($0)), " } ?? "")
        + marginOrigin,
      noiseWords,
    ]
    lines += zip(axes.names, axes).map { name, axis in
      "\(name): from \(roundedText(axis.low)) to \(roundedText(axis.high)), "
        + (axis.isLogarithmic ? "logarithmic" : "linear")
        + (axis.isWhole ? ", whole numbers" : "")
    }
    if let fitWords { lines.append(fitWords) }
    lines += movesAlong.prefix(6).map {
      "moves along: `\($0.key)` is left open and differs between points; --set holds it"
    }
    return divergence.map { lines + [$0] } ?? lines
  }

  private var noiseWords: String {
    let own =
      noise.deviation.map {
        "noise: ±\(roundedText($0)) from seed to seed "
          + "(\(noise.repeats) repeats of the spec as it is)"
      } ?? "noise: not known"
    guard let neededSeeds else { return own + "; no number of seeds is known to be enough" }
    return own + "; an interaction that matters takes \(neededSeeds * points.count) runs, "
      + "there are \(seeds * points.count)"
  }

  private var fitWords: String? {
    guard !coefficients.isEmpty else {
      return "no surface: too few points have a score"
    }
    guard let lackOfFit else { return nil }
    let p = lackOfFit.probability
    let chance = "p \(p < 0.001 ? "< 0.001" : roundedText(p))"
    let times = roundedText(lackOfFit.ratio.squareRoot())
    return p < 0.05
      ? "the surface does not fit: points lie \(times) times as "
        + "far from it as seeds explain (\(chance)); narrower ranges would be more like it"
      : "the surface fits: points lie no farther from it than seeds explain (\(chance))"
  }

  /// Which points have no score; nil if all have.
  private var divergence: String? {
    let own = points.filter { $0.divergedRuns > 0 }
    guard !own.isEmpty else { return nil }
    let named = own.prefix(4).map {
      "\(words($0.levels)) (\($0.divergedRuns) of \($0.scores.count))"
    }
    let rest = own.count > 4 ? " and \(own.count - 4) more points" : ""
    return "the loss was no number with \(named.joined(separator: "; "))\(rest), which the surface "
      + "leaves out"
  }

  public func words(_ levels: [String]) -> String {
    zip(axes.names, levels).map { "\($0) \($1)" }.joined(separator: ", ")
  }

  /// "rate × batch_size".
  public func title(_ pair: Pair) -> String {
    pair.axes.map { axes.names[$0] }.joined(separator: " × ")
  }

  public func figures(_ pair: Pair) -> String { differenceText(pair.estimate, pair.halfWidth) }

  public func verdict(_ pair: Pair) -> String {
    switch pair.finding {
    case .depend: "depend on each other"
    case .noDifference: "none that matters"
    case .notEnough: "not enough runs"
    }
  }

  /// A pair as one would tell it.
  public func sentence(_ pair: Pair) -> String {
    let names = pair.axes.map { "`\(axes.names[$0])`" }.joined(separator: " and ")
    switch pair.finding {
    case .depend:
      return "\(names) depend on each other (\(figures(pair)) over both ranges): "
        + pair.movements.map { words($0) }.joined(separator: "; ")
    case .noDifference:
      return "no interaction above ±\(roundedText(pair.bound)): choose \(names) separately"
    case .notEnough:
      let needed = neededSeeds.map {
        max($0 * points.count, leastRuns) > seeds * points.count
          ? ": needs \(max($0 * points.count, leastRuns)), has \(seeds * points.count)" : ""
      }
      return "not enough runs to tell whether \(names) depend on each other\(needed ?? "") "
        + "(so far \(figures(pair)))"
    }
  }

  private func words(_ movement: Movement) -> String {
    let names = axes.names
    let (own, other) = (axes[movement.axis], axes[movement.of])
    let name = "`\(names[movement.of])`"
    guard let change = movement.change, let low = movement.low, let high = movement.high else {
      return "\(name) has no best value within its range here"
    }
    let step = own.stepWords(names[movement.axis])
    let figures =
      other.isLogarithmic
      ? "multiplies the best \(name) by \(roundedText(change)) "
        + "(\(roundedText(low)) to \(roundedText(high)))"
      : "moves the best \(name) by \(signed(change)) (\(signed(low)) to \(signed(high)))"
    guard movement.isNothing != true else {
      return "\(step) \(figures), which may be nothing: tune them separately"
    }
    let isUp = other.isLogarithmic ? change > 1 : change > 0
    return "\(step) \(figures): " + (isUp ? "raise both" : "raise the one, lower the other")
  }

  private func signed(_ value: Double) -> String {
    value < 0 ? "−\(roundedText(-value))" : "+\(roundedText(value))"
  }

  /// Where the surface is best.
  public var bestSentence: String? {
    guard let best else { return nil }
    let (own, half) = (best.predicted.estimate, best.predicted.halfWidth)
    let predicted = "\(roundedText(own)) ± \(roundedText(half))"
    let ends = best.ends.map { "`\(axes.names[$0])`" }.joined(separator: " and ")
    let edge = ends.isEmpty ? "" : "; \(ends) at the end of the range: the best may lie beyond"
    return "best on the surface: \(words(best.levels)) with \(metric) \(predicted)\(edge)"
  }

  /// What the surface says at places from −1 to 1; nil without a surface.
  public func predicted(at places: [Double]) -> Double? {
    guard !coefficients.isEmpty else { return nil }
    let terms = QuadraticModel(dimensions: axes.count).terms(at: places)
    return zip(terms, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The value at a place from −1 to 1 of an axis, as a spec would write it.
  public func level(_ axis: Int, at place: Double) -> String { axes[axis].text(at: place) }

  /// The pairs, those that depend on each other most surely first.
  public var ranked: [Pair] {
    pairs.enumerated().sorted {
      ($0.element.probability, $0.offset) < ($1.element.probability, $1.offset)
    }.map(\.element)
  }
}
