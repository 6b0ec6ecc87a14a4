import Tables

extension ONNXGraph {
  /// The scaled parts of dates given as seconds since 1970, computed as `CalendarTime` does: days
  /// counted from 0000-03-01 in eras of 400 years. Whole numbers are doubles throughout.
  mutating func dateParts(_ seconds: String, _ parts: [FittedFeature.FittedPart]) -> String {
    let isMissing = add("IsNaN", [seconds])
    let known = add("Where", [isMissing, scalar(0), seconds])
    let days = floorOf(known, by: 86_400)
    var calendar = Calendar(days: days, rest: minus(known, times(days, 86_400)))
    let values = concatenate(parts.map { part($0.part, of: &calendar) })
    let fits = parts.map(\.fit)
    let unknown = add("Where", [isMissing, scalar(.nan), values])
    return scaled(unknown, by: fits)
  }

  /// What several parts of a date are computed from, computed once.
  private struct Calendar {
    let days: String
    let rest: String
    var date: (year: String, month: String, day: String)?
  }

  private mutating func part(_ part: DatePart, of calendar: inout Calendar) -> String {
    switch part {
    case .hour: return floorOf(calendar.rest, by: 3600)
    case .weekday:
      let shifted = plus(calendar.days, 3)
      return minus(shifted, times(floorOf(shifted, by: 7), 7))
    case .year, .month, .day: break
    }
    let date = calendar.date ?? self.date(of: calendar.days)
    calendar.date = date
    return part == .year ? date.year : part == .month ? date.month : date.day
  }

  private mutating func date(of days: String) -> (year: String, month: String, day: String) {
    let shifted = plus(days, 719_468)
    let era = floorOf(shifted, by: 146_097)
    let dayOfEra = minus(shifted, times(era, 146_097))
    let leapFree = minus(
      add("Add", [minus(dayOfEra, floorOf(dayOfEra, by: 1460)), floorOf(dayOfEra, by: 36_524)]),
      floorOf(dayOfEra, by: 146_096))
    let yearOfEra = floorOf(leapFree, by: 365)
    let leapDays = minus(floorOf(yearOfEra, by: 4), floorOf(yearOfEra, by: 100))
    let dayOfYear = minus(dayOfEra, add("Add", [times(yearOfEra, 365), leapDays]))
    let fromMarch = floorOf(plus(times(dayOfYear, 5), 2), by: 153)
    let isBeforeJanuary = add("Less", [fromMarch, scalar(10)])
    let month = add("Where", [isBeforeJanuary, plus(fromMarch, 3), plus(fromMarch, -9)])
    let day = plus(minus(dayOfYear, floorOf(plus(times(fromMarch, 153), 2), by: 5)), 1)
    let year = add("Add", [yearOfEra, times(era, 400)])
    return (add("Where", [isBeforeJanuary, year, plus(year, 1)]), month, day)
  }

  private mutating func floorOf(_ x: String, by divisor: Double) -> String {
    add("Floor", [add("Div", [x, scalar(divisor)])])
  }

  private mutating func times(_ x: String, _ factor: Double) -> String {
    add("Mul", [x, scalar(factor)])
  }

  private mutating func plus(_ x: String, _ number: Double) -> String {
    add("Add", [x, scalar(number)])
  }

  private mutating func minus(_ x: String, _ y: String) -> String { add("Sub", [x, y]) }
}
