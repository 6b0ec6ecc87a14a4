internal import Synchronization

/// Renews the claims on trials that are underway, beside the work on them, and frees those of
/// processes that have ended on this machine.
///
/// A worker that stands still for longer than its claims last finds them lost when it comes back,
/// and is to give up those trials: somebody else has taken them up.
public final class ClaimKeeper: Sendable {
  private let keeping: Keeping

  /// What the thread and the owner share, so that the thread does not keep the owner alive.
  private final class Keeping: Sendable {
    let store: any StudyStore
    let seconds: Double
    let state = Mutex(State())

    struct State {
      var held: Set<Claim> = []
      var lost: Set<Claim> = []
      var isOver = false
    }

    init(_ store: any StudyStore, _ seconds: Double) {
      (self.store, self.seconds) = (store, seconds)
    }

    func run() {
      // Three times in the time of a claim, so that one that fails is not the end of it.
      let pieces = 20.0
      while true {
        for _ in 0..<Int(pieces) {
          BackgroundThread.sleep(seconds: seconds / 3 / pieces)
          if state.withLock({ $0.isOver }) { return }
        }
        for claim in state.withLock({ $0.held }) {
          // A store that does not answer is asked again; only one that says no has been asked.
          guard let isHeld = try? store.renew(claim, seconds: seconds), !isHeld else { continue }
          state.withLock { if $0.held.remove(claim) != nil { $0.lost.insert(claim) } }
        }
        try? store.endClaims(ofOwners: StudyWorker.isGone)
      }
    }
  }

  /// - Parameter seconds: how long a claim lasts; it is renewed three times in that.
  public init(_ store: any StudyStore, seconds: Double) {
    let keeping = Keeping(store, seconds)
    self.keeping = keeping
    // Where the system gives no thread, claims last as long as they were made for, and a trial that
    // takes longer is somebody else's then.
    _ = BackgroundThread.start { keeping.run() }
  }

  deinit { keeping.state.withLock { $0.isOver = true } }

  /// Renews a claim from now on.
  public func hold(_ claim: Claim) { keeping.state.withLock { _ = $0.held.insert(claim) } }

  /// Leaves a claim alone: its trial is finished or given back.
  public func drop(_ claim: Claim) {
    keeping.state.withLock {
      $0.held.remove(claim)
      $0.lost.remove(claim)
    }
  }

  /// Whether somebody else has taken the trial up meanwhile.
  public func isLost(_ claim: Claim) -> Bool {
    keeping.state.withLock { $0.lost.contains(claim) }
  }
}
