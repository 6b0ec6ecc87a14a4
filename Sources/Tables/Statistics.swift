#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The finite numbers of a list in ascending order.
///
/// Whole numbers from a small range, such as pixels, are counted rather than compared; many others
/// are sorted by their bits.
func ascending(_ numbers: some Collection<Double>) -> [Double] {
  var kept: [Double] = []
  kept.reserveCapacity(numbers.count)
  var (low, high, isWhole) = (Double.infinity, -Double.infinity, true)
  for number in numbers where number.isFinite {
    kept.append(number)
    if number < low { low = number }
    if number > high { high = number }
    if number != number.rounded(.towardZero) { isWhole = false }
  }
  if !kept.isEmpty, isWhole, high - low < min(65_536, Double(kept.count) + 256) {
    count(&kept, from: low, to: high)
  } else if kept.count < 64 {
    kept.sort()
  } else {
    sortByBits(&kept)
  }
  return kept
}

/// Sorts whole numbers from a small range.
private func count(_ numbers: inout [Double], from low: Double, to high: Double) {
  var counts = [Int](repeating: 0, count: Int(high - low) + 1)
  for number in numbers { counts[Int(number - low)] += 1 }
  var position = 0
  for (offset, count) in counts.enumerated() {
    for _ in 0..<count {
      numbers[position] = low + Double(offset)
      position += 1
    }
  }
}

/// Sorts numbers that are not NaN.
private func sortByBits(_ numbers: inout [Double]) {
  // With all bits of negative numbers turned, and the sign of others, bits are in order too.
  let sign: UInt64 = 1 << 63
  var keys = numbers.map { $0.bitPattern & sign == 0 ? $0.bitPattern | sign : ~$0.bitPattern }
  sortKeys(&keys)
  for (position, key) in keys.enumerated() {
    numbers[position] = Double(bitPattern: key & sign == 0 ? ~key : key & ~sign)
  }
}

/// The finite numbers of a column in ascending order.
func ascending(_ numbers: Numbers) -> [Double] {
  numbers.sortedWholes() ?? ascending(numbers.array)
}

/// The value below which a share of an ascending list lies, linear between neighbours; 0 if empty.
func quantile(_ share: Double, of sorted: [Double]) -> Double {
  guard let last = sorted.last else { return 0 }
  let place = share * Double(sorted.count - 1)
  let index = Int(place.rounded(.down))
  guard index + 1 < sorted.count else { return last }
  // Weighted this way, neighbours near the largest double do not overflow.
  let weight = place - Double(index)
  return sorted[index] * (1 - weight) + sorted[index + 1] * weight
}

/// The median of the distances to a centre, of an ascending list.
func medianDistance(from centre: Double, of sorted: [Double]) -> Double {
  // Distances grow outwards in both directions, so merging the two runs sorts them.
  var right = sorted.firstIndex { $0 >= centre } ?? sorted.count
  var left = right - 1
  let middle = sorted.count / 2
  var (previous, current) = (0.0, 0.0)
  for _ in 0...middle {
    previous = current
    if right < sorted.count, left < 0 || sorted[right] - centre <= centre - sorted[left] {
      current = sorted[right] - centre
      right += 1
    } else if left >= 0 {
      current = centre - sorted[left]
      left -= 1
    }
  }
  return sorted.count.isMultiple(of: 2) ? (previous + current) / 2 : current
}

/// Mean, spread and shape of a list of finite numbers.
struct Moments {
  var mean = 0.0
  /// The square root of the mean squared distance to the mean.
  var deviation = 0.0
  var skewness = 0.0
  var excessKurtosis = 0.0

  /// Two passes, scaled by the largest value so that squares neither overflow nor vanish.
  init(_ numbers: [Double]) {
    guard !numbers.isEmpty else { return }
    let count = Double(numbers.count)
    var largest = 0.0
    for number in numbers { largest = max(largest, number.magnitude) }
    guard largest > 0 else { return }
    var sum = 0.0
    for number in numbers { sum += number / largest }
    let centre = sum / count
    mean = centre * largest
    var spread = 0.0
    for number in numbers { spread = max(spread, (number / largest - centre).magnitude) }
    // A spread at the level of rounding is none.
    guard spread > 1e-15 else { return }
    var (second, third, fourth) = (0.0, 0.0, 0.0)
    for number in numbers {
      let distance = (number / largest - centre) / spread
      let square = distance * distance
      second += square
      third += square * distance
      fourth += square * square
    }
    let variance = second / count
    deviation = variance.squareRoot() * spread * largest
    skewness = third / count / (variance * variance.squareRoot())
    excessKurtosis = fourth / count / (variance * variance) - 3
  }
}

/// log(1 + x), exact near zero.
func logOnePlus(_ x: Double) -> Double { log1p(x) }

/// e^x − 1, exact near zero: the inverse of `logOnePlus`.
func expMinusOne(_ x: Double) -> Double { expm1(x) }

/// The point below which a share of the standard normal distribution lies.
///
/// Acklam's rational approximation, relative error below 1.2e−9.
func normalQuantile(_ share: Double) -> Double {
  let low = NormalQuantile.tailBegin
  guard share >= low else { return tailQuantile((-2 * log(share)).squareRoot()) }
  guard share <= 1 - low else { return -tailQuantile((-2 * log(1 - share)).squareRoot()) }
  let q = share - 0.5
  let r = q * q
  return polynomial(r, NormalQuantile.middleTop) * q / polynomial(r, NormalQuantile.middleBottom)
}

/// The lower tail of the normal quantile, at √(−2 log share).
private func tailQuantile(_ q: Double) -> Double {
  polynomial(q, NormalQuantile.tailTop) / polynomial(q, NormalQuantile.tailBottom)
}

/// The coefficients of Acklam's approximation, the highest first.
public enum NormalQuantile {
  /// Shares below it, and above 1 less it, are in a tail.
  public static let tailBegin = 0.02425
  public static let middleTop = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690,
    -30.66479806614716, 2.506628277459239,
  ]
  public static let middleBottom = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
    -13.28068155288572, 1,
  ]
  public static let tailTop = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
    4.374664141464968, 2.938163982698783,
  ]
  public static let tailBottom = [
    0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1,
  ]
}

/// A polynomial with the highest coefficient first.
private func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
  coefficients.reduce(0) { $0 * x + $1 }
}
