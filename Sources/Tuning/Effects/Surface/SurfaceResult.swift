public import Training

/// What a response surface showed, and what that rests on.
public struct SurfaceResult: Sendable, Encodable {
  /// One combination of values.
  public struct Point: Sendable, Encodable {
    public var levels: [String]
    /// Along each axis, from −1 to 1.
    public var places: [Double]
    /// Nil where a run has no score.
    public var mean: Double?
    /// By seed, nil where a run has none.
    public var scores: [Double?]
    public var divergedRuns: Int
  }

  /// A figure with its 95 % interval.
  public struct Figure: Sendable, Encodable {
    public var estimate: Double
    public var halfWidth: Double
  }

  public enum Finding: String, Sendable, Encodable {
    case depend, noDifference = "no_difference", notEnough = "not_enough_runs"
  }

  /// How far the best value of one key moves with another.
  public struct Movement: Sendable, Encodable {
    /// The axis that takes a step, and the one whose best value moves.
    public var axis: Int
    public var of: Int
    /// A factor on a logarithmic axis, else a difference; nil where there is no best value within.
    public var change: Double?
    /// The ends of its 95 % interval, by bootstrap.
    public var low: Double?
    public var high: Double?

    /// Whether the interval holds no movement at all.
    public var isNothing: Bool?
  }

  public struct Pair: Sendable, Encodable {
    public var axes: [Int]
    /// The difference of differences over both ranges: four times the coefficient.
    public var estimate: Double
    /// Of the 95 % interval of this pair alone.
    public var halfWidth: Double
    /// The least margin that would hold its interval.
    public var bound: Double
    public var probability: Double
    /// After Holm, over all pairs.
    public var adjustedProbability: Double
    public var finding: Finding
    public var movements: [Movement]
  }

  /// Whether points lie farther from the surface than their seeds explain.
  public struct LackOfFit: Sendable, Encodable {
    public var ratio: Double
    public var probability: Double
  }

  public struct Best: Sendable, Encodable {
    public var levels: [String]
    public var places: [Double]
    public var predicted: Figure
    /// Axes at whose end it lies, by place.
    public var ends: [Int]
  }

  public var axes: [SurfaceAxis]
  public var metric: String
  /// Why it is this one.
  public var choice: String
  public var direction: Metric.Direction
  /// The smallest interaction that matters, and where it comes from.
  public var margin: Double?
  public var marginOrigin: String
  public var rows: Int
  public var heldOutRows: Int
  public var folds: Int
  public var noise: FactorialResult.Noise
  /// How many seeds every point was trained with, and how many the smallest interaction takes.
  public var seeds: Int
  public var neededSeeds: Int?
  public var firstSeed: UInt64
  public var points: [Point]
  /// How many runs a verdict takes at the least.
  public var leastRuns: Int
  /// `b₀, bᵢ, qᵢ, cᵢⱼ` in places from −1 to 1; empty where nothing could be fitted.
  public var coefficients: [Double]
  /// By axis, what going from its low to its high end changes, the others in the middle.
  public var slopes: [Figure]
  /// By axis, how far the score in the middle is off the mean of both ends: minus the coefficient.
  public var curvatures: [Figure]
  public var pairs: [Pair]
  public var lackOfFit: LackOfFit?
  public var best: Best?
  public var movesAlong: [FactorialResult.Follower]
  public var isInterrupted: Bool
}
