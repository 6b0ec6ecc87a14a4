#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A moment in UTC, as header fields and logs write it.
struct WallTime: Hashable {
  /// Since 1970-01-01 00:00.
  var seconds: Double

  static var now: WallTime { WallTime(seconds: Date().timeIntervalSince1970) }

  /// As RFC 9110, section 5.6.7 has it: `Sun, 06 Nov 1994 08:49:37 GMT`.
  var fieldText: String {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let date = date
    let day = days[((dayNumber + 3) % 7 + 7) % 7]
    return "\(day), \(Self.two(date.day)) \(months[date.month - 1]) \(date.year) \(clock) GMT"
  }

  /// As RFC 3339 has it, to the millisecond.
  var logText: String {
    let date = date
    let part = Int((seconds - seconds.rounded(.down)) * 1000)
    let zeros = String(repeating: "0", count: 3 - "\(part)".count)
    return "\(date.year)-\(Self.two(date.month))-\(Self.two(date.day))T\(clock).\(zeros)\(part)Z"
  }

  private var dayNumber: Int { Int((seconds / 86_400).rounded(.down)) }

  private var clock: String {
    let rest = Int(seconds.rounded(.down)) - dayNumber * 86_400
    return "\(Self.two(rest / 3600)):\(Self.two(rest / 60 % 60)):\(Self.two(rest % 60))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The civil date: days are counted from 0000-03-01, in eras of 400 years, so that leap days end
  /// a year.
  private var date: (year: Int, month: Int, day: Int) {
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    return (
      yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
      dayOfYear - (153 * month + 2) / 5 + 1
    )
  }
}
