public import SpecCompiler

/// What a probe measured, and what it says about itself.
public struct ProbeResult: Sendable {
  /// Nil where too little was measured to judge by.
  public var probe: Probe?
  /// What was done and what could not be, in sentences.
  public var remarks: [String]
}

/// Fits a linear model and trains the network for so many seconds at the most, on the rows that
/// training would use; nothing is written.
///
/// A run that the budget cuts short shows nothing about its end, and a network that is not
/// finished is no match for a line: of such a run only the line's scores are given.
public func probe(
  _ compilation: Compilation, seconds budget: Double, shouldStop: () -> Bool = { false },
  report: (String) -> Void = { _ in }
) throws(TrainingError) -> ProbeResult {
  let clock = ContinuousClock()
  let end = clock.now + .seconds(budget)
  try checkInstructionSet()
  let job = try Job(compilation)
  report("a linear model of \(job.preparation.train.count) rows")
  let baselines = Baselines(job)
  guard !shouldStop() else { throw .stoppedProbe }
  report("training for at most \(job.recipe.epochs) epochs or \(figure(budget)) s")
  let trainer = try Trainer(job.recipe, graph: job.graph, preparation: job.preparation)
  let outcome: Trainer.Outcome
  do throws(TrainingError) {
    outcome = try trainer.run(shouldStop: { shouldStop() || clock.now >= end }, report: { _ in })
  } catch {
    guard !shouldStop() else { throw .stoppedProbe }
    return ProbeResult(probe: nil, remarks: ["probed: \(error.message)"])
  }
  guard !shouldStop() else { throw .stoppedProbe }
  let probe = Judgement(job, trainer, outcome, baselines).outcome.probe
  let lines = probe.linearValidationScore.map { "; a linear model scores \(figure($0))" } ?? ""
  guard outcome.stopped == .interrupted else {
    let network = probe.validationScore.map { ", scoring \(figure($0)) on validation rows" } ?? ""
    return ProbeResult(
      probe: probe, remarks: ["probed: \(outcome.epochs.count) epochs\(network)\(lines)"])
  }
  let cut = Probe(
    bestEpoch: probe.bestEpoch, epochs: probe.epochs,
    linearTrainingScore: probe.linearTrainingScore,
    linearValidationScore: probe.linearValidationScore)
  return ProbeResult(
    probe: cut,
    remarks: [
      """
      probed: \(outcome.epochs.count) of \(job.recipe.epochs) epochs in \(figure(budget)) s, too \
      few to judge the network by\(lines); a longer --budget lets it finish
      """
    ])
}

extension TrainingError {
  fileprivate static var stoppedProbe: TrainingError {
    TrainingError("the probe was stopped", kind: .interrupted)
  }
}

/// A number in three digits after the point.
private func figure(_ value: Double) -> String {
  let thousandths = Int((min(abs(value), 1e9) * 1000).rounded())
  let digits = String(1000 + thousandths % 1000).dropFirst()
  return "\(value < 0 ? "−" : "")\(thousandths / 1000)" + (digits == "000" ? "" : ".\(digits)")
}
