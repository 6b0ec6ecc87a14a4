internal import NetworkGraph
internal import SpecCompiler

extension ProbeSession {
  /// Trains this spec and another with the same seeds, in turn, as far as time allows.
  mutating func compare(with other: Job) throws(TrainingError) {
    guard runSeconds != nil else { return measurements.append(.noTime("the comparison")) }
    var scores: (own: [Double], other: [Double]) = ([], [])
    var metric: String?
    for offset in 0..<UInt64(Self.comparedSeeds) {
      limits.report("both specs, seed \(offset + 1) of \(Self.comparedSeeds)")
      guard let own = try score(job, offset), let theirs = try score(other, offset) else { break }
      guard own.metric == theirs.metric else {
        return measurements.append(
          Measurement("the comparison", "left out: one is judged by \(own.metric), the other by "
            + theirs.metric))
      }
      metric = own.metric
      scores.own.append(own.value)
      scores.other.append(theirs.value)
    }
    guard let metric else { return measurements.append(.noTime("the comparison")) }
    let comparison = Comparison(scores.own, scores.other, metric: metric)
    probe.comparison = comparison
    measurements.append(comparison.measurement)
  }

  private static let comparedSeeds = 5

  /// The validation score of a whole training; nil where time was over before.
  private func score(
    _ job: Job, _ offset: UInt64
  ) throws(TrainingError) -> (metric: String, value: Double)? {
    var recipe = job.recipe
    recipe.seed += offset
    do throws(TrainingError) {
      let trainer = try Trainer(recipe, graph: job.graph, preparation: job.preparation)
      let outcome = try trainer.run(shouldStop: { limits.isOver() }, report: { _ in })
      try limits.check()
      let rows = job.preparation.validation
      guard outcome.stopped != .interrupted, rows.count > 0 else { return nil }
      let data = rows.data()
      let outputs = trainer.executor.evaluate(rows: data.rows, of: data).outputs
      let predictions = job.preparation.target.predictions(Outputs(outputs, of: recipe.loss))
      let score = RowScores(predictions, against: rows.truth).mean
      return score.map { (predictions.scoreName, $0) }
    } catch {
      try limits.check()
      if case .interrupted = error.kind { return nil }
      throw error
    }
  }
}
