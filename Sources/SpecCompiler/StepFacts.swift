/// What the single steps of a training run showed, for rules about their length.
///
/// Nothing here need be known: a finished run tells less than a probe does.
public struct StepFacts: Sendable, Codable, Hashable {
  /// The step, from 1, at which a number was no longer finite; nil for a run that stayed finite.
  public var nonFiniteStep: Int?
  /// Mean loss of the first ten batches, each before its step.
  public var initialLoss: Double?
  /// The greatest loss of a batch, smoothed by `smoothed`.
  public var greatestLoss: Double?
  /// The share of hidden values that are 0 for each of some hundred validation rows, of those that
  /// come from `relu`.
  public var inactiveShare: Double?
  /// Lengths of the gradient before clipping, of steps evenly spread over the run; at most 1,000.
  public var gradientNorms: [Double]
  /// Rows of a batch whose gradient is half noise, by `noiseScale(of:_:)`: the middle one of
  /// several estimates over the first half of a run.
  public var noiseScale: Double?
  /// The rate at which a test of rising rates ran off, by `divergingRate(of:)`; of several seeds
  /// the middle one.
  public var divergingRate: Double?
  /// Short runs that differ in their rate only.
  public var rateTrials: [RateTrial]

  /// A learning rate and the loss it led to; in a test of rising rates that of one batch, among
  /// trials the least validation loss.
  public struct RateTrial: Sendable, Codable, Hashable {
    public var rate: Double
    public var loss: Double

    public init(rate: Double, loss: Double) {
      self.rate = rate
      self.loss = loss
    }
  }

  /// The mean over steps of the squared length of the gradient of so many rows.
  public struct SquaredGradient: Sendable {
    public var rows: Int
    public var square: Double

    public init(rows: Int, square: Double) {
      self.rows = rows
      self.square = square
    }
  }

  public init(
    nonFiniteStep: Int? = nil, initialLoss: Double? = nil, greatestLoss: Double? = nil,
    inactiveShare: Double? = nil, gradientNorms: [Double] = [], noiseScale: Double? = nil,
    divergingRate: Double? = nil, rateTrials: [RateTrial] = []
  ) {
    self.nonFiniteStep = nonFiniteStep
    self.initialLoss = initialLoss
    self.greatestLoss = greatestLoss
    self.inactiveShare = inactiveShare
    self.gradientNorms = gradientNorms
    self.noiseScale = noiseScale
    self.divergingRate = divergingRate
    self.rateTrials = rateTrials
  }

  /// The length that so large a share of the gradients stays under; nil where none is known.
  public func gradientNorm(below share: Double) -> Double? {
    guard !gradientNorms.isEmpty else { return nil }
    let place = Int((share * Double(gradientNorms.count - 1)).rounded())
    return gradientNorms.sorted()[min(max(place, 0), gradientNorms.count - 1)]
  }

  /// The share of gradients that are longer than a bound.
  public func share(above bound: Double) -> Double? {
    guard !gradientNorms.isEmpty else { return nil }
    return Double(gradientNorms.count { $0 > bound }) / Double(gradientNorms.count)
  }

  /// Running means in which a loss counts 0.98 times as much as the next, corrected for their
  /// start.
  public static func smoothed(_ losses: some Sequence<Double>) -> [Double] {
    var (sum, weight) = (0.0, 0.0)
    return losses.map { loss in
      sum = 0.98 * sum + 0.02 * loss
      weight = 0.98 * weight + 0.02
      return sum / weight
    }
  }

  /// The first of rising rates at which the smoothed loss is more than four times its least so
  /// far, or not finite; nil if the test ended before.
  public static func divergingRate(of test: [RateTrial]) -> Double? {
    var least = Double.infinity
    for (trial, loss) in zip(test, smoothed(test.map(\.loss))) {
      guard loss.isFinite, loss <= 4 * least else { return trial.rate }
      least = min(least, loss)
    }
    return nil
  }

  /// The noise scale `tr Σ / ‖G‖²` from gradients of two batch sizes (McCandlish et al. 2018):
  /// `‖G‖² = (B₂·g₂² − B₁·g₁²) / (B₂ − B₁)`, `tr Σ = (g₁² − g₂²) / (1/B₁ − 1/B₂)`.
  ///
  /// Nil where noise hides the gradient itself, or the other way round.
  public static func noiseScale(of small: SquaredGradient, _ large: SquaredGradient) -> Double? {
    guard small.rows > 0, large.rows > small.rows else { return nil }
    let (b1, b2) = (Double(small.rows), Double(large.rows))
    let signal = (b2 * large.square - b1 * small.square) / (b2 - b1)
    let noise = (small.square - large.square) / (1 / b1 - 1 / b2)
    return signal > 0 && noise > 0 ? noise / signal : nil
  }
}

/// What runs on the same table reached, other than the one at hand.
public struct TrialFacts: Sendable, Codable, Hashable {
  /// The validation score of each try with other settings, in their order; larger is better.
  public var scores: [Double]
  /// The validation scores of runs that differ in their seed only.
  public var seedScores: [Double]

  public init(scores: [Double] = [], seedScores: [Double] = []) {
    self.scores = scores
    self.seedScores = seedScores
  }

  /// How much the last so many tries raised the best score; nil where there are no earlier ones.
  public func gain(ofLast count: Int) -> Double? {
    guard scores.count > count, let all = scores.max(),
      let before = scores.dropLast(count).max()
    else { return nil }
    return all - before
  }

  /// The standard deviation between seeds, of a population of which these are a sample; nil for
  /// less than three of them.
  public var seedDeviation: Double? {
    guard seedScores.count >= 3 else { return nil }
    let mean = seedScores.reduce(0, +) / Double(seedScores.count)
    let squares = seedScores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(seedScores.count - 1)).squareRoot()
  }
}
