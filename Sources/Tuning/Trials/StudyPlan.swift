public import Training

/// How the trials of a study are judged, and when there are enough of them.
public struct StudyPlan: Sendable, Hashable {
  /// What is to become small or large.
  public struct Objective: Sendable, Hashable {
    public enum Measure: Sendable, Hashable {
      /// The loss or a metric of the network that training keeps, on the rows that judge.
      case score(TrialTraining.Measure)
      /// What the network needs, known before it is trained.
      case cost(Cost)
    }

    public var measure: Measure
    public var direction: StudySettings.Direction

    public init(_ measure: Measure, _ direction: StudySettings.Direction) {
      (self.measure, self.direction) = (measure, direction)
    }
  }

  /// What a network needs.
  public enum Cost: String, Sendable, Hashable {
    case parameters
    /// Floating-point operations of one example's forward pass.
    case flops
    /// Bytes that training allocates.
    case memory
    /// Of one training, if nothing stops it early, as estimated on this machine.
    case seconds
  }

  /// What a network may not exceed; a trial beyond it is not trained.
  public struct Limit: Sendable, Hashable {
    public var cost: Cost
    public var most: Double

    public init(_ cost: Cost, atMost most: Double) { (self.cost, self.most) = (cost, most) }
  }

  /// One or two; the first is the one by which trials are ended early.
  public var objectives: [Objective]
  public var limits: [Limit]
  /// How many seeds a trial is trained with: the spec's and those after it.
  public var seeds: Int
  /// Into how many folds the rows outside the test part are dealt; nil for the spec's own parts.
  public var folds: Int?
  /// No trial gets a number from here on.
  public var trials: Int
  /// No trial begins after so many seconds of this sitting.
  public var seconds: Double?
  /// No trial begins once so many in a row were not better than the best before them.
  public var patience: Int?

  public init(
    objectives: [Objective], limits: [Limit] = [], seeds: Int = 1, folds: Int? = nil, trials: Int,
    seconds: Double? = nil, patience: Int? = nil
  ) {
    precondition(!objectives.isEmpty && seeds >= 1, "a trial needs an objective and a seed")
    (self.objectives, self.limits, self.seeds, self.folds) = (objectives, limits, seeds, folds)
    (self.trials, self.seconds, self.patience) = (trials, seconds, patience)
  }

  /// How many trainings a trial takes.
  public var runsPerTrial: Int { seeds * (folds ?? 1) }

  /// Whether trials are judged by how long they take.
  var asksTime: Bool {
    limits.contains { $0.cost == .seconds } || objectives.contains { $0.measure == .cost(.seconds) }
  }

  /// The scores that trainings are judged by, in the order of the objectives.
  var measures: [TrialTraining.Measure] {
    objectives.compactMap { objective in
      if case .score(let measure) = objective.measure { measure } else { nil }
    }
  }

  /// Whether trials can be ended early: by the one score that is searched for.
  var isPrunable: Bool { objectives.count == 1 && measures.count == 1 }

  /// Whether there was no progress for so long that the search ends, as far as a trial may know it.
  func isExhausted(_ history: [Trial]) -> Bool {
    guard let patience, objectives.count == 1 else { return false }
    var (best, waited) = (Double.infinity, 0)
    for trial in history where trial.isFinished {
      if trial.state == .complete, trial.isFeasible, let value = trial.value, value < best {
        (best, waited) = (value, 0)
      } else {
        waited += 1
      }
    }
    return best < .infinity && waited >= patience
  }
}

extension StudyPlan.Objective {
  /// The value as people see it of one where smaller is better, and the other way round.
  public func turned(_ value: Double) -> Double { direction.turned(value) }

  /// As a spec names it.
  public var name: String {
    switch measure {
    case .score(.loss): "validation.loss"
    case .score(.metric(let name)): "validation.\(name)"
    case .cost(let cost): cost.rawValue
    }
  }
}
