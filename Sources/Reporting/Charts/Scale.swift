#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An axis from values to places, with round numbers marked.
struct Scale: Sendable, Equatable {
  struct Tick: Sendable, Equatable {
    var value: Double
    var label: String
  }

  private(set) var low: Double
  private(set) var high: Double
  let isLogarithmic: Bool
  let ticks: [Tick]

  /// A linear axis that holds all values, and ends at round numbers unless it is to be tight.
  init(_ values: [Double], includesZero: Bool = false, isTight: Bool = false, marks: Int = 5) {
    let finite = values.filter(\.isFinite) + (includesZero ? [0] : [])
    var (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    if low == high {
      let room = low == 0 ? 1 : abs(low) * 0.1
      (low, high) = (low - (includesZero && low == 0 ? 0 : room), high + room)
    }
    let step = Self.roundStep((high - low) / Double(marks))
    let first = (low / step + 1e-9).rounded(isTight ? .up : .down)
    let last = (high / step - 1e-9).rounded(isTight ? .down : .up)
    // Rounding may put an end within the values.
    self.low = isTight ? low : min(low, first * step)
    self.high = isTight ? high : max(high, last * step)
    isLogarithmic = false
    ticks = stride(from: first, through: last, by: 1).map {
      Tick(value: $0 * step, label: numberWords($0 * step, step: step))
    }
  }

  /// An axis between two ends, with marks of one's own.
  init(low: Double, high: Double, ticks: [Tick]) {
    (self.low, self.high, self.ticks, isLogarithmic) = (low, high, ticks, false)
  }

  /// An axis of shares from 0 to 1.
  static let shares = Scale([0, 1])

  /// A logarithmic axis, for values above 0.
  init(logarithmicFor values: [Double]) {
    let positive = values.filter { $0.isFinite && $0 > 0 }
    let (least, greatest) = (positive.min() ?? 0.1, positive.max() ?? 1)
    isLogarithmic = true
    let (first, last) = (Int(log10(least).rounded(.down)), Int(log10(greatest).rounded(.up)))
    low = least
    high = max(greatest, least * 1.01)
    let factors: [Double] = last - first <= 2 ? [1, 2, 5] : [1]
    let gap = max(1, (last - first + 5) / 6)
    var marks: [Tick] = []
    for decade in stride(from: first, through: last, by: gap) {
      for factor in factors {
        let value = factor * pow(10, Double(decade))
        guard value >= least * 0.999, value <= greatest * 1.001 else { continue }
        marks.append(Tick(value: value, label: numberWords(value)))
      }
    }
    ticks = marks
  }

  /// Logarithmic where values span so much that little of it would be seen otherwise.
  static func fitting(_ values: [Double]) -> Scale {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), low > 0, high / low > 30 else {
      return Scale(values)
    }
    return Scale(logarithmicFor: values)
  }

  /// Where a value lies, from 0 to 1; beyond the ends at the ends.
  func place(_ value: Double) -> Double {
    let share =
      isLogarithmic
      ? (log10(max(value, low)) - log10(low)) / (log10(high) - log10(low))
      : (value - low) / (high - low)
    return share.isFinite ? min(1, max(0, share)) : 0
  }

  /// 1, 2 or 5 times a power of ten that is at least `step`.
  private static func roundStep(_ step: Double) -> Double {
    let power = pow(10, log10(max(step, 1e-300)).rounded(.down))
    let factor = [1.0, 2, 5, 10].first { $0 * power >= step * (1 - 1e-9) } ?? 10
    return factor * power
  }
}

/// A number in at most four significant digits: 0.0132, 1,470, 2.1e-7.
func numberWords(_ value: Double) -> String {
  guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "−∞" : "∞" }
  guard value != 0 else { return "0" }
  let size = abs(value)
  let power = Int(log10(size).rounded(.down))
  guard power >= -4, power < 9 else {
    let factor = (size / pow(10, Double(power)) * 100).rounded() / 100
    return "\(value < 0 ? "−" : "")\(plainWords(factor, digits: 2))e\(power)"
  }
  let digits = max(0, 3 - power)
  return (value < 0 ? "−" : "") + plainWords(size, digits: digits)
}

/// A number with as many digits as its neighbours on an axis need.
private func numberWords(_ value: Double, step: Double) -> String {
  guard value != 0 else { return "0" }
  let power = Int((log10(step) + 1e-9).rounded(.down))
  guard power >= -5, abs(value) < 1e7 else { return numberWords(value) }
  return (value < 0 ? "−" : "") + plainWords(abs(value), digits: max(0, -power))
}

/// A number from 0 on with at most so many digits after the point, and commas before it.
private func plainWords(_ value: Double, digits: Int) -> String {
  let factor = pow(10, Double(digits))
  let scaled = (value * factor).rounded()
  guard scaled < 9e15 else { return "\(value)" }
  let (whole, rest) = (Int(scaled) / Int(factor), Int(scaled) % Int(factor))
  var tail = String(rest)
  tail = String(repeating: "0", count: max(0, digits - tail.count)) + tail
  while tail.last == "0" { tail.removeLast() }
  var head = ""
  for (index, digit) in String(whole).reversed().enumerated() {
    if index > 0, index % 3 == 0, whole >= 10_000 { head = "," + head }
    head = String(digit) + head
  }
  return digits == 0 || tail.isEmpty ? head : "\(head).\(tail)"
}
