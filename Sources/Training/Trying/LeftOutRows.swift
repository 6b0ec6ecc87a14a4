internal import Tensors

/// Rows dealt into groups, each of which is left out in turn: how far a score on the others moves
/// tells how much of it hangs on which rows there are.
///
/// This is the jackknife of groups (Shao and Tu 1995). The groups are dealt at random, always alike
/// for as many rows, so that a table's order has no part in it.
public enum LeftOutRows {
  static let mostGroups = 20

  /// What is left for each group.
  static func rests(of count: Int) -> [[Int]] {
    guard count > 1 else { return [] }
    var order = (0..<count).map { Int32(truncatingIfNeeded: $0) }
    var source = RandomSource(seed: 0).split("left out rows")
    source.shuffle(&order)
    let groups = min(mostGroups, count)
    var group = Array(repeating: 0, count: count)
    for (place, row) in order.enumerated() { group[Int(row)] = place % groups }
    return (0..<groups).map { left in (0..<count).filter { group[$0] != left } }
  }

  /// The variance of a score, from what it is without each group; 0 of fewer than two.
  public static func variance(of scores: [Double]) -> Double {
    guard scores.count > 1, let center = mean(scores) else { return 0 }
    let sum = scores.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    return sum * Double(scores.count - 1) / Double(scores.count)
  }
}
