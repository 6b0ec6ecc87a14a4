internal import NetworkGraph
internal import SpecCompiler

extension ProbeSession {
  /// Trains as the spec says at lower and higher rates, if time allows all of them.
  mutating func tryRates() throws(TrainingError) {
    guard let runSeconds, let own = probe.validationLosses.min(), peakRate > 0,
      !job.recipe.optimizer.needsAllRows
    else { return }
    var factors = [0.1, 0.316, 3.16, 10]
    if let limit = probe.steps?.divergingRate {
      let rates = facts.rates(fromLimit: limit)
      if peakRate < rates.least { factors.append(rates.proposed / peakRate) }
    }
    let left = limits.seconds - limits.spent
    guard Double(factors.count) * runSeconds < 0.8 * left else {
      return measurements.append(.noTime("other rates"))
    }
    var trials = [StepFacts.RateTrial(rate: peakRate, loss: own)]
    for factor in factors {
      limits.report("training at \(roundedText(factor * peakRate))")
      var recipe = job.recipe
      recipe.rateFactor = factor
      guard let trial = try trial(recipe, rate: factor * peakRate) else {
        return measurements.append(.noTime("other rates"))
      }
      trials.append(trial)
    }
    trials.sort { $0.rate < $1.rate }
    probe.steps?.rateTrials = trials
    let losses = trials.map { trial in
      "\(trial.loss.isFinite ? roundedText(trial.loss) : "ran off") at \(roundedText(trial.rate))"
    }
    measurements.append(
      Measurement(
        "other rates",
        "validation loss \(losses.joined(separator: ", ")); the least of a whole training each, "
          + "seed \(job.recipe.seed)"))
  }

  /// The least validation loss of a whole training; nil where time was over before.
  private func trial(
    _ recipe: Recipe, rate: Double
  ) throws(TrainingError) -> StepFacts.RateTrial? {
    let outcome: Trainer.Outcome
    do throws(TrainingError) {
      let trainer = try Trainer(recipe, graph: job.graph, preparation: job.preparation)
      outcome = try trainer.run(shouldStop: { limits.isOver() }, report: { _ in })
    } catch {
      try limits.check()
      if case .diverged = error.kind { return .init(rate: rate, loss: .infinity) }
      if case .interrupted = error.kind { return nil }
      throw error
    }
    try limits.check()
    guard outcome.stopped != .interrupted else { return nil }
    return .init(rate: rate, loss: outcome.epochs.compactMap(\.validationLoss).min() ?? .infinity)
  }
}
