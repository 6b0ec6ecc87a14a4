public import SpecSyntax

/// One searched value: its name, what it may be, and when it is there at all.
///
/// Within a trial it is one number: a real or whole number stands for itself, a choice is the
/// number of its place, from 0. That is also how Optuna stores it.
public struct Dimension: Sendable, Hashable {
  /// What a value may be.
  public enum Domain: Sendable, Hashable {
    /// From `low` to `high`; with a step `low`, `low + step`, … up to `high`, and then never on a
    /// logarithmic scale.
    case real(low: Double, high: Double, step: Double?, isLogarithmic: Bool)
    /// The same of whole numbers, with a step of 1 or more, which is 1 on a logarithmic scale.
    case integer(low: Int, high: Int, step: Int, isLogarithmic: Bool)
    /// One of at least one value, each as a spec writes it.
    case choice([JSONValue])
  }

  /// Holds a dimension to be searched only where another one has one of some values.
  public struct Condition: Sendable, Hashable {
    /// The name of a dimension that stands before this one in the space.
    public var name: String
    /// Numbers of that dimension.
    public var values: [Double]

    public init(name: String, values: [Double]) { (self.name, self.values) = (name, values) }
  }

  /// The key of the spec, as `training.learning_rate.start`.
  public var name: String
  public var domain: Domain
  public var condition: Condition?

  public init(_ name: String, _ domain: Domain, when condition: Condition? = nil) {
    (self.name, self.domain, self.condition) = (name, domain, condition)
  }
}

extension Dimension {
  /// How many values it may have; nil of real numbers without a step.
  public var valueCount: Int? {
    switch domain {
    case .real(let low, let high, let step, _): step.map { Int(((high - low) / $0 + 1e-8)) + 1 }
    case .integer(let low, let high, let step, _): (high - low) / step + 1
    case .choice(let values): values.count
    }
  }

  /// The number of the value at a place in `0 ..< 1` of its range, every value as likely as its
  /// share of the scale: a whole number has the stretch half a step around it.
  public func number(at place: Double) -> Double {
    let place = min(max(place, 0), 1 - 0x1p-53)
    switch domain {
    case .real(let low, let high, let step, let isLogarithmic):
      if let step {
        return snapped(low + Double(Int(place * Double(valueCount ?? 1))) * step)
      }
      guard isLogarithmic else { return low + place * (high - low) }
      return min(max(exponential(between(logarithm(low), logarithm(high), place)), low), high)
    case .integer(let low, let high, let step, let isLogarithmic):
      guard isLogarithmic else {
        return Double(low + Int(place * Double(valueCount ?? 1)) * step)
      }
      let (first, last) = (logarithm(Double(low) - 0.5), logarithm(Double(high) + 0.5))
      return snapped(exponential(between(first, last, place)))
    case .choice(let values): return Double(Int(place * Double(values.count)))
    }
  }

  /// The permitted number that is next to a number.
  public func snapped(_ number: Double) -> Double {
    switch domain {
    case .real(let low, let high, let step, _):
      guard let step else { return min(max(number, low), high) }
      let place = ((number - low) / step).rounded()
      return low + min(max(place, 0), Double((valueCount ?? 1) - 1)) * step
    case .integer(let low, _, let step, _):
      let place = ((number - Double(low)) / Double(step)).rounded()
      return Double(low) + min(max(place, 0), Double((valueCount ?? 1) - 1)) * Double(step)
    case .choice(let values): return min(max(number.rounded(), 0), Double(values.count - 1))
    }
  }

  /// The value of a number as a spec writes it.
  public func value(of number: Double) -> JSONValue {
    switch domain {
    case .real: .number(number)
    case .integer: .integer(Int(number.rounded()))
    case .choice(let values): values[min(max(Int(number.rounded()), 0), values.count - 1)]
    }
  }

  /// Whether the numbers lie on a logarithmic scale.
  public var isLogarithmic: Bool {
    switch domain {
    case .real(_, _, _, let isLogarithmic), .integer(_, _, _, let isLogarithmic): isLogarithmic
    case .choice: false
    }
  }

  private func between(_ low: Double, _ high: Double, _ place: Double) -> Double {
    low + place * (high - low)
  }
}
