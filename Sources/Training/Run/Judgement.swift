internal import NetworkGraph
internal import SpecCompiler
internal import Tables

/// A trained network measured beside its baselines on all parts of the rows.
struct Judgement {
  /// One part of the rows with what each model says about it.
  private struct Part {
    let rows: PreparedRows
    let network: Predictions
    let constant: Predictions
    let linear: Predictions

    func metrics(_ predictions: Predictions) -> [String: Double]? {
      rows.count == 0 ? nil : Metrics.values(of: predictions, against: rows.truth)
    }

    func score(_ predictions: Predictions) -> Double? {
      RowScores(predictions, against: rows.truth).mean
    }
  }

  let outcome: RunOutcome

  init(_ job: Job, _ trainer: Trainer, _ trained: Trainer.Outcome) {
    let preparation = job.preparation
    let baselines = Baselines(
      train: preparation.train, target: preparation.target, levels: job.recipe.loss.levels)
    func part(_ rows: PreparedRows) -> Part {
      let data = rows.data()
      let outputs = trainer.executor.evaluate(rows: data.rows, of: data).outputs
      return Part(
        rows: rows, network: preparation.target.predictions(Outputs(outputs, of: job.recipe.loss)),
        constant: baselines.constant.predictions(rows.count),
        linear: baselines.linearPredictions(rows))
    }
    let (train, validation, test) = (
      part(preparation.train), part(preparation.validation), part(preparation.test)
    )
    func parts(_ model: (Part) -> Predictions) -> RunOutcome.Parts {
      .init(validation: validation.metrics(model(validation)), test: test.metrics(model(test)))
    }
    let judges = [("test", test), ("validation", validation), ("training", train)]
    let judge = judges.first { $0.1.rows.count > 0 }
    let verdict = judge.flatMap { name, part in
      Verdict(
        part: name, truth: part.rows.truth, network: part.network, constant: part.constant,
        linear: part.linear, majority: baselines.constant.majority)
    }
    let validationScores = RowScores(validation.network, against: validation.rows.truth)
    outcome = RunOutcome(
      epochs: trained.epochs.count, bestEpoch: trained.bestEpoch, stopped: trained.stopped,
      metrics: parts(\.network),
      baselines: .init(constant: parts(\.constant), linear: parts(\.linear)), verdict: verdict,
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
