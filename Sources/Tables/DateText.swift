/// The order in which a date's numbers are written.
public enum DateOrder: String, Sendable, Codable, Hashable, CaseIterable {
  /// `2019-03-23`, `2019/03/23` or `2019.03.23`.
  case yearFirst = "year_first"
  /// `23.03.2019`, `23/03/2019` or `23-03-2019`.
  case dayFirst = "day_first"
  /// `03/23/2019`, and the like.
  case monthFirst = "month_first"

  /// The order in words.
  var phrase: String {
    switch self {
    case .yearFirst: "year, month, day"
    case .dayFirst: "day, month, year"
    case .monthFirst: "month, day, year"
    }
  }
}

/// A day in the Gregorian calendar and a time of day.
struct CalendarTime: Hashable {
  var year: Int
  var month: Int
  var day: Int
  var hour = 0
  var minute = 0
  var second = 0.0

  /// Seconds since 1970-01-01 00:00 UTC.
  var seconds: Double {
    Double(dayNumber(year: year, month: month, day: day)) * 86_400
      + Double(hour * 3600 + minute * 60) + second
  }

  /// Monday is 0, Sunday is 6.
  var weekday: Int {
    let days = dayNumber(year: year, month: month, day: day)
    return ((days + 3) % 7 + 7) % 7
  }
}

extension CalendarTime {
  /// The date and time of day of seconds since 1970-01-01 00:00 UTC.
  init(seconds: Double) {
    let clamped = min(max(seconds, -1e14), 1e14)
    let days = Int((clamped / 86_400).rounded(.down))
    let rest = clamped - Double(days) * 86_400
    // Days are counted from 0000-03-01, in eras of 400 years, so that leap days end a year.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    hour = Int(rest) / 3600
    minute = Int(rest) / 60 % 60
    second = rest - Double(hour * 3600 + minute * 60)
  }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar.
private func dayNumber(year: Int, month: Int, day: Int) -> Int {
  let shifted = month <= 2 ? year - 1 : year
  let era = (shifted >= 0 ? shifted : shifted - 399) / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/// Seconds since 1970 as `YYYY-MM-DD`, with ` hh:mm:ss` unless the time is midnight.
func dateText(_ seconds: Double) -> String {
  let time = CalendarTime(seconds: seconds)
  let date = "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))"
  guard seconds.remainder(dividingBy: 86_400) != 0 else { return date }
  let clock = "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(Int(time.second), 2))"
  return "\(date) \(clock)"
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// The seconds since 1970 of a date written in a slice of bytes; `nil` if it is none.
///
/// After the date may follow a blank or `T`, `hh:mm`, `:ss` with a fraction, and `Z` or an offset
/// from UTC such as `+02:00`; without an offset the time is taken as UTC.
func parseDate(_ text: [UInt8], _ start: Int, _ end: Int, order: DateOrder) -> Double? {
  var scan = DigitScan(text: text, position: start, end: end)
  guard let first = scan.number(order == .yearFirst ? 4...4 : 1...2),
    let mark = scan.take([0x2D, 0x2F, 0x2E]), let second = scan.number(1...2),
    scan.take([mark]) != nil, let third = scan.number(order == .yearFirst ? 1...2 : 4...4)
  else { return nil }
  var time =
    switch order {
    case .yearFirst: CalendarTime(year: first, month: second, day: third)
    case .dayFirst: CalendarTime(year: third, month: second, day: first)
    case .monthFirst: CalendarTime(year: third, month: first, day: second)
    }
  guard 1...12 ~= time.month, time.day >= 1, time.day <= dayCount(time.year, time.month) else {
    return nil
  }
  guard scan.position < end else { return time.seconds }
  guard scan.take([0x20, 0x54]) != nil, let offset = scan.clock(&time) else { return nil }
  return scan.position == end ? time.seconds - Double(offset) : nil
}

private func dayCount(_ year: Int, _ month: Int) -> Int {
  let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
}

/// Reads runs of digits and single marks from a slice of bytes.
private struct DigitScan {
  let text: [UInt8]
  var position: Int
  let end: Int

  /// A number of so many digits.
  mutating func number(_ lengths: ClosedRange<Int>) -> Int? {
    var value = 0
    let start = position
    while position < end, position - start < lengths.upperBound {
      let digit = text[position] &- 0x30
      guard digit < 10 else { break }
      value = value * 10 + Int(digit)
      position += 1
    }
    return position - start >= lengths.lowerBound ? value : nil
  }

  /// One of the marks, if it is next.
  mutating func take(_ marks: [UInt8]) -> UInt8? {
    guard position < end, marks.contains(text[position]) else { return nil }
    position += 1
    return text[position - 1]
  }

  /// Fills in the time of day; its offset from UTC in seconds, or `nil` if it is no time.
  mutating func clock(_ time: inout CalendarTime) -> Int? {
    guard let hour = number(1...2), hour < 24, take([0x3A]) != nil,
      let minute = number(2...2), minute < 60
    else { return nil }
    (time.hour, time.minute) = (hour, minute)
    if take([0x3A]) != nil {
      guard let second = number(2...2), second < 60 else { return nil }
      time.second = Double(second)
      if take([0x2E, 0x2C]) != nil {
        let start = position
        guard let fraction = number(1...9) else { return nil }
        time.second += Double(fraction) / power(10, position - start)
      }
    }
    if take([0x5A]) != nil { return 0 }
    guard let sign = take([0x2B, 0x2D]) else { return 0 }
    guard let hours = number(2...2), hours < 24 else { return nil }
    _ = take([0x3A])
    let minutes = number(2...2) ?? 0
    return (sign == 0x2D ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
