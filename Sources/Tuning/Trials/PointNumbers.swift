internal import Synchronization

/// Which trials of a study have the same effective spec.
///
/// Different numbers may give one spec: where a value has no effect beside another, and where a
/// sampler comes back to what was tried. Such a trial is trained with the seeds that follow those
/// of the ones before it, so that it tells more of the point and nothing is counted twice.
final class PointNumbers: Sendable {
  private struct Known: Sendable {
    var digests: [Int: String] = [:]
    var numbers: [String: [Int]] = [:]
    /// All trials before it are known.
    var firstUnknown = 0

    mutating func note(_ digest: String, of number: Int) {
      guard digests.updateValue(digest, forKey: number) == nil else { return }
      numbers[digest, default: []].append(number)
      while digests[firstUnknown] != nil { firstUnknown += 1 }
    }
  }

  private let known = Mutex(Known())

  /// Remembers the spec of a trial; it is the same whenever it is asked for.
  func note(_ digest: String, of number: Int) { known.withLock { $0.note(digest, of: number) } }

  /// How many of the trials before it have the same spec; `digest` finds those not known yet.
  ///
  /// - Parameter history: all trials of lower numbers, in their order.
  func repeats(
    of digest: String, among history: [Trial], digestOf: (_ parameters: [Double?]) -> String
  ) -> Int {
    let unknown = known.withLock { known in
      history.dropFirst(known.firstUnknown).filter { known.digests[$0.number] == nil }
    }
    for trial in unknown { note(digestOf(trial.parameters), of: trial.number) }
    return known.withLock { known in
      (known.numbers[digest] ?? []).count { $0 < history.count }
    }
  }
}
