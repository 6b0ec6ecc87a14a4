/// What an experiment may do.
public struct ExperimentSettings: Sendable {
  /// The smallest effect that matters; nil for 0.01 of a score that is at most 1, and 2 % of an
  /// error.
  public var margin: Double?
  /// After so many seconds what is whole is judged.
  public var seconds = 60.0
  /// How many seeds every cell is trained with; nil for as many as the smallest effect needs.
  public var seeds: Int?
  /// How many folds the rows are dealt into; with 1 the same tenth of the rows always judges.
  public var folds = 10
  /// How many cells there may be; nil for up to 64, and fewer where time is short.
  public var cells: Int?
  /// How many trainings go on at a time; nil for as many as fit.
  public var threads: Int?

  public init() {}

  /// How many cells there may be unless said.
  public static let usualCells = 64
}
