/// One class against the rest, by the scores of the class: the curves that a threshold runs along.
public struct Ranking: Sendable {
  /// A place of a curve.
  public struct Point: Sendable, Hashable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
  }

  /// Rows of the class, and the others.
  public let inside: Int
  public let outside: Int
  /// The share of the class that is found over the share of the others that is taken for it, as the
  /// threshold falls; from (0, 0) to (1, 1), without places on a straight line between two others.
  public let roc: [Point]
  /// Precision over recall as the threshold falls, without its end at (0, 1).
  public let precisionRecall: [Point]
  /// The areas under them, as `roc_auc` and `average_precision` have them; nil where a curve is not
  /// defined: of no rows of the class, or of the others.
  public let rocArea: Double?
  public let averagePrecision: Double?

  public init(of index: Int, _ predictions: ClassPredictions, _ truth: [Int]) {
    (inside, outside) = (truth.count { $0 == index }, truth.count { $0 != index })
    rocArea = areaUnderROC(of: index, predictions, truth)
    averagePrecision = precisionOverRecall(of: index, predictions, truth)
    var (roc, recall) = ([Point(0, 0)], [Point]())
    var (found, passed) = (0, 0)
    for tie in ties(predictions.column(index)) {
      (found, passed) = (found + tie.count { truth[$0] == index }, passed + tie.count)
      if inside > 0 {
        recall.append(
          Point(Double(found) / Double(inside), Double(found) / Double(passed)))
      }
      guard inside > 0, outside > 0 else { continue }
      let point = Point(
        Double(passed - found) / Double(outside), Double(found) / Double(inside))
      if roc.count > 1, Self.isStraight(roc[roc.count - 2], roc[roc.count - 1], point) {
        roc.removeLast()
      }
      roc.append(point)
    }
    self.roc = inside > 0 && outside > 0 ? roc : []
    precisionRecall = recall
  }

  private static func isStraight(_ a: Point, _ b: Point, _ c: Point) -> Bool {
    abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) < 1e-12
  }
}

/// The area under the curve of one class against the rest; nil unless both occur.
///
/// From the ranks: `(Σ ranks of the class − n(n + 1)/2) / (n · m)`, ties sharing their mean rank.
func areaUnderROC(
  of index: Int, _ predictions: ClassPredictions, _ truth: [Int]
) -> Double? {
  let inside = truth.count { $0 == index }
  let outside = truth.count - inside
  guard inside > 0, outside > 0 else { return nil }
  var (rankSum, passed) = (0.0, 0)
  for tie in ties(predictions.column(index)).reversed() {
    let sharedRank = Double(passed) + Double(tie.count + 1) / 2
    rankSum += sharedRank * Double(tie.count { truth[$0] == index })
    passed += tie.count
  }
  let least = Double(inside) * Double(inside + 1) / 2
  return (rankSum - least) / (Double(inside) * Double(outside))
}

/// `Σ (recall − recall before) · precision` over the distinct scores of a class, from the highest;
/// nil where no row is of the class.
func precisionOverRecall(
  of index: Int, _ predictions: ClassPredictions, _ truth: [Int]
) -> Double? {
  let inside = truth.count { $0 == index }
  guard inside > 0 else { return nil }
  var (sum, found, passed) = (0.0, 0, 0)
  for tie in ties(predictions.column(index)) {
    let own = tie.count { truth[$0] == index }
    (found, passed) = (found + own, passed + tie.count)
    sum += Double(own) / Double(inside) * Double(found) / Double(passed)
  }
  return sum
}

/// The rows of each distinct score, highest first.
private func ties(_ scores: [Double]) -> [ArraySlice<Int>] {
  let order = scores.indices.sorted { scores[$0] > scores[$1] }
  return order.chunked { scores[$0] == scores[$1] }
}

extension Array {
  /// Runs of neighbours that belong together.
  fileprivate func chunked(by belong: (Element, Element) -> Bool) -> [ArraySlice<Element>] {
    var (chunks, start) = ([ArraySlice<Element>](), 0)
    for end in indices.dropFirst() where !belong(self[end - 1], self[end]) {
      chunks.append(self[start..<end])
      start = end
    }
    return isEmpty ? [] : chunks + [self[start...]]
  }
}
