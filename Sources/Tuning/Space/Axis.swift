/// A numeric dimension on its scale: logarithms where it is logarithmic, and half a step of room at
/// both ends where it has steps, so that every value owns the stretch that is nearest to it.
struct Axis: Sendable {
  /// Ends on the scale.
  let low, high: Double
  /// Between numbers, not positions; nil of what is continuous.
  let step: Double?
  let isLogarithmic: Bool
  /// Nil of what is continuous.
  let valueCount: Int?
  /// The least and the greatest number.
  private let first, last: Double

  /// Nil of a choice.
  init?(_ dimension: Dimension) {
    let steps = Double((dimension.valueCount ?? 1) - 1)
    switch dimension.domain {
    case .choice: return nil
    case .real(let low, let high, let step, _):
      self.step = step
      (first, last) = (low, step.map { low + steps * $0 } ?? high)
    case .integer(let low, _, let step, _):
      self.step = Double(step)
      (first, last) = (Double(low), Double(low) + steps * Double(step))
    }
    valueCount = dimension.valueCount
    let room = (step ?? 0) / 2
    isLogarithmic = dimension.isLogarithmic
    low = isLogarithmic ? logarithm(first - room) : first - room
    high = isLogarithmic ? logarithm(last + room) : last + room
  }

  var width: Double { high - low }

  /// Where a number lies, kept within the ends.
  func position(of number: Double) -> Double {
    min(max(isLogarithmic ? logarithm(number) : number, low), high)
  }

  /// The permitted number at a position.
  func number(at position: Double) -> Double {
    let number = isLogarithmic ? exponential(position) : position
    guard let step else { return min(max(number, first), last) }
    return min(first + max(((number - first) / step).rounded(), 0) * step, last)
  }

  /// The place of a number among the values, from 0; nil of one that is none of them.
  func place(of number: Double) -> Int? {
    guard let step, let valueCount, number >= first, number <= last else { return nil }
    let place = Int((number - first) / step + 0.5)
    return place < valueCount && first + Double(place) * step == number ? place : nil
  }

  /// The ends of the stretch that a number owns; of what has steps.
  func stretch(of number: Double) -> (low: Double, high: Double) {
    let half = (step ?? 0) / 2
    guard isLogarithmic else { return (number - half, number + half) }
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
