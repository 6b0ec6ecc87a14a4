/// Which numbers a field accepts; a missing bound is no bound.
public struct NumberRange: Sendable, Hashable {
  public enum Bound: Sendable, Hashable {
    case including(Double)
    case excluding(Double)
  }

  public var lower: Bound?
  public var upper: Bound?

  public init(lower: Bound? = nil, upper: Bound? = nil) {
    self.lower = lower
    self.upper = upper
  }

  /// Every number.
  public static let all = NumberRange()

  public static func above(_ bound: Double) -> NumberRange { .init(lower: .excluding(bound)) }

  public static func above(_ low: Double, below high: Double) -> NumberRange {
    .init(lower: .excluding(low), upper: .excluding(high))
  }

  public static func above(_ low: Double, atMost high: Double) -> NumberRange {
    .init(lower: .excluding(low), upper: .including(high))
  }

  public static func atLeast(_ bound: Double) -> NumberRange { .init(lower: .including(bound)) }

  public static func atLeast(_ low: Double, below high: Double) -> NumberRange {
    .init(lower: .including(low), upper: .excluding(high))
  }

  public func contains(_ value: Double) -> Bool {
    let isHigh =
      switch lower {
      case nil: true
      case .including(let bound): value >= bound
      case .excluding(let bound): value > bound
      }
    let isLow =
      switch upper {
      case nil: true
      case .including(let bound): value <= bound
      case .excluding(let bound): value < bound
      }
    return isHigh && isLow
  }

  /// The range in words: "above 0 and below 1"; nothing where every number is in it.
  public var words: String {
    if case .including(let low) = lower, case .including(let high) = upper {
      return "from \(numberText(low)) to \(numberText(high))"
    }
    let low =
      switch lower {
      case nil: ""
      case .including(let bound): "at least \(numberText(bound))"
      case .excluding(let bound): "above \(numberText(bound))"
      }
    let high =
      switch upper {
      case nil: ""
      case .including(let bound): "at most \(numberText(bound))"
      case .excluding(let bound): "below \(numberText(bound))"
      }
    return low.isEmpty || high.isEmpty ? low + high : "\(low) and \(high)"
  }

  /// The words after a noun: ", above 0".
  var clause: String { words.isEmpty ? "" : ", \(words)" }
}
