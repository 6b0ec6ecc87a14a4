/// Ends trials early that will hardly become the best.
public protocol Pruner: Sendable {
  /// As a spec writes it.
  static var name: String { get }
  /// What it does, in a line of help.
  static var summary: String { get }

  /// With fields as a spec names them; what is absent has its default.
  init(options: [String: Double])

  /// Whether a trial ends at the last step of its curve.
  ///
  /// - Parameters:
  ///   - trial: running, with a curve of at least one point.
  ///   - history: `[Trial].known(to:parallel:)` of the trial: all that have a lower number.
  func prunes(_ trial: Trial, after history: [Trial]) -> Bool
}
