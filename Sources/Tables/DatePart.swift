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
func varyingParts(_ seconds: [Double]) -> [DatePart] {
  let times = seconds.filter(\.isFinite).map { CalendarTime(seconds: $0) }
  guard let first = times.first else { return [] }
  return DatePart.allCases.filter { part in
    let value = part.value(of: first)
    return times.contains { part.value(of: $0) != value }
  }
}
