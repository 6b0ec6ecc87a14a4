internal import SpecCompiler

/// A key that is varied between two ends.
public struct SurfaceAxis: Sendable, Hashable, Encodable {
  /// As `--set` names it.
  public var key: String
  public var low: Double
  public var high: Double
  /// Whether equal steps are equal ratios.
  public var isLogarithmic: Bool
  /// Whether only whole numbers are taken.
  public var isWhole: Bool

  /// - Parameter isLogarithmic: nil for a logarithmic scale where both ends are above 0 and a
  ///   factor of ten or more apart.
  /// - Precondition: `low < high`; a logarithmic axis lies above 0.
  public init(
    key: String, low: Double, high: Double, isLogarithmic: Bool? = nil, isWhole: Bool = false
  ) {
    precondition(low < high, "an axis goes upwards")
    (self.key, self.low, self.high, self.isWhole) = (key, low, high, isWhole)
    self.isLogarithmic = isLogarithmic ?? (low > 0 && high / low >= 10)
  }

  /// The value at a place from −1 to 1, as a spec would write it: in three digits, or whole.
  func text(at place: Double) -> String {
    let share = (place + 1) / 2
    let value =
      isLogarithmic
      ? exponential(logarithm(low) + share * (logarithm(high) - logarithm(low)))
      : low + share * (high - low)
    guard isWhole else { return roundedText(min(max(value, low), high)) }
    return "\(Int(min(max(value.rounded(), low), high)))"
  }

  /// Where a value lies, from −1 to 1.
  func place(of value: Double) -> Double {
    let share =
      isLogarithmic
      ? (logarithm(value) - logarithm(low)) / (logarithm(high) - logarithm(low))
      : (value - low) / (high - low)
    return 2 * share - 1
  }

  /// A change that people think in: a doubling on a logarithmic axis, a tenth of the range else.
  var step: Double {
    isLogarithmic ? 2 * logarithm(2) / (logarithm(high) - logarithm(low)) : 0.2
  }

  /// "doubling `rate`", "raising `dropout` by 0.05".
  func stepWords(_ name: String) -> String {
    isLogarithmic ? "doubling `\(name)`" : "raising `\(name)` by \(roundedText((high - low) / 10))"
  }

  /// A distance of places in the axis's own terms: a factor, or a difference.
  func change(of distance: Double) -> Double {
    isLogarithmic
      ? exponential(distance / 2 * (logarithm(high) - logarithm(low)))
      : distance / 2 * (high - low)
  }
}

extension [SurfaceAxis] {
  /// Keys without their section, as long as that tells them apart.
  public var names: [String] {
    map { Factor(key: $0.key, levels: []) }.names
  }
}
