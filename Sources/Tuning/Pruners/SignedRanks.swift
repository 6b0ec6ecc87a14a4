/// Wilcoxon's signed rank test: whether differences lie above 0.
///
/// The ranks of differences of 0 count half on both sides. The distribution is the exact one over
/// all signs of the others, with their ranks as they are, equal ones sharing the mean.
struct SignedRanks {
  /// The probability of so great a sum of positive ranks, or a greater one, if signs are by chance.
  let probabilityOfMore: Double

  init(_ differences: [Double]) {
    let sorted = differences.sorted { abs($0) < abs($1) }
    // Twice the rank is a whole number.
    var ranks: [Int] = []
    var positive = 0
    var start = 0
    while start < sorted.count {
      var end = start
      while end < sorted.count, abs(sorted[end]) == abs(sorted[start]) { end += 1 }
      for difference in sorted[start..<end] where difference != 0 {
        ranks.append(start + 1 + end)
        if difference > 0 { positive += start + 1 + end }
      }
      start = end
    }
    // The probability of each sum, one rank after another.
    var shares = [Double](repeating: 0, count: ranks.reduce(0, +) + 1)
    shares[0] = 1
    var reach = 0
    for rank in ranks {
      reach += rank
      for sum in stride(from: reach, through: 0, by: -1) {
        shares[sum] = 0.5 * shares[sum] + (sum >= rank ? 0.5 * shares[sum - rank] : 0)
      }
    }
    probabilityOfMore = shares[positive...].reduce(0, +)
  }
}
