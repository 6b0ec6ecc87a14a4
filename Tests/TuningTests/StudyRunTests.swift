import Foundation
import SpecSyntax
import Synchronization
import TestSupport
import Testing
import Training

@testable import Tuning

@Suite("A search")
struct StudyRunTests {
  @Test("one, two and five workers give the same trials bit for bit", arguments: ["none", "median"])
  func workers(pruner: String) throws {
    var study = IrisStudy()
    if Pruners.named(pruner) != nil { study.pruner = pruner }
    let plan = StudyPlan(objectives: [IrisStudy.loss], trials: 24)
    let first = try study.run(plan, workers: 1)
    #expect(first.trials.count == 24 && first.ending == .trials)
    #expect(first.trials.allSatisfy { $0.isFinished })
    for trial in first.trials where trial.state == .complete {
      #expect(trial.curve.count == 8 && trial.curve.map(\.step) == Array(1...8))
      #expect(trial.curve.contains { $0.value == trial.value })
    }
    for workers in [2, 5] {
      let other = try study.run(plan, workers: workers)
      #expect(other.trials == first.trials)
    }
  }

  @Test("a metric is searched for, large is good, and each epoch tells it")
  func metric() throws {
    let objective = StudyPlan.Objective(.score(.metric("accuracy")), .maximize)
    let result = try IrisStudy().run(
      StudyPlan(objectives: [objective], trials: 6), workers: 2)
    for trial in result.trials {
      let value = try #require(trial.value)
      #expect(-1...0 ~= value && trial.curve.count == 8)
      let notes = TrialNotes(result.store.notes(of: trial.number))
      #expect(notes.runs.count == 1 && notes.runs[0].scores == [-value])
      #expect(notes.runs[0].seed == 5 && notes.parameters != nil && notes.spec.count == 64)
    }
  }

  @Test("seeds and folds make several runs, whose mean is the value and which are the points")
  func runs() throws {
    let plan = StudyPlan(objectives: [IrisStudy.loss], seeds: 2, folds: 3, trials: 3)
    let result = try IrisStudy().run(plan, workers: 2)
    for trial in result.trials {
      let runs = TrialNotes(result.store.notes(of: trial.number)).runs
      #expect(runs.map(\.fold) == [1, 2, 3, 1, 2, 3])
      #expect(runs.map(\.seed) == [5, 5, 5, 6, 6, 6])
      #expect(trial.curve.map(\.value) == runs.map { $0.scores[0] })
      let mean = runs.map { $0.scores[0] }.reduce(0, +) / 6
      #expect(trial.value == mean)
    }
  }

