public import SpecCompiler
internal import SpecSyntax
internal import Training

extension StudyPlan {
  /// What a `search` section without errors asks for.
  public init(_ search: SearchSection) {
    self.init(
      objectives: search.objective.map { Objective($0) },
      limits: search.constraints.bounds.compactMap { name, limit, _ in
        Cost(rawValue: name).map { Limit($0, atMost: limit) }
      },
      seeds: search.repeats, folds: search.folds, trials: search.trials,
      seconds: search.stop.minutes.map { 60 * $0 }, patience: search.stop.withoutProgress)
  }
}

extension StudyPlan.Objective {
  fileprivate init(_ objective: SearchObjective) {
    let direction: StudySettings.Direction =
      objective.direction == .maximize ? .maximize : .minimize
    if let cost = StudyPlan.Cost(rawValue: objective.measure) {
      self.init(.cost(cost), direction)
    } else if let metric = objective.metric, metric != "loss" {
      self.init(.score(.metric(metric)), direction)
    } else {
      self.init(.score(.loss), direction)
    }
  }
}
