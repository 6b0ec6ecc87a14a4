import Testing

@testable import Tables

@Suite("Dates in text")
struct DateTextTests {
  private func seconds(_ text: String, _ order: DateOrder = .yearFirst) -> Double? {
    let bytes = Array(text.utf8)
    return parseDate(bytes, 0, bytes.count, order: order)
  }

  @Test("a day reads back from its text, over four centuries")
  func roundTrip() {
    for day in stride(from: -100_000, to: 100_000, by: 37) {
      let text = dateText(Double(day) * 86_400)
      #expect(seconds(text) == Double(day) * 86_400, "\(text)")
    }
  }

  @Test("published moments have their seconds since 1970")
  func published() {
    #expect(seconds("1970-01-01") == 0)
    #expect(seconds("2000-02-29") == 951_782_400)
    #expect(seconds("2019-03-23 20:21:09") == 1_553_372_469)
    #expect(seconds("2019-03-23T20:21:09Z") == 1_553_372_469)
    #expect(seconds("2019-03-23T22:21:09.5+02:00") == 1_553_372_469.5)
    #expect(seconds("2019/03/23 20:21") == 1_553_372_460)
    #expect(seconds("23.03.2019", .dayFirst) == seconds("3/23/2019", .monthFirst))
  }

  @Test(
    "what is no day of the calendar is not read",
    arguments: [
      "2019-02-29", "2019-13-01", "2019-00-10", "2019-01-32", "19-01-01", "2019-01-01x",
      "2019-01-01 24:00", "2019-01-01 10:60", "2019-01/01", "2019-01-01T10:00:00+99:00", "",
    ])
  func refused(text: String) {
    #expect(seconds(text) == nil)
  }

  @Test("the first of 1970 was a Thursday")
  func weekday() {
    #expect(CalendarTime(seconds: 0).weekday == 3)
    #expect(CalendarTime(seconds: -86_400).weekday == 2)
  }
}
