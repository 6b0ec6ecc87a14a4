/// Says when it is time again, and asks the clock as rarely as that allows.
///
/// Between two looks at the clock it lets as many calls pass as recently fitted into a tenth of
/// the pause, so that watching thousands of short steps costs next to nothing.
struct Pace {
  let pause: Duration
  private var last: ContinuousClock.Instant?
  private var lookedAt: ContinuousClock.Instant?
  /// Calls from one look to the next, and how many of them are still to come.
  private var (stride, remaining) = (1, 0)

  init(every pause: Duration) { self.pause = pause }

  /// Whether the pause is over, as far as the clock was asked; the first call always is.
  mutating func isDue(_ clock: ContinuousClock = ContinuousClock()) -> Bool {
    remaining -= 1
    guard remaining <= 0 else { return false }
    let now = clock.now
    if let lookedAt {
      let spent = now - lookedAt
      stride = spent * 20 < pause ? min(stride * 2, 4096) : spent * 10 > pause ? 1 : stride
    }
    (lookedAt, remaining) = (now, stride)
    if let last, now - last < pause { return false }
    last = now
    return true
  }
}
