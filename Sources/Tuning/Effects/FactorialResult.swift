public import Training

/// What a factorial experiment showed, and what that rests on.
public struct FactorialResult: Sendable, Encodable {
  /// Which combinations were trained.
  public struct Design: Sendable, Encodable {
    /// How many cells there are, and how many combinations.
    public var cells: Int
    public var combinations: Int
    /// Of a fraction, the length of its shortest word; nil where all combinations were trained.
    public var resolution: Int?
    /// Keys of two levels whose signs multiply to plus in every cell.
    public var words: [[String]]

    init(_ design: FactorialDesign, _ factors: [Factor]) {
      cells = design.cells.count
      combinations = design.levelCounts.reduce(1, *)
      resolution = design.resolution
      words = design.words.map { $0.map { factors[$0].key } }
    }
  }

  /// How the spec as it is varies from seed to seed, on the same rows.
  public struct Noise: Sendable, Encodable {
    public var repeats: Int
    public var mean: Double?
    /// Nil of fewer than three repeats with a score.
    public var deviation: Double?
  }

  /// One combination of levels.
  public struct Cell: Sendable, Encodable {
    public var levels: [String]
    /// The levels' places.
    public var places: [Int]
    /// Whether it is the spec as it is.
    public var isBase: Bool
    /// Nil where a run has no score.
    public var mean: Double?
    /// By seed, nil where a run has none.
    public var scores: [Double?]
    /// Runs in which a number of the network was none.
    public var divergedRuns: Int
  }

  /// A factor that goes from one level to another, by their places.
  public struct Step: Sendable, Encodable, Hashable {
    public var factor: Int
    public var from: Int
    public var to: Int
  }

  public enum Finding: String, Sendable, Encodable {
    /// The score gets better; of an interaction: by more together than apart.
    case better
    case worse
    /// The whole interval lies within the margin.
    case noDifference = "no_difference"
    case notEnough = "not_enough_runs"
    /// Cells without a score leave nothing to compare.
    case diverged
  }

  /// What a step changes while the other key of a pair has a level.
  public struct Part: Sendable, Encodable {
    public var move: Step
    /// The factor that keeps a level, and its place.
    public var given: Int
    public var level: Int
    public var estimate: Double?
    public var halfWidth: Double?
  }

  /// A main effect, or the interaction of two steps: by how much the change of the one differs
  /// after the other.
  public struct Effect: Sendable, Encodable {
    public var moves: [Step]
    /// Pairs of factors whose interaction is in the same figure.
    public var aliases: [[Int]]
    public var estimate: Double?
    /// Of the 95 % interval of this effect alone.
    public var halfWidth: Double?
    /// The least margin within which its interval would lie whole.
    public var bound: Double?
    public var probability: Double?
    /// After Holm, over all effects.
    public var adjustedProbability: Double?
    /// How many seeds the smallest effect that matters takes; nil where none are enough.
    public var neededSeeds: Int?
    /// The smallest effect that as many seeds as make sense would tell, where none are enough.
    public var leastEffect: Double?
    /// Combinations of the other factors that could be averaged, and those that have scores.
    public var combinations: Int?
    public var combinationsLeft: Int?
    public var finding = Finding.diverged
    /// Of an interaction, the effects of each step at both levels of the other.
    public var parts: [Part] = []

    init(moves: [Step], aliases: [[Int]]) { (self.moves, self.aliases) = (moves, aliases) }

    public var isInteraction: Bool { moves.count == 2 }
  }

  /// How far another cell lies behind the best.
  public struct Lead: Sendable, Encodable {
    /// Its place among the cells.
    public var cell: Int
    /// The best cell's score less its own.
    public var difference: Double
    /// Of an interval that holds for all cells together.
    public var halfWidth: Double
    /// Whether it may be as good as the best.
    public var isTied: Bool
  }

  public struct Best: Sendable, Encodable {
    public var cell: Int
    public var mean: Double
    /// The other cells, the best first.
    public var others: [Lead]
  }

  /// A value that the spec leaves open and that is not the same in all cells.
  public struct Follower: Sendable, Encodable, Hashable {
    public var key: String
    public var values: [String]
  }

  public var factors: [Factor]
  public var design: Design
  public var metric: String
  /// Why it is this one.
  public var choice: String
  public var direction: Metric.Direction
  /// The smallest effect that matters, and where it comes from.
  public var margin: Double?
  public var marginOrigin: String
  public var rows: Int
  public var heldOutRows: Int
  public var folds: Int
  public var noise: Noise
  /// How many seeds every cell was trained with, how many the smallest effect takes by what was
  /// seen, and how many it would take if cells scattered as the spec as it is does.
  public var seeds: Int
  public var neededSeeds: Int?
  public var plannedSeeds: Int?
  public var firstSeed: UInt64
  public var cells: [Cell]
  public var effects: [Effect]
  public var best: Best?
  public var movesAlong: [Follower]
  public var isInterrupted: Bool
}

/// What an experiment knows of its spec beside its scores.
struct ExperimentPlace: Sendable {
  var rows = 0
  var heldOutRows = 0
  var folds = 0
  var seed: UInt64 = 0
  /// The levels that are the spec's own, if it has one of each factor.
  var base: [Int]?
  var movesAlong: [FactorialResult.Follower] = []

  init() {}
}
