/// Looks along a line for a step that lowers a function enough: the strong conditions of Wolfe.
///
/// `f(t) ≤ f(0) + 10⁻⁴ · t · f′(0)` and `|f′(t)| ≤ 0.9 · |f′(0)|`. Steps grow until they bracket
/// such a point, which cubic interpolation then closes in on (Nocedal and Wright 2006, algorithms
/// 3.5 and 3.6), with the safeguards of minFunc, which PyTorch has as well.
struct LineSearch {
  /// The function at one length of the step.
  struct Point {
    var length: Double
    var value: Double
    var slope: Double

    var isFinite: Bool { value.isFinite && slope.isFinite }
  }

  let start: Point
  /// The largest change of a single number in a step of length 1.
  let reach: Double
  /// The most evaluations.
  static let limit = 25
  /// Brackets in which no number changes by more than this are not searched.
  static let leastChange = 1e-9
  private var evaluations = 0

  /// A search from where the line begins, at length 0, with a slope below 0.
  init(from start: Point, reach: Double) {
    precondition(start.length == 0 && start.slope < 0, "a search goes downhill")
    self.start = start
    self.reach = reach
  }

  /// The best point found, trying `length` first; the start itself where nothing is lower.
  mutating func run(first length: Double, _ evaluate: (Double) -> Point) -> Point {
    var (before, point) = (start, finitePoint(at: length, evaluate))
    guard point.isFinite else { return start }
    var tries = 0
    while evaluations < Self.limit {
      if isTooHigh(point) || (tries > 1 && point.value >= before.value) { break }
      if isFlat(point) { return point }
      if point.slope >= 0 { break }
      let next = Self.minimum(
        before, point,
        within: (point.length + 0.01 * (point.length - before.length))...(10 * point.length))
      let longer = probe(next, evaluate)
      // Beyond the range of numbers the last point is as far as one can go.
      guard longer.isFinite else { return point }
      (before, point) = (point, longer)
      tries += 1
    }
    return closeIn(before, point, evaluate)
  }

  /// Narrows a bracket until a point in it meets the conditions.
  private mutating func closeIn(
    _ first: Point, _ second: Point, _ evaluate: (Double) -> Point
  ) -> Point {
    var (low, high) = first.value <= second.value ? (first, second) : (second, first)
    var isSlow = false
    while evaluations < Self.limit, abs(high.length - low.length) * reach >= Self.leastChange {
      let ends = min(low.length, high.length)...max(low.length, high.length)
      let left = low.length <= high.length ? low : high
      let right = low.length <= high.length ? high : low
      var length = Self.minimum(left, right, within: ends)
      // Twice in a row close to an end is no progress: the next try keeps away from it.
      let margin = 0.1 * (ends.upperBound - ends.lowerBound)
      if min(ends.upperBound - length, length - ends.lowerBound) < margin {
        let isOutside = length >= ends.upperBound || length <= ends.lowerBound
        if isSlow || isOutside {
          let isRight = ends.upperBound - length < length - ends.lowerBound
          length = isRight ? ends.upperBound - margin : ends.lowerBound + margin
          isSlow = false
        } else {
          isSlow = true
        }
      } else {
        isSlow = false
      }
      let point = probe(length, evaluate)
      guard point.isFinite, !isTooHigh(point), point.value < low.value else {
        high = point.isFinite ? point : Point(length: length, value: .infinity, slope: 0)
        if high.value < low.value { swap(&low, &high) }
        continue
      }
      if isFlat(point) { return point }
      if point.slope * (high.length - low.length) >= 0 { high = low }
      low = point
    }
    return low
  }

  /// The function at a length, or at a tenth of it as often as it is not finite there.
  private mutating func finitePoint(
    at length: Double, _ evaluate: (Double) -> Point
  ) -> Point {
    var point = probe(length, evaluate)
    while !point.isFinite, evaluations < Self.limit { point = probe(point.length / 10, evaluate) }
    return point
  }

  private mutating func probe(_ length: Double, _ evaluate: (Double) -> Point) -> Point {
    evaluations += 1
    return evaluate(length)
  }

  private func isTooHigh(_ point: Point) -> Bool {
    point.value > start.value + 1e-4 * point.length * start.slope
  }

  private func isFlat(_ point: Point) -> Bool { abs(point.slope) <= -0.9 * start.slope }

  /// Where the cubic through two points, the first at the shorter length, has its minimum.
  static func minimum(_ a: Point, _ b: Point, within bounds: ClosedRange<Double>) -> Double {
    let middle = (bounds.lowerBound + bounds.upperBound) / 2
    let chord = 3 * (a.value - b.value) / (a.length - b.length)
    let sum = a.slope + b.slope - chord
    let square = sum * sum - a.slope * b.slope
    guard square >= 0 else { return middle }
    let root = square.squareRoot()
    let share = (b.slope + root - sum) / (b.slope - a.slope + 2 * root)
    let length = b.length - (b.length - a.length) * share
    guard length.isFinite else { return middle }
    return min(max(length, bounds.lowerBound), bounds.upperBound)
  }
}
