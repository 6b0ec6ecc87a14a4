internal import Synchronization
internal import Training

/// Folds that are dealt round by round, when a round is first asked for.
final class LazyFolds: Sendable {
  private let base: PairedArm
  private let count: Int
  private let rounds: Int
  private let dealt = Mutex<[Int: [PairedFold]]>([:])

  init(_ base: PairedArm, count: Int, rounds: Int) {
    (self.base, self.count, self.rounds) = (base, count, rounds)
  }

  /// Judging rows for each learning row.
  var overlap: Double { round(0).overlap }

  /// The fold of a block: one after the other, round after round.
  func fold(_ block: Int) -> PairedFold {
    round(block / count % rounds)[block % count]
  }

  private func round(_ number: Int) -> [PairedFold] {
    dealt.withLock { dealt in
      if let known = dealt[number] { return known }
      let folds = base.folds(count, round: number)
      dealt[number] = folds
      return folds
    }
  }
}
