/// When a log gets its next line: the first thing at once, later ones when at least a second and a
/// twentieth of the time so far have passed. An hour fills about a hundred lines, a day two.
struct LogPace {
  private let start: ContinuousClock.Instant
  private var last: ContinuousClock.Instant
  /// The epoch, or whatever is counted, of the last line; 0 for none.
  private(set) var written = 0

  init(_ start: ContinuousClock.Instant) { (self.start, last) = (start, start) }

  func isDue(_ now: ContinuousClock.Instant) -> Bool {
    written == 0 || now - last >= max(.seconds(1), (now - start) / 20)
  }

  /// Whether what is counted takes so long that its steps have to be told.
  mutating func isLate(_ now: ContinuousClock.Instant) -> Bool {
    guard now - last >= max(.seconds(30), (now - start) / 20) else { return false }
    last = now
    return true
  }

  mutating func note(_ epoch: Int, _ now: ContinuousClock.Instant) {
    (written, last) = (epoch, now)
  }
}
