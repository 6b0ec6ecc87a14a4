internal import Parallel

/// How many threads take the steps of a training: as many as are asked for, or as many as are
/// fastest. Results do not depend on it.
///
/// A handover costs about a microsecond, and what one core wrote comes slowly to the other: a
/// second thread gains nothing below some 100 million floating-point operations a step. Above, a
/// few steps are taken with all processors and with one, and the faster stays.
struct ThreadChoice {
  /// The most threads that may be asked for.
  static let limit = 256
  private static let worthwhileFlops = 100_000_000
  /// Steps with each number of threads, of which the first only warms the caches.
  private static let trialSteps = 3
  /// The share of the time alone that all threads together have to stay below.
  private static let gain = 0.95

  /// The threads for the next step.
  private(set) var workers: Workers
  private var alone: Workers?
  private var together: Workers?
  private var step = 0
  private var (togetherSeconds, aloneSeconds) = (Double.infinity, Double.infinity)

  /// - Parameters:
  ///   - count: how many threads are asked for; nil for as many as are fastest.
  ///   - stepFlops: floating-point operations of a step.
  init(_ count: Int?, stepFlops: Int) {
    let isTrial =
      count == nil && stepFlops >= Self.worthwhileFlops && Workers.processorCount > 1
    workers = Workers(count: isTrial ? Workers.processorCount : count ?? 1)
    guard isTrial else { return }
    together = workers
    alone = Workers(count: 1)
  }

  /// Throws if so many threads cannot be had.
  static func check(_ count: Int?) throws(TrainingError) {
    guard let count, !(1...limit).contains(count) else { return }
    throw TrainingError(
      "\(count) threads cannot take the steps: 1 to \(limit) can",
      hints: ["leave the number out, and the fastest is found"])
  }

  /// Whether the next steps have to be measured.
  var isOpen: Bool { together != nil }

  /// Takes the time of a step of whole size, and changes `workers` when it is time to.
  mutating func observe(_ seconds: Double) {
    guard let alone, let together else { return }
    let isWarm = step % Self.trialSteps > 0
    step += 1
    if step <= Self.trialSteps {
      if isWarm { togetherSeconds = min(togetherSeconds, seconds) }
      if step == Self.trialSteps { workers = alone }
    } else {
      if isWarm { aloneSeconds = min(aloneSeconds, seconds) }
      guard step == 2 * Self.trialSteps else { return }
      workers = togetherSeconds < Self.gain * aloneSeconds ? together : alone
      (self.alone, self.together) = (nil, nil)
    }
  }
}
