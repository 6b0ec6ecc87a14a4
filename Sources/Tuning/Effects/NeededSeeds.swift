/// How many seeds it takes until an effect of some size is told.
struct NeededSeeds {
  /// A verdict takes at least so many, as with `plumb advise --measure`.
  static let least = 10
  /// Beyond so many, rows that trainings share keep intervals from getting narrower.
  static let mostShared = 50
  /// No more are ever asked for.
  static let most = 1000
  /// With what probability an effect of that size is to be told.
  static let power = 0.8

  /// The probability of telling an effect that is not there, for one of all tests.
  let risk: Double
  /// Judging rows for each learning row.
  let overlap: Double

  /// The most that a design of such folds is given.
  var limit: Int { overlap > 0 ? Self.mostShared : Self.most }

  /// The fewest seeds from 10 on with which an effect is told with a probability of 80 %; nil where
  /// not even 1,000 are enough.
  ///
  /// `effect ≥ (t(1 − risk/2) + t(0.8)) · deviation · √(1/n + overlap)`, with `n − 1` degrees of
  /// freedom.
  ///
  /// - Parameter deviation: of the effect from seed to seed.
  func count(deviation: Double, effect: Double) -> Int? {
    guard deviation > 0 else { return Self.least }
    // With ever more degrees of freedom it would be this many, which is a little too few.
    let ratio = effect / (deviation * (normalQuantile(beyond: risk / 2) + Self.powerQuantile))
    let share = ratio * ratio - overlap
    guard share > 1 / Double(Self.most) else { return nil }
    var count = max(Self.least, Int((1 / share).rounded(.down)))
    while count <= Self.most {
      if factor(count) * deviation <= effect { return count }
      count += 1
    }
    return nil
  }

  /// The smallest effect that so many seeds tell with a probability of 80 %.
  func leastEffect(deviation: Double, seeds: Int) -> Double {
    factor(seeds) * deviation
  }

  private func factor(_ count: Int) -> Double {
    let degrees = Double(max(1, count - 1))
    let t = studentQuantile(normalQuantile(beyond: risk / 2), degrees)
      + studentQuantile(Self.powerQuantile, degrees)
    return t * (1 / Double(count) + overlap).squareRoot()
  }

  private static let powerQuantile = normalQuantile(beyond: 1 - power)
}

/// What a normal variable exceeds with a probability below one half, to 0.0005: Abramowitz and
/// Stegun 26.2.23.
func normalQuantile(beyond probability: Double) -> Double {
  let t = (-2 * logarithm(probability)).squareRoot()
  return t - (2.515517 + t * (0.802853 + t * 0.010328))
    / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}

/// The same of Student's t with many degrees of freedom: Abramowitz and Stegun 26.7.5, which is off
/// by less than 0.001 from 9 on. Plans need no more, and ask often.
func studentQuantile(_ z: Double, _ degrees: Double) -> Double {
  let square = z * z
  return z * (1 + (square + 1) / (4 * degrees)
    + (3 + square * (16 + square * 5)) / (96 * degrees * degrees)
    + (-15 + square * (17 + square * (19 + square * 3))) / (384 * degrees * degrees * degrees))
}
