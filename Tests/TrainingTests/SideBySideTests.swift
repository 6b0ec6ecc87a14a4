import NetworkGraph
import SpecCompiler
import Tensors
import Testing

@testable import Training

@Suite("Trainings side by side")
struct SideBySideTests {
  /// Trainings of specs with ever other seeds.
  private static func trainers(_ texts: [String], _ count: Int) throws -> [Trainer] {
    let jobs = try texts.map { try Job(compiled($0), threads: 1) }
    return try (0..<count).map { try jobs[$0 % jobs.count].trainer(seed: UInt64($0)) }
  }

  private static let texts: [[String]] = [
    [irisSpec("epochs: 4, batch_size: 16")],
    [irisSpec("epochs: 30, learning_rate: 0.05, early_stopping: {patience: 2}, batch_size: 20")],
    // What differs in rate, epochs and patience is of one kind.
    [
      irisSpec("epochs: 9, learning_rate: 0.01"),
      irisSpec("epochs: 25, learning_rate: 0.03, early_stopping: {patience: 1}"),
      irisSpec(
        "epochs: 12, learning_rate: {start: 0.02, schedule: cosine}, early_stopping: none"),
    ],
    [irisSpec("epochs: 8, early_stopping: {monitor: validation.accuracy, patience: 3}")],
    [
      irisSpec(
        "epochs: 12, optimizer: {adamw: {weight_decay: 0.1}}, label_smoothing: 0.1",
        model: "hidden_layers: [9, 5], activation: gelu")
    ],
    [irisSpec("epochs: 15, learning_rate: {start: 0.02, schedule: reduce_on_plateau}")],
    [irisSpec("epochs: 6, early_stopping: {monitor: training.loss, patience: 2}, optimizer: sgd")],
  ]

  @Test("each becomes what it becomes alone, to the last bit", arguments: texts)
  func same(texts: [String]) throws {
    let count = InstructionSet.current.laneCount + 5
    let together = try Self.trainers(texts, count)
    var lanes = try #require(LaneTraining(together))
    let results = lanes.run { false }
    #expect(results.count == count)
    var epochs: Set<Int> = []
    for (index, alone) in try Self.trainers(texts, count).enumerated() {
      let outcome = try results[index].get()
      let expected = try alone.runAlone { false }.get()
      #expect(outcome.stopped == expected.stopped && outcome.bestEpoch == expected.bestEpoch)
      #expect(outcome.epochs.count == expected.epochs.count, "training \(index)")
      for (report, other) in zip(outcome.epochs, expected.epochs) {
        var report = report
        // Nobody asks for the length of the gradient, and lanes do not measure it.
        report.gradientNorm = other.gradientNorm
        #expect(report == other, "training \(index)")
      }
      #expect(together[index].executor.parameters == alone.executor.parameters)
      #expect(together[index].executor.stepCount == alone.executor.stepCount)
      epochs.insert(outcome.epochs.count)
    }
    if texts[0].contains("patience: 2}, batch") { #expect(epochs.count > 1) }
  }

  @Test("a training whose numbers run off fails as it does alone, and the others go on")
  func divergence() throws {
    let texts = ["0.01", "1e30"].map { irisSpec("epochs: 5, optimizer: sgd, learning_rate: \($0)") }
    let together = try Self.trainers(texts, 4)
    var lanes = try #require(LaneTraining(together))
    let results = lanes.run { false }
    for (index, trainer) in try Self.trainers(texts, 4).enumerated() {
      switch (results[index], trainer.runAlone { false }) {
      case (.success, .success):
        #expect(index % 2 == 0)
        #expect(together[index].executor.parameters == trainer.executor.parameters)
      case (.failure(let error), .failure(let other)):
        #expect(index % 2 == 1)
        #expect(error.message == other.message && error.hints == other.hints)
      default: Issue.record("training \(index) became something else")
      }
    }
  }

  @Test("those that are asked to stop say so")
  func stopping() throws {
    var lanes = try #require(LaneTraining(try Self.trainers([irisSpec("epochs: 5")], 3)))
    var steps = 0
    let results = lanes.run {
      steps += 1
      return steps > 3
    }
    for result in results {
      guard case .failure(let error) = result, case .interrupted = error.kind else {
        Issue.record("a training went on")
        continue
      }
    }
  }

  @Test("trainings are of one kind if their steps go by the same values")
  func kinds() throws {
    func kind(_ text: String) throws -> LaneKind? {
      let job = try Job(compiled(text), threads: 1)
      return job.laneKind(try job.trainer(seed: 1))
    }
    let base = try #require(try kind(irisSpec("epochs: 3")))
    #expect(try kind(irisSpec("epochs: 5, learning_rate: 0.2, early_stopping: none")) == base)
    #expect(try kind(irisSpec("epochs: 3, seed: 9")) == base)
    #expect(try kind(irisSpec("epochs: 3, optimizer: sgd")) != base)
    #expect(try kind(irisSpec("epochs: 3, label_smoothing: 0.1")) != base)
    #expect(try kind(irisSpec("epochs: 3", model: "hidden_layers: [7]")) != base)
    #expect(try kind(irisSpec("epochs: 3, class_weights: balanced")) == nil)
    #expect(try kind(irisSpec("epochs: 3", model: "hidden_layers: [7], dropout: 0.2")) == nil)
  }

  @Test("groups hold every training once, and leave no thread without work", arguments: 1...4)
  func groups(threads: Int) {
    for count in 0...70 {
      let kinds = (0..<count).map { $0 % 3 == 0 ? 0 : 1 }
      let groups = TaskGroups(kinds, threads: threads) { kind, size in kind == 1 && size >= 5 }
      #expect(groups.groups.flatMap(\.self).sorted() == Array(0..<count))
      let most = max(1, (count + threads - 1) / threads)
      for group in groups.groups {
        #expect(Set(group.map { kinds[$0] }).count == 1 && group.count <= most)
        #expect(group.count == 1 || group.count >= 4)
        #expect(group.count <= 2 * InstructionSet.current.laneCount)
      }
      #expect(groups.inOrder(groups.groups) == Array(0..<count))
    }
  }

  @Test("tasks give the scores of single trainings, whichever way is taken")
  func tasks() throws {
    let compilation = compiled(irisSpec("epochs: 6, metrics: [accuracy]"))
    let training = try TrialTraining(compilation, on: TrialRows(compilation))
    let measures: [TrialTraining.Measure] = [.loss, .metric("accuracy")]
    let tasks = (0..<20).map {
      TrialTraining.Task(training, seed: UInt64($0), isFinal: $0 % 2 == 0)
    }
    let outcomes = TrialTraining.run(tasks, measures: measures, shouldStop: { false })
    for (task, outcome) in zip(tasks, outcomes) {
      let outcome = try outcome.get()
      let alone = try training.run(
        seed: task.seed, measures: measures, isFinal: task.isFinal, shouldStop: { false })
      #expect(outcome.judged.values == alone.judged.values)
      #expect(outcome.judged.rests == alone.judged.rests)
      #expect(outcome.test.values == alone.test.values)
      #expect(outcome.judged.values.count == 2 && outcome.bestEpoch == alone.bestEpoch)
    }
  }
}
