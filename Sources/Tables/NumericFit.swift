/// The fitted stand-in and scaling of one input.
public struct NumericFit: Sendable, Codable, Hashable {
  /// What stands in for a missing value.
  public var fill: Double
  public var center: Double
  /// What the distance to the centre is divided by; 1 for constant columns.
  public var scale: Double
  /// Evenly spaced quantiles of the training values, for scaling by rank; else empty.
  public var knots: [Double]
  public var clip: FeaturePlan.Clip

  static let maximumKnots = 1_001

  /// Fits to the training values, of which missing ones (NaN) are left out.
  init(
    _ values: [Double], impute: FeaturePlan.Impute, scale scaling: FeaturePlan.Scale,
    clip: FeaturePlan.Clip = .none
  ) {
    self.clip = clip
    let sorted = ascending(values)
    let moments = Moments(sorted)
    let median = quantile(0.5, of: sorted)
    (center, scale, knots) = (0, 1, [])
    fill =
      switch impute {
      case .mean: moments.mean
      case .median: median
      case .zero: 0
      }
    guard let low = sorted.first, let high = sorted.last else { return }
    switch scaling {
    case .standard: (center, scale) = (moments.mean, moments.deviation)
    case .robust:
      let range = quantile(0.75, of: sorted) - quantile(0.25, of: sorted)
      (center, scale) = (median, range > 0 ? range / 1.349 : moments.deviation)
    case .minMax: (center, scale) = (low, high - low)
    case .quantile:
      let count = min(Self.maximumKnots, sorted.count)
      knots = (0..<count).map { quantile(Double($0) / Double(max(1, count - 1)), of: sorted) }
    case .none: break
    }
    if !(scale > 0 && scale.isFinite) { scale = 1 }
  }

  /// The largest input or target that is computed with: a hundred million of its squares still have
  /// a sum in single precision.
  static let largest = 1e15

  /// Whether a value would give an input beyond `largest`.
  func isTooLarge(_ value: Double) -> Bool {
    knots.isEmpty && abs(value - center) > Self.largest * scale
  }

  /// The input for a value; always a finite number.
  func input(_ value: Double) -> Float { Float(scaled(value)) }

  /// The value, or its stand-in, scaled and clipped; finite, also as a float.
  func scaled(_ value: Double) -> Double {
    let known = value.isNaN ? fill : value
    let limit = Double(Float.greatestFiniteMagnitude)
    let scaled =
      if knots.isEmpty {
        min(max((known - center) / scale, -limit), limit)
      } else {
        knots.count == 1 ? 0 : normalRank(known)
      }
    switch clip {
    case .none: return scaled
    case .smooth: return scaled / (1 + scaled / 3 * (scaled / 3)).squareRoot()
    }
  }

  /// The normal quantile of the value's rank among the knots; equal knots count half.
  private func normalRank(_ value: Double) -> Double {
    let below = firstKnot { $0 >= value }
    let notAbove = firstKnot { $0 > value }
    var place = Double(below + notAbove - 1) / 2
    if below == notAbove, below > 0, below < knots.count {
      let (left, right) = (knots[below - 1], knots[below])
      place = Double(below - 1) + (value - left) / (right - left)
    }
    let share = place / Double(knots.count - 1)
    return normalQuantile(min(max(share, 0.001), 0.999))
  }

  /// The index of the first knot for which a condition, once true, stays true.
  private func firstKnot(where isTrue: (Double) -> Bool) -> Int {
    var (low, high) = (0, knots.count)
    while low < high {
      let middle = (low + high) / 2
      if isTrue(knots[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
