internal import NetworkGraph
internal import SpecCompiler

/// What trainings must have in common to go on side by side. They may differ in seed, rows,
/// learning rate, epochs and early stopping.
struct LaneKind: Hashable {
  var shape: LaneShape
  var rows: Int
  var validationRows: Int
  /// Loss, optimiser and what else a step goes by, as the resolved spec has them.
  var values: [String]
}

extension Job {
  /// A trainer of the spec's network with another seed, on one thread.
  func trainer(seed: UInt64) throws(TrainingError) -> Trainer {
    var recipe = recipe
    recipe.seed = seed
    return try Trainer(recipe, graph: graph, preparation: preparation, threads: 1)
  }

  /// Nil for a training that goes on alone.
  func laneKind(_ trainer: Trainer) -> LaneKind? {
    guard let shape = trainer.executor.plan.laneShape, !trainer.train.isWeighted else { return nil }
    let own = ["training.learning_rate", "training.epochs", "training.early_stopping"]
    let values = (compilation.decisions?.values ?? []).filter { value in
      let path = value.path
      return path.hasPrefix("training.") && path != "training.seed"
        && !own.contains { path == $0 || path.hasPrefix($0 + ".") }
    }
    return LaneKind(
      shape: shape, rows: trainer.train.rowCount, validationRows: trainer.validation.rowCount,
      values: values.map { "\($0.path): \($0.value)" })
  }

  /// Whether so many trainings of this spec's network are faster side by side.
  func isFasterInLanes(_ count: Int) -> Bool {
    let plan = Plan(
      graph: graph, batch: max(1, min(recipe.batchSize, preparation.train.count)),
      loss: recipe.loss, optimizer: recipe.optimizer, rules: recipe.rules)
    return recipe.classWeights == .none && plan.isFasterInLanes(count)
  }
}

/// Trains networks that are before their first step; each to what it would become alone.
///
/// Those of one kind share the lanes of vectors where there are enough of them to be faster so; the
/// others are trained one after another.
func trainSideBySide(
  _ trainings: [(trainer: Trainer, kind: LaneKind?)], shouldStop: () -> Bool
) -> [Result<Trainer.Outcome, TrainingError>] {
  var members: [LaneKind: [Int]] = [:]
  for (index, training) in trainings.enumerated() {
    if let kind = training.kind { members[kind, default: []].append(index) }
  }
  var results: [Int: Result<Trainer.Outcome, TrainingError>] = [:]
  for (index, (trainer, kind)) in trainings.enumerated() where results[index] == nil {
    let group = kind.flatMap { members[$0] } ?? [index]
    if trainer.executor.plan.isFasterInLanes(group.count),
      var lanes = LaneTraining(group.map { trainings[$0].trainer })
    {
      for (place, result) in zip(group, lanes.run(shouldStop: shouldStop)) {
        results[place] = result
      }
    } else {
      results[index] = trainer.runAlone(shouldStop: shouldStop)
    }
  }
  return trainings.indices.compactMap { results[$0] }
}

extension Trainer {
  /// Trains this network, from the start or on from a state that is the executor's own.
  func runAlone(
    from state: TrainingState? = nil, shouldStop: () -> Bool
  ) -> Result<Outcome, TrainingError> {
    Result { () throws(TrainingError) in
      try run(from: state, shouldStop: shouldStop, report: { _ in })
    }
  }
}
