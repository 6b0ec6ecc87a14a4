internal import Synchronization

/// A study that nothing is kept of, for one process; what a store does, in its shortest form.
public final class MemoryStore: StudyStore {
  public let settings: StudySettings
  private let state = Mutex(Contents())

  private struct Contents {
    var trials: [Trial] = []
    var attempts: [Int] = []
    var notes: [Int: [String: String]] = [:]
    var isExhausted = false
  }

  public init(_ settings: StudySettings) { self.settings = settings }

  public func claim(
    owner: String, seconds: Double, limit: Int,
    suggest: (_ number: Int, _ history: [Trial]) -> [Double?]?
  ) -> ClaimOutcome {
    state.withLock { state in
      if let index = state.trials.firstIndex(where: { $0.state == .waiting }) {
        state.trials[index].state = .running
        state.attempts[index] += 1
        return .claimed(
          Claim(trial: state.trials[index], attempt: state.attempts[index], owner: owner))
      }
      let number = state.trials.count
      let ending: ClaimOutcome = state.trials.allSatisfy(\.isFinished) ? .done : .othersRunning
      guard number < limit, !state.isExhausted else { return ending }
      guard state.trials.isReady(for: number, parallel: settings.parallel) else { return .wait }
      let history = state.trials.known(to: number, parallel: settings.parallel)
      guard let parameters = suggest(number, history) else {
        state.isExhausted = true
        return ending
      }
      let trial = Trial(number: number, state: .running, parameters: parameters)
      state.trials.append(trial)
      state.attempts.append(1)
      return .claimed(Claim(trial: trial, attempt: 1, owner: owner))
    }
  }

  public func renew(_ claim: Claim, seconds: Double) -> Bool { holds(claim) }

  public func report(_ point: Trial.Point, of claim: Claim) -> Bool {
    change(claim) { trial, _ in trial.curve.append(point) }
  }

  public func finish(_ claim: Claim, as trial: Trial, notes: [String: String]) -> Bool {
    change(claim) { kept, contents in
      (kept.state, kept.values, kept.violations) = (trial.state, trial.values, trial.violations)
      kept.curve = trial.curve
      contents[trial.number] = notes
    }
  }

  public func release(_ claim: Claim) {
    _ = change(claim) { trial, _ in (trial.state, trial.curve) = (.waiting, []) }
  }

  /// Does nothing: what is kept here is gone with its one owner.
  public func endClaims(ofOwners isGone: (_ owner: String) -> Bool) {}

  public func enqueue(_ parameters: [Double?]) {
    state.withLock { state in
      state.trials.append(
        Trial(number: state.trials.count, state: .waiting, parameters: parameters))
      state.attempts.append(0)
    }
  }

  public func trials() -> [Trial] { state.withLock { $0.trials } }

  public func notes(of number: Int) -> [String: String] {
    state.withLock { $0.notes[number] ?? [:] }
  }

  private func holds(_ claim: Claim) -> Bool { change(claim) { _, _ in } }

  /// Changes a trial if it is still the claim's.
  private func change(
    _ claim: Claim, _ edit: (inout Trial, inout [Int: [String: String]]) -> Void
  ) -> Bool {
    state.withLock { state in
      let number = claim.trial.number
      guard state.attempts[number] == claim.attempt, state.trials[number].state == .running else {
        return false
      }
      edit(&state.trials[number], &state.notes)
      return true
    }
  }
}