  @Test("what was tried before becomes further seeds of its point")
  func duplicates() throws {
    var study = IrisStudy()
    study.space = Space([Dimension("model.activation", .choice(["relu", "tanh"]))])
    let result = try study.run(
      StudyPlan(objectives: [IrisStudy.loss], seeds: 2, trials: 8), workers: 3)
    var seeds: [Double?: [UInt64]] = [:]
    for trial in result.trials {
      seeds[trial.parameters[0], default: []] +=
        TrialNotes(result.store.notes(of: trial.number)).runs.map(\.seed)
    }
    #expect(seeds.count == 2)
    for list in seeds.values { #expect(list == Array(5..<(5 + UInt64(list.count)))) }
  }

  @Test("what exceeds a limit is a result, and is not trained")
  func limits() throws {
    var study = IrisStudy()
    study.space = Space([IrisStudy.space.dimensions[0]])
    let plan = StudyPlan(
      objectives: [IrisStudy.loss], limits: [.init(.parameters, atMost: 60)], trials: 12)
    let result = try study.run(plan, workers: 2)
    #expect(Set(result.trials.map(\.state)) == [.complete, .failed])
    for trial in result.trials {
      // 4 inputs and 3 outputs.
      let width = Int(trial.parameters[0] ?? 0)
      let parameters = 5 * width + 3 * (width + 1)
      #expect(trial.violations == [Double(parameters) - 60])
      let notes = TrialNotes(result.store.notes(of: trial.number))
      guard parameters > 60 else { continue }
      #expect(trial.state == .failed && trial.values.isEmpty && trial.curve.isEmpty)
      #expect(notes.reason == "not trained: \(parameters) parameters, of at most 60")
    }
  }

  @Test("a limit of seconds keeps what was estimated and whose, and judges nothing again")
  func seconds() throws {
    let study = IrisStudy()
    func plan(_ most: Double, _ trials: Int) -> StudyPlan {
      StudyPlan(
        objectives: [IrisStudy.loss], limits: [.init(.seconds, atMost: most)], trials: trials)
    }
    let first = try study.run(plan(1e-9, 3), workers: 1)
    for trial in first.trials {
      #expect(trial.state == .failed && !trial.isFeasible)
      let notes = TrialNotes(first.store.notes(of: trial.number))
      let estimate = try #require(notes.estimate)
      #expect(trial.violations == [estimate.seconds - 1e-9])
      #expect(estimate.lowSeconds <= estimate.seconds && estimate.measuredSteps >= 3)
      #expect(StudyWorker.name.hasPrefix("\(estimate.machine):"))
      #expect(notes.reason?.hasSuffix("seconds, of at most 1e-09") == true, "\(notes)")
    }
    let second = try study.run(plan(1e9, 5), workers: 1, in: first.store)
    #expect(second.trials.prefix(3) == first.trials[...])
    #expect(second.trials.map(\.state) == [.failed, .failed, .failed, .complete, .complete])
  }

  @Test("a network whose numbers run off is a result without a value")
  func diverged() throws {
    var study = IrisStudy()
    study.text = study.text.replacing("seed: 5", with: "optimizer: sgd, seed: 5")
    study.space = Space([Dimension("training.learning_rate", .choice([.number(1e30)]))])
    let result = try study.run(StudyPlan(objectives: [IrisStudy.loss], trials: 2), workers: 2)
    for trial in result.trials {
      #expect(trial.state == .failed && trial.values.isEmpty)
      let reason = TrialNotes(result.store.notes(of: trial.number)).reason
      #expect(reason?.contains("ran off") == true)
    }
  }

  @Test("two objectives give two values, and what a network costs can be one")
  func twoObjectives() throws {
    let plan = StudyPlan(
      objectives: [
        .init(.score(.metric("accuracy")), .maximize), .init(.cost(.parameters), .minimize),
      ], trials: 4)
    for trial in try IrisStudy().run(plan, workers: 2).trials {
      let width = trial.parameters[0] ?? 0
      #expect(trial.values.count == 2 && trial.values[1] == 8 * width + 3)
      #expect(trial.curve.isEmpty)
    }
  }

  @Test("a search that is stopped gives its trials back, and goes on to the same trials")
  func interrupted() throws {
    let study = IrisStudy()
    let plan = StudyPlan(objectives: [IrisStudy.loss], trials: 12)
    let whole = try study.run(plan, workers: 2).trials
    let store = MemoryStore(study.settings)
    let points = Atomic(0)
    let first = try study.run(
      plan, workers: 2, in: store, shouldStop: { points.load(ordering: .relaxed) > 20 },
      report: { event in
        if case .point = event { points.add(1, ordering: .relaxed) }
      })
    #expect(first.ending == .interrupted)
    #expect(first.trials.contains { $0.state == .waiting } && first.trials.count < 12)
    #expect(try study.run(plan, workers: 2, in: store).trials == whole)
  }

  @Test("a trial that was stopped goes on from its checkpoint to the same result", arguments: [1, 2])
  func checkpoint(seeds: Int) throws {
    let study = IrisStudy()
    let plan = StudyPlan(objectives: [IrisStudy.loss], seeds: seeds, trials: 1)
    let whole = try study.run(plan, workers: 1).trials
    let folder = try Repository.temporaryFolder()
    let store = MemoryStore(study.settings)
    let place = TrialCheckpoint(path: "\(folder)/trials", version: "test")
    func sitting(stop: @escaping @Sendable () -> Bool, _ report: @escaping @Sendable (StudyEvent) -> Void)
      throws -> StudyEnding
    {
      try StudyRun(store, plan, study.maker, owner: "test", workers: 1, checkpoints: place)
        .run(shouldStop: stop, report: report)
    }
    // Iris has 4 steps an epoch; before each step it is asked whether to stop.
    let asked = Atomic(0)
    let ending = try sitting(stop: { asked.add(1, ordering: .relaxed).newValue > 15 }) { _ in }
    #expect(ending == .interrupted)
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
    #expect(names == ["0.0.checkpoint"])
    asked.store(0, ordering: .relaxed)
    let last = try sitting(stop: { _ = asked.add(1, ordering: .relaxed); return false }) { _ in }
    #expect(last == .trials && store.trials() == whole)
    // Less was trained than from the start.
    #expect(asked.load(ordering: .relaxed) < 32 * seeds)
    #expect(!FileManager.default.fileExists(atPath: place.path))
  }

  @Test("it ends when so many trials were no better, and when time is over")
  func stopping() throws {
    let study = IrisStudy()
    var plan = StudyPlan(objectives: [IrisStudy.loss], trials: 1000, patience: 6)
    let patient = try study.run(plan, workers: 2)
    #expect(patient.ending == .patience && patient.trials.count < 1000)
    #expect(try study.run(plan, workers: 5).trials == patient.trials)
    (plan.patience, plan.seconds) = (nil, 0)
    let timed = try study.run(plan, workers: 2)
    #expect(timed.ending == .time && timed.trials.isEmpty)
  }
}
