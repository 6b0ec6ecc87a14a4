/// A part of a date that becomes an input of its own.
public enum DatePart: String, Sendable, Codable, Hashable, CaseIterable {
  case year
  case month
  case day
  case weekday
  case hour

  /// The part as a number; Monday is 0.
  func value(of time: CalendarTime) -> Double {
    switch self {
    case .year: Double(time.year)
    case .month: Double(time.month)
    case .day: Double(time.day)
    case .weekday: Double(time.weekday)
    case .hour: Double(time.hour)
    }
  }
}

/// The parts in which dates differ, in the order of `DatePart`.
func varyingParts(_ seconds: some Sequence<Double>) -> [DatePart] {
  var first: [Double]?
  var isVarying = [Bool](repeating: false, count: DatePart.allCases.count)
  var last = Double.nan
  for second in seconds where second.isFinite && second != last {
    last = second
    let time = CalendarTime(seconds: second)
    let values = DatePart.allCases.map { $0.value(of: time) }
    guard let first else {
      first = values
      continue
    }
    for (index, value) in values.enumerated() where value != first[index] {
      isVarying[index] = true
    }
    if !isVarying.contains(false) { break }
  }
  return zip(DatePart.allCases, isVarying).filter(\.1).map(\.0)
}
