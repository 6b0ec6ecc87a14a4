/// A spec that was tried, with everything that its trials gave.
public struct StudyPoint: Sendable, Hashable {
  /// The trials that tried it, in the order of their numbers.
  public var trials: [Int]
  /// For each dimension its number, as the first of them has it.
  public var numbers: [Double?]
  /// The mean over all runs of each objective, as people see it.
  public var values: [Double]
  /// Standard deviation of the first objective over the runs; nil of one run, and of a cost.
  public var deviation: Double?
  public var runs: Int
  public var parameters: Int?
  /// The mean of the runs' epochs, up to the best one.
  public var bestEpoch: Double?
  /// All trainings together, on the machines that made them.
  public var seconds: Double?
}

/// What a study found, best first.
public struct StudyRanking: Sendable {
  /// Of one objective by its value; of two, those of the front first, by the first objective.
  public let points: [StudyPoint]
  /// How many of the points, from the first on, no other point beats in both objectives; 1 of one
  /// objective.
  public let frontCount: Int
  public let complete: Int
  public let pruned: Int
  /// Beyond a limit, and not trained.
  public let infeasible: Int
  /// Without a value for another reason.
  public let failed: Int
  /// Of those that failed, why, with how many did, the most frequent first.
  public let reasons: [(words: String, count: Int)]

  /// - Parameter notes: of every finished trial, by number.
  public init(_ trials: [Trial], _ notes: [Int: TrialNotes], _ plan: StudyPlan) {
    complete = trials.count { $0.state == .complete }
    pruned = trials.count { $0.state == .pruned }
    infeasible = trials.count { $0.state == .failed && !$0.isFeasible }
    failed = trials.count { $0.state == .failed && $0.isFeasible }
    var counts: [String: Int] = [:]
    for trial in trials where trial.state == .failed {
      if let reason = notes[trial.number]?.reason { counts[reason, default: 0] += 1 }
    }
    reasons = counts.map { (words: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.words) < ($0.count, $1.words) }
    var groups: [(key: String, trials: [Trial])] = []
    var places: [String: Int] = [:]
    for trial in trials where trial.state == .complete && !trial.values.isEmpty {
      let key = notes[trial.number].flatMap { $0.spec.isEmpty ? nil : $0.spec }
        ?? "\(trial.parameters)"
      if let place = places[key] {
        groups[place].trials.append(trial)
      } else {
        places[key] = groups.count
        groups.append((key, [trial]))
      }
    }
    let found = groups.map { StudyPoint($0.trials, notes, plan) }
    (points, frontCount) = Self.ordered(found, plan)
  }

  public var best: StudyPoint? { points.first }

  private static func ordered(
    _ points: [StudyPoint], _ plan: StudyPlan
  ) -> (points: [StudyPoint], front: Int) {
    func size(_ point: StudyPoint, _ objective: Int) -> Double {
      plan.objectives[objective].turned(point.values[objective])
    }
    let sorted = points.sorted {
      (size($0, 0), $0.trials[0]) < (size($1, 0), $1.trials[0])
    }
    guard plan.objectives.count > 1 else { return (sorted, min(1, sorted.count)) }
    func beats(_ a: StudyPoint, _ b: StudyPoint) -> Bool {
      let pairs = plan.objectives.indices.map { (size(a, $0), size(b, $0)) }
      return pairs.allSatisfy { $0 <= $1 } && pairs.contains { $0 < $1 }
    }
    let isFront = sorted.map { point in !sorted.contains { beats($0, point) } }
    let front = zip(sorted, isFront).filter(\.1).map(\.0)
    return (front + zip(sorted, isFront).filter { !$0.1 }.map(\.0), front.count)
  }
}

extension StudyPoint {
  fileprivate init(_ trials: [Trial], _ notes: [Int: TrialNotes], _ plan: StudyPlan) {
    let notes = trials.map { notes[$0.number] ?? TrialNotes() }
    let runs = notes.flatMap(\.runs)
    self.trials = trials.map(\.number)
    numbers = trials[0].parameters
    // The scores of runs are those of the objectives that are scores, in order.
    let places = plan.objectives.reduce(into: [Int?]()) { places, objective in
      if case .score = objective.measure {
        places.append(places.count { $0 != nil })
      } else {
        places.append(nil)
      }
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    values = plan.objectives.indices.map { objective in
      guard let place = places[objective], !runs.isEmpty else {
        return plan.objectives[objective].turned(mean(trials.map { $0.values[objective] }))
      }
      return mean(runs.map { $0.scores[place] })
    }
    self.runs = max(runs.count, trials.count)
    if let place = places[0], runs.count > 1 {
      let squares = runs.map { ($0.scores[place] - values[0]) * ($0.scores[place] - values[0]) }
      deviation = (squares.reduce(0, +) / Double(runs.count - 1)).squareRoot()
    }
    parameters = notes[0].parameters
    bestEpoch = runs.isEmpty ? nil : mean(runs.map { Double($0.bestEpoch) })
    let known = notes.compactMap(\.seconds)
    seconds = known.isEmpty ? nil : known.reduce(0, +)
  }
}
