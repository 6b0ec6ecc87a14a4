extension Ranking {
  /// The mean over some classes of the ROC curve of each against the rest; empty where one has
  /// none. The area under it is the mean of the areas.
  public static func meanROC(_ rankings: [Ranking]) -> [Point] {
    guard !rankings.isEmpty, rankings.allSatisfy({ !$0.roc.isEmpty }) else { return [] }
    let places = Set(rankings.flatMap { $0.roc.map(\.x) }).sorted()
    var curve = [Point(0, 0)]
    let heights = rankings.map { Self.heights(of: $0.roc, at: places) }
    for (index, x) in places.enumerated() {
      // A curve may climb at one place.
      for y in [mean(heights.map { $0[index].low }), mean(heights.map { $0[index].high })] {
        let point = Point(x, y ?? 0)
        if curve[curve.count - 1] != point { curve.append(point) }
      }
    }
    return curve
  }

  /// The mean over some classes of the precision that each has at a recall; empty where one has no
  /// row. The area under it, a step for each point, is the mean of the average precisions.
  public static func meanPrecisionRecall(_ rankings: [Ranking]) -> [Point] {
    guard !rankings.isEmpty, rankings.allSatisfy({ !$0.precisionRecall.isEmpty }) else {
      return []
    }
    let places = Set(rankings.flatMap { $0.precisionRecall.map(\.x) }).sorted()
    var (sums, next) = ([Double](repeating: 0, count: places.count), 0)
    for ranking in rankings {
      next = 0
      for (index, recall) in places.enumerated() {
        // The first threshold that finds as much.
        while ranking.precisionRecall[next].x < recall { next += 1 }
        sums[index] += ranking.precisionRecall[next].y
      }
    }
    return zip(places, sums).map { Point($0, $1 / Double(rankings.count)) }
  }

  /// Where a curve comes to each place, and where it leaves it, with straight lines between points.
  private static func heights(
    of curve: [Point], at places: [Double]
  ) -> [(low: Double, high: Double)] {
    var (heights, next) = ([(low: Double, high: Double)](), 0)
    heights.reserveCapacity(places.count)
    for x in places {
      while curve[next].x < x { next += 1 }
      let point = curve[next]
      guard point.x == x else {
        let before = curve[next - 1]
        let y = before.y + (point.y - before.y) * (x - before.x) / (point.x - before.x)
        heights.append((y, y))
        continue
      }
      var last = next
      while last + 1 < curve.count, curve[last + 1].x == x { last += 1 }
      heights.append((point.y, curve[last].y))
      next = last
    }
    return heights
  }
}
