/// A numeric dimension on its scale: logarithms where it is logarithmic, and half a step of room at
/// both ends where it has steps, so that every value owns the stretch that is nearest to it.
struct Axis: Sendable {
  let dimension: Dimension
  /// Ends on the scale.
  let low, high: Double
  /// Between numbers, not positions; nil of what is continuous.
  let step: Double?

  /// Nil of a choice.
  init?(_ dimension: Dimension) {
    self.dimension = dimension
    let (first, last): (Double, Double)
    switch dimension.domain {
    case .choice: return nil
    case .real(let low, let high, let step, _):
      self.step = step
      (first, last) = (low, step.map { low + Double((dimension.valueCount ?? 1) - 1) * $0 } ?? high)
    case .integer(let low, _, let step, _):
      self.step = Double(step)
      (first, last) = (Double(low), Double(low + ((dimension.valueCount ?? 1) - 1) * step))
    }
    let room = (step ?? 0) / 2
    let isLogarithmic = dimension.isLogarithmic
    low = isLogarithmic ? logarithm(first - room) : first - room
    high = isLogarithmic ? logarithm(last + room) : last + room
  }

  var width: Double { high - low }

  /// Where a number lies, kept within the ends.
  func position(of number: Double) -> Double {
    let position = dimension.isLogarithmic ? logarithm(number) : number
    return min(max(position, low), high)
  }

  /// The permitted number at a position.
  func number(at position: Double) -> Double {
    dimension.snapped(dimension.isLogarithmic ? exponential(position) : position)
  }

  /// The ends of the stretch that a number owns; of what has steps.
  func stretch(of number: Double) -> (low: Double, high: Double) {
    let half = (step ?? 0) / 2
    guard dimension.isLogarithmic else { return (number - half, number + half) }
    return (logarithm(number - half), logarithm(number + half))
  }
}

extension Dimension {
  /// Whether there is nothing to choose.
  var isSingle: Bool {
    if case .real(let low, let high, nil, _) = domain { return low >= high }
    return valueCount == 1
  }
}
