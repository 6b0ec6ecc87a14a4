/// Wilcoxon's signed ranks: whether differences lie around 0.
enum Wilcoxon {
  /// The two-sided probability of ranks at least as uneven if the differences had no sign of their
  /// own; differences of 0 are left out, and equal ones share their ranks. Exact, for up to some
  /// hundreds of differences; 1 of none.
  static func probability(_ differences: [Double]) -> Double {
    let values = differences.filter { $0 != 0 }.sorted { abs($0) < abs($1) }
    guard !values.isEmpty else { return 1 }
    // Twice the ranks, so that shared ones are whole.
    var ranks = Array(repeating: 0, count: values.count)
    var first = 0
    while first < values.count {
      var last = first
      while last + 1 < values.count, abs(values[last + 1]) == abs(values[first]) { last += 1 }
      for place in first...last { ranks[place] = first + last + 2 }
      first = last + 1
    }
    let total = ranks.reduce(0, +)
    let positive = zip(values, ranks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
    let least = min(positive, total - positive)
    // The share of all signs that give each sum.
    var shares = Array(repeating: 0.0, count: total + 1)
    shares[0] = 1
    for rank in ranks {
      for sum in stride(from: total, through: 0, by: -1) {
        shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2
      }
    }
    return min(1, 2 * shares[0...least].reduce(0, +))
  }
}

/// Holm's correction of several probabilities.
enum Holm {
  /// Each probability as it counts beside the others, in their order.
  static func corrected(_ probabilities: [Double]) -> [Double] {
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    var (result, greatest) = (probabilities, 0.0)
    for (step, index) in order.enumerated() {
      greatest = max(greatest, min(1, probabilities[index] * Double(probabilities.count - step)))
      result[index] = greatest
    }
    return result
  }
}
