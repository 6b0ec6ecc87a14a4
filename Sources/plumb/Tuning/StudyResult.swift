import SpecSyntax
import Tuning

/// What a search found, for people and for other programs.
struct StudyResult {
  let settings: StudySettings
  let plan: StudyPlan
  /// Where the study is kept.
  let store: String
  let trials: [Trial]
  let notes: [Int: TrialNotes]
  let ranking: StudyRanking
  let ending: StudyEnding
  /// Of this sitting.
  var seconds = 0.0
  var endedHere = 0
  var confirmation: Confirmation?
  /// The file of the best spec, if one was written.
  var output: String?

  init(
    _ store: any StudyStore, _ plan: StudyPlan, place: String, _ ending: StudyEnding
  ) throws(StudyError) {
    (settings, self.plan, self.store, self.ending) = (store.settings, plan, place, ending)
    trials = try store.trials()
    var notes: [Int: TrialNotes] = [:]
    for trial in trials where trial.isFinished {
      notes[trial.number] = TrialNotes(try store.notes(of: trial.number))
    }
    self.notes = notes
    ranking = StudyRanking(trials, notes, plan)
  }

  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("study", .string(settings.name)), .init("store", .string(store)),
      .init("ending", .string(ending.rawValue)),
      .init("objectives", .array(plan.objectives.map(\.json))),
      .init(
        "counts",
        [
          "complete": .integer(ranking.complete), "pruned": .integer(ranking.pruned),
          "infeasible": .integer(ranking.infeasible), "failed": .integer(ranking.failed),
        ]),
      .init("seconds", .number((seconds * 1000).rounded() / 1000)),
      .init("points", .array(ranking.points.map { $0.json(settings.space) })),
      .init("front", .integer(ranking.frontCount)),
      .init(
        "trials",
        .array(
          trials.map { .object($0.members(notes[$0.number] ?? TrialNotes(), plan, settings.space)) }
        )),
    ]
    members.append(.init("importances", ImportanceText(self).json))
    if let confirmation { members.append(.init("comparison", confirmation.json)) }
    members.append(.init("best_spec", output.map { .string($0) } ?? .null))
    return .object(members)
  }
}

extension StudyPoint {
  fileprivate func json(_ space: Space) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("trials", .array(trials.map { .integer($0) })), .init("values", space.json(numbers)),
      .init("objectives", .array(values.map { .number($0) })), .init("runs", .integer(runs)),
    ]
    if let deviation { members.append(.init("deviation", .number(deviation))) }
    if let parameters { members.append(.init("parameters", .integer(parameters))) }
    if let bestEpoch { members.append(.init("best_epoch", .number(bestEpoch))) }
    if let seconds { members.append(.init("training_seconds", .number(seconds))) }
    return .object(members)
  }
}

extension Confirmation {
  fileprivate var json: JSONValue {
    func estimate(_ estimate: Estimate) -> JSONValue {
      [
        "mean": .number(estimate.mean),
        "half_width": estimate.halfWidth.map { .number($0) } ?? .null,
      ]
    }
    let lines = lines.map { line in
      JSONValue.object([
        .init("part", .string(line.part.rawValue)), .init("objective", line.objective.json),
        .init("untuned", estimate(line.untuned)), .init("tuned", estimate(line.tuned)),
        .init("difference", estimate(line.difference)),
        .init("is_better", line.isBetter.map { .bool($0) } ?? .null),
      ])
    }
    return [
      "pairs": .integer(pairs), "lines": .array(lines),
      "is_better": isBetter.map { .bool($0) } ?? .null,
      "reason": reason.map { .string($0) } ?? .null,
      "judging_rows": judgingRows.map { .integer($0.judged) } ?? .null,
    ]
  }
}
