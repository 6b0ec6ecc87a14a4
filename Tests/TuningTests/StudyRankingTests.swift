import Testing
import Training

@testable import Tuning

@Suite("What a study found")
struct StudyRankingTests {
  private func trial(_ number: Int, _ values: [Double], _ state: Trial.State = .complete) -> Trial {
    Trial(number: number, state: state, parameters: [Double(number)], values: values)
  }

  private func noted(_ spec: String, _ scores: [[Double]]) -> TrialNotes {
    var notes = TrialNotes()
    notes.spec = spec
    notes.runs = scores.enumerated().map {
      .init(seed: UInt64($0.offset), fold: nil, scores: $0.element, epochs: 4, bestEpoch: 3)
    }
    return notes
  }

  @Test("trials of one spec are one point with all their runs, and the best mean comes first")
  func points() {
    let plan = StudyPlan(
      objectives: [.init(.score(.metric("accuracy")), .maximize)], trials: 4)
    let trials = [
      trial(0, [-0.9]), trial(1, [-0.8]), trial(2, [-0.6]), trial(3, [-0.7], .pruned),
      Trial(number: 4, state: .failed, parameters: [4], violations: [2]),
    ]
    let notes = [
      0: noted("a", [[0.9]]), 1: noted("b", [[0.8]]), 2: noted("a", [[0.6]]),
    ]
    let ranking = StudyRanking(trials, notes, plan)
    #expect(ranking.points.map(\.trials) == [[1], [0, 2]])
    #expect(ranking.points[1].values == [0.75] && ranking.points[1].runs == 2)
    #expect(abs((ranking.points[1].deviation ?? 0) - 0.15 * 2.0.squareRoot()) < 1e-12)
    #expect(ranking.points[0].deviation == nil && ranking.frontCount == 1)
    #expect((ranking.complete, ranking.pruned, ranking.infeasible, ranking.failed) == (3, 1, 1, 0))
  }

  @Test("of two objectives the front comes first")
  func front() {
    let plan = StudyPlan(
      objectives: [.init(.score(.loss), .minimize), .init(.cost(.parameters), .minimize)], trials: 5)
    let values: [[Double]] = [[1, 50], [2, 20], [3, 10], [2, 30], [1, 60]]
    let trials = values.enumerated().map { trial($0.offset, $0.element) }
    let notes = Dictionary(
      uniqueKeysWithValues: values.enumerated().map {
        ($0.offset, noted("\($0.offset)", [[$0.element[0]]]))
      })
    let ranking = StudyRanking(trials, notes, plan)
    #expect(ranking.frontCount == 3)
    #expect(ranking.points.map { $0.trials[0] } == [0, 1, 2, 4, 3])
  }

  @Test("notes come back from a store as they were")
  func texts() {
    var notes = noted("abc", [[0.1, 2], [0.2, 3]])
    (notes.parameters, notes.flops, notes.seconds) = (12, 24, 0.5)
    (notes.reason, notes.runs[0].fold) = ("it \"ran\" off", 2)
    #expect(TrialNotes(notes.texts) == notes)
    #expect(TrialNotes([:]) == TrialNotes())
  }

  @Test("the winner is compared in pairs on fresh seeds, on the judging rows and the test part")
  func confirmation() throws {
    let study = IrisStudy()
    let plan = StudyPlan(objectives: [IrisStudy.loss], trials: 4)
    let run = try StudyRun(MemoryStore(study.settings), plan, study.maker, owner: "test")
    let numbers: [Double?] = [8, 0.03, 0]
    let result = run.confirm(numbers, pairs: 10)
    #expect(result.lines.map(\.part) == [.validation, .test] && result.reason == nil)
    for line in result.lines {
      let difference = line.tuned.mean - line.untuned.mean
      #expect(abs(line.difference.mean - difference) < 1e-12)
      #expect(line.difference.halfWidth ?? 0 > 0)
    }
    // Eight epochs at the usual rate are too few, and ten times that is plainly better.
    #expect(result.isBetter == true)
    let rows = try #require(result.judgingRows)
    #expect(rows.judged < rows.of && rows.of < 150)
    let folds = StudyPlan(objectives: [IrisStudy.loss], folds: 3, trials: 4)
    let folded = try StudyRun(MemoryStore(study.settings), folds, study.maker, owner: "test")
      .confirm(numbers, pairs: 3)
    #expect(folded.lines.map(\.part) == [.folds, .test])
    // What the folds share widens the interval.
    #expect(folded.lines[0].difference.halfWidth ?? 0 > 0)
  }
}
