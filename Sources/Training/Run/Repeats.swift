/// How often a spec is trained: once for every fold and every seed.
public struct Repeats: Sendable, Hashable {
  /// How many folds the rows are dealt into; nil for the spec's own split.
  public var folds: Int?
  /// How many seeds: the spec's and those that follow it.
  public var seeds: Int

  public init(folds: Int? = nil, seeds: Int = 1) {
    precondition(folds.map { $0 >= 2 } ?? true && seeds >= 1, "a repeat needs 2 folds or a seed")
    self.folds = folds
    self.seeds = seeds
  }

  /// How many runs that makes.
  public var runCount: Int { (folds ?? 1) * seeds }

  /// One of the runs.
  public struct Place: Sendable, Hashable {
    /// From 1, of `runCount`.
    public var number: Int
    public var runCount: Int
    /// From 1; nil without folds.
    public var fold: Int?
    public var folds: Int?
    public var seed: UInt64

    /// "fold 2 of 5, seed 42", to name the run in a sentence.
    public var words: String {
      let seed = "seed \(seed)"
      guard let fold, let folds else { return seed }
      return "fold \(fold) of \(folds), \(seed)"
    }
  }
}
