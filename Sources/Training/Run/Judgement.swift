internal import NetworkGraph
internal import SpecCompiler
internal import Tables
internal import Tensors

/// A trained network measured beside its baselines on all parts of the rows.
struct Judgement {
  /// One part of the rows with what each model says about it.
  private struct Part {
    let rows: PreparedRows
    /// The metrics that the author asked for.
    let names: [String]
    /// The network's outputs, row-major.
    let outputs: [Float]
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
        rows: rows, names: job.recipe.metrics, outputs: outputs,
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
    let sureness = validation.network.sureness(of: validation.rows.truth)
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
        standardError: validation.rows.count > 0 ? validationScores.standardError : nil,
        constantValidationLoss: Self.constantLoss(job, validation.rows),
        validationLossError: RowLosses(
          outputs: validation.outputs, of: validation.rows, job.recipe.loss
        ).standardError,
        initialLoss: trainer.initialLoss,
        calibrationError: sureness?.error, overconfidence: sureness?.excess))
  }

  /// The loss on some rows of the outputs that are best for all training rows alike.
  private static func constantLoss(_ job: Job, _ rows: PreparedRows) -> Double? {
    guard rows.count > 0 else { return nil }
    let (train, recipe) = (job.preparation.train, job.recipe)
    let weights = try? rowWeights(recipe.classWeights, train, job.preparation.target)
    let constant = ConstantOutputs(
      recipe, count: job.graph.outputShape.count, train: train, weights: weights ?? nil)
    return RowLosses(constant: constant.values, of: rows, recipe.loss).mean
  }
}

extension Predictions {
  /// How far probabilities are from what happened, and how much surer they are than right; nil for
  /// numbers, for scores and of no rows.
  fileprivate func sureness(of truth: Truth) -> (error: Double, excess: Double)? {
    guard case .classes(let predictions) = self, predictions.kind == .probability,
      case .classes(let codes) = truth, !codes.isEmpty
    else { return nil }
    let winners = codes.indices.map { predictions.winner($0) }
    let confidence = winners.enumerated().map { row, winner in
      predictions.values[row * predictions.classes.count + winner]
    }
    let isRight = zip(winners, codes).map { $0 == $1 }
    guard let error = Probe.calibrationError(confidence: confidence, isRight: isRight),
      let sure = mean(confidence), let right = mean(isRight.map { $0 ? 1 : 0 })
    else { return nil }
    return (error, sure - right)
  }
}
