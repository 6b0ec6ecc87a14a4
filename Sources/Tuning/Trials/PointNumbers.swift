internal import Synchronization

/// Which trials of a study have the same effective spec.
///
/// Different numbers may give one spec: where a value has no effect beside another, and where a
/// sampler comes back to what was tried. Such a trial is trained with the seeds that follow those
/// of the ones before it, so that it tells more of the point and nothing is counted twice.
final class PointNumbers: Sendable {
  private let digests = Mutex<[Int: String]>([:])

  /// Remembers the spec of a trial.
  func note(_ digest: String, of number: Int) { digests.withLock { $0[number] = digest } }

  /// How many of the trials before it have the same spec; `digest` finds those not known yet.
  func repeats(
    of digest: String, among history: [Trial], digestOf: (_ parameters: [Double?]) -> String
  ) -> Int {
    let unknown = digests.withLock { known in history.filter { known[$0.number] == nil } }
    for trial in unknown { note(digestOf(trial.parameters), of: trial.number) }
    return digests.withLock { known in history.count { known[$0.number] == digest } }
  }
}
