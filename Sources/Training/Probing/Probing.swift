public import SpecCompiler

/// What a probe measured, and what that rests on.
public struct ProbeResult: Sendable {
  public var probe: Probe
  /// The test of rising rates, if there was one.
  public var rateTest: RateTest?
  /// In the order in which it was measured.
  public var measurements: [Measurement]
}

/// Measures what rules ask about a spec, on the rows that training would use, for so many seconds
/// at the most; nothing is written.
///
/// In turn: a linear model, 16 rows to learn by heart, rising learning rates, the training itself,
/// and, as far as time is left, the same training at other rates and beside an earlier spec. What
/// the budget cuts short is left out or said to be unfinished; a network that is not finished is
/// no match for a line.
///
/// - Parameters:
///   - earlier: what to compare with, over five seeds of each.
///   - report: told what is going on.
public func probe(
  _ compilation: Compilation, against earlier: Compilation? = nil, seconds budget: Double,
  shouldStop: @escaping @Sendable () -> Bool = { false },
  report: @escaping @Sendable (String) -> Void = { _ in }
) throws(TrainingError) -> ProbeResult {
  let limits = ProbeLimits(seconds: budget, shouldStop: shouldStop, report: report)
  try checkInstructionSet()
  guard let facts = compilation.facts else {
    throw TrainingError("the spec has mistakes", hints: ["`plumb lint` names them"])
  }
  var session = ProbeSession(try Job(compilation), limits, facts)
  try session.measure()
  if let earlier { try session.compare(with: try Job(earlier)) }
  return session.result
}

/// How long a probe may go on, and whom it tells.
package struct ProbeLimits: Sendable {
  package let seconds: Double
  package let shouldStop: @Sendable () -> Bool
  package let report: @Sendable (String) -> Void
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  package init(
    seconds: Double, shouldStop: @escaping @Sendable () -> Bool,
    report: @escaping @Sendable (String) -> Void
  ) {
    self.seconds = seconds
    self.shouldStop = shouldStop
    self.report = report
    start = clock.now
  }

  /// Seconds since the probe began.
  package var spent: Double { Training.seconds(clock.now - start) }

  /// Whether the user stops, or so large a share of the budget is spent.
  package func isOver(_ share: Double = 1) -> Bool { shouldStop() || spent >= share * seconds }

  /// Throws if the user wants to stop.
  func check() throws(TrainingError) {
    guard shouldStop() else { return }
    throw TrainingError("the probe was stopped", kind: .interrupted)
  }
}
