internal import NetworkGraph
internal import SpecCompiler
internal import Tables

/// A trained network measured beside its baselines on all parts of the rows.
struct Judgement {
  /// One part of the rows with what each model says about it.
  private struct Part {
    let rows: PreparedRows
    /// The metrics that the author asked for.
    let names: [String]
    let network: Predictions
    let constant: Predictions
    let linear: Predictions

    func metrics(_ predictions: Predictions) -> [String: Double]? {
      guard rows.count > 0 else { return nil }
      return Metrics.values(of: predictions, against: rows.truth, including: names)
    }

    func score(_ predictions: Predictions) -> Double? {
      RowScores(predictions, against: rows.truth).mean
    }
  }

  let outcome: RunOutcome
  /// The rows that judge the run: those of test, validation or training, the first that are any.
  let judged: JudgedRows

  init(_ job: Job, _ trainer: Trainer, _ trained: Trainer.Outcome, _ baselines: Baselines) {
    let preparation = job.preparation
    func part(_ rows: PreparedRows) -> Part {
      let data = rows.data()
      let outputs = trainer.executor.evaluate(rows: data.rows, of: data).outputs
      return Part(
        rows: rows, names: job.recipe.metrics,
        network: preparation.target.predictions(Outputs(outputs, of: job.recipe.loss)),
        constant: baselines.constant.predictions(rows.count),
        linear: baselines.linearPredictions(rows))
    }
    let (train, validation, test) = (
      part(preparation.train.spread(over: Baselines.greatestRows)), part(preparation.validation),
      part(preparation.test)
    )
    func parts(_ model: (Part) -> Predictions) -> RunOutcome.Parts {
      .init(validation: validation.metrics(model(validation)), test: test.metrics(model(test)))
    }
    let judges = [("test", test), ("validation", validation), ("training", train)]
    let judge = judges.first { $0.1.rows.count > 0 } ?? judges[2]
    judged = JudgedRows(
      part: judge.0, truth: judge.1.rows.truth, network: judge.1.network,
      constant: judge.1.constant, linear: judge.1.linear)
    let validationScores = RowScores(validation.network, against: validation.rows.truth)
    outcome = RunOutcome(
      epochs: trained.epochs.count, bestEpoch: trained.bestEpoch, stopped: trained.stopped,
      metrics: parts(\.network),
      baselines: .init(constant: parts(\.constant), linear: parts(\.linear)),
      linearRows: baselines.linearRows < preparation.train.count ? baselines.linearRows : nil,
      verdict: Verdict([judged], majority: baselines.constant.majority),
      breakdown: Breakdown(judged.network, against: judged.truth),
      probe: Probe(
        bestEpoch: trained.bestEpoch, epochs: trained.epochs.count,
        trainingLosses: trained.epochs.map(\.trainingLoss),
        validationLosses: trained.epochs.compactMap(\.validationLoss),
        trainingScore: train.score(train.network),
        validationScore: validationScores.mean,
        linearTrainingScore: train.score(train.linear),
        linearValidationScore: validation.score(validation.linear),
        standardError: validation.rows.count > 0 ? validationScores.standardError : nil))
  }
}
