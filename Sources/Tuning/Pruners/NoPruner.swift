/// Lets every trial come to its end.
public struct NoPruner: Pruner {
  public static let name = "none"
  public static let summary = "lets every trial come to its end"

  public init(options: [String: Double] = [:]) {}

  public func prunes(_ trial: Trial, after history: [Trial]) -> Bool { false }
}
