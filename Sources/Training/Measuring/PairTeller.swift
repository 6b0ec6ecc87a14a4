internal import SpecCompiler
internal import Synchronization

/// Tells at most every two seconds how many pairs are done.
final class PairTeller: Sendable {
  private let limits: ProbeLimits
  private let pairs: Range<Int>
  private let tasksOfPair: Int
  private let codes: String
  private let state: Mutex<(done: Int, told: Double)>

  init(_ limits: ProbeLimits, pairs: Range<Int>, tasksOfPair: Int, codes: String) {
    (self.limits, self.pairs, self.tasksOfPair, self.codes) = (limits, pairs, tasksOfPair, codes)
    state = Mutex((done: 0, told: limits.spent))
    limits.report("pairs \(pairs.lowerBound + 1) to \(pairs.upperBound) of \(codes)")
  }

  func tell() {
    let done: Int? = state.withLock { state in
      state.done += 1
      guard limits.spent >= state.told + 2 else { return nil }
      state.told = limits.spent
      return state.done
    }
    guard let done else { return }
    let pair = pairs.lowerBound + done / tasksOfPair
    limits.report("\(pair) of \(pairs.upperBound) pairs of \(codes), \(Int(limits.spent)) s")
  }
}
