/// Keeps what a trial tells while it is trained, and asks whether it is still this process's.
///
/// A trial of milliseconds is kept at its end, at once; of a longer one its points are kept about
/// once a second.
final class TrialHold {
  /// For how long a trial is claimed at a time.
  static let seconds = 10.0
  private static let reporting = Duration.seconds(1)

  private let store: any StudyStore
  private let claim: Claim
  private let keeper: ClaimKeeper
  private let clock = ContinuousClock()
  private var reported: ContinuousClock.Instant
  private var pending: [Trial.Point] = []
  /// Questions until the clock is looked at, as it is after each few milliseconds.
  private var (stride, remaining, looked): (Int, Int, ContinuousClock.Instant)
  /// Whether somebody else has it now.
  private(set) var isLost = false
  private(set) var error: StudyError?

  init(_ claim: Claim, in store: any StudyStore, _ keeper: ClaimKeeper) {
    (self.claim, self.store, self.keeper) = (claim, store, keeper)
    let now = clock.now
    (reported, looked, stride, remaining) = (now, now, 1, 1)
    keeper.hold(claim)
  }

  /// Ends the hold, whatever became of the trial.
  func end() { keeper.drop(claim) }

  /// Whether the trial can go on, as far as is known; called before every step.
  func isKept() -> Bool {
    remaining -= 1
    guard remaining <= 0 else { return !isLost && error == nil }
    let now = clock.now
    stride = now - looked < .milliseconds(2) ? min(2 * stride, 1024) : 1
    (looked, remaining) = (now, stride)
    if keeper.isLost(claim) { isLost = true }
    if now - reported >= Self.reporting {
      reported = now
      keepPoints()
    }
    return !isLost && error == nil
  }

  /// Takes a point, to be kept soon.
  func take(_ point: Trial.Point) { pending.append(point) }

  private func keepPoints() {
    do throws(StudyError) {
      for point in pending where !isLost { isLost = try !store.report(point, of: claim) }
      pending = []
    } catch {
      self.error = error
    }
  }
}
