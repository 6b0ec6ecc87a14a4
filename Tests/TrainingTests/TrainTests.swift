import Foundation
import SpecCompiler
import TestSupport
import Testing

@testable import Training

@Suite struct TrainTests {
  static let files = [
    "spec.yaml", "resolved.yaml", "manifest.json", "metrics.jsonl", "preprocessing.json",
    "weights.safetensors", "result.json", "timing.json", "events.out.tfevents.plumb",
  ]
  /// Those that hold the time of day or how long something took.
  static let clockFiles = ["timing.json", "events.out.tfevents.plumb"]

  private func bytes(_ folder: String, _ file: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
  }

  @Test("iris is learned from a spec of three lines")
  func learns() throws {
    let text = "plumb: 1\ndata: {source: iris.csv, target: species}\n"
    let result = try trained(text).result
    #expect(result.outcome.metrics.validation?["accuracy"] ?? 0 >= 0.9)
    #expect(result.outcome.metrics.test?["accuracy"] ?? 0 >= 0.9)
    #expect(result.outcome.baselines.linear.test?["accuracy"] ?? 0 >= 0.9)
    #expect(near(result.outcome.baselines.constant.test?["accuracy"], 1.0 / 3))
    let losses = result.outcome.probe.trainingLosses
    #expect(try #require(losses.last) < losses[0] / 4)
    #expect(try #require(result.outcome.verdict).overConstant.finding == .better)
  }

  @Test("numbers are learned and measured in their own unit")
  func learnsNumbers() throws {
    let text = """
      plumb: 1
      data: {source: diabetes.csv, target: progression}
      training: {epochs: 60}
      """
    let result = try trained(text).result
    let rmse = try #require(result.outcome.metrics.test?["rmse"])
    #expect(rmse > 30 && rmse < 70)
    #expect(try #require(result.outcome.metrics.test?["r2"]) > 0.3)
    #expect(try #require(result.outcome.baselines.linear.test?["r2"]) > 0.3)
  }

  @Test("the same spec, seed and data give the same bytes, except for the clock's")
  func sameBytes() throws {
    let text = irisSpec("epochs: 3, seed: 7", model: "hidden_layers: [8], dropout: 0.2")
    let (first, second) = (try trained(text).run, try trained(text).run)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: first).sorted() == Self.files.sorted())
    for file in Self.files where !Self.clockFiles.contains(file) {
      #expect(try bytes(first, file) == bytes(second, file), "\(file)")
    }
    let other = try trained(irisSpec("epochs: 3, seed: 8")).run
    #expect(try bytes(first, "weights.safetensors") != bytes(other, "weights.safetensors"))
  }

  @Test("training tells its start, every epoch, its stop and its end, in that order")
  func events() throws {
    var told: [String] = []
    var steps: [StepReport] = []
    let folder = try Repository.temporaryFolder() + "/run"
    let result = try train(
      compiled(irisSpec()), at: .folder(folder), version: "test",
      report: { event in
        switch event {
        case .repeated: told.append("one of several")
        case .started(let start): told.append("start \(start.trainRows) \(start.stepsPerEpoch)")
        case .step(let step): steps.append(step)
        case .measured(let metric): told.append(metric.name)
        case .epoch(let epoch): told.append("epoch \(epoch.epoch) \(epoch.step)")
        case .stopped(let reason): told.append(reason.rawValue)
        case .finished(let result): told.append(result.run == folder ? "end" : result.run)
        }
      })
    #expect(
      told == ["start 105 4", "epoch 1 4", "epoch 2 8", "epoch 3 12", "finished", "end"])
    #expect(steps.map(\.step) == Array(1...12))
    #expect(steps.map(\.epoch) == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3])
    #expect(result.outcome.epochs == 3)
  }

  @Test("a metric that is asked for is told before its epoch, and changes nothing that is kept")
  func measured() throws {
    let folder = try Repository.temporaryFolder()
    var told: [String] = []
    _ = try train(
      compiled(irisSpec()), at: .folder("\(folder)/asked"), version: "test",
      wantsMetric: { true },
      report: { event in
        if case .measured(let metric) = event { told.append("\(metric.name) \(metric.value <= 1)") }
        if case .epoch(let epoch) = event { told.append("epoch \(epoch.metrics.count)") }
      })
    #expect(told == Array(repeating: ["accuracy true", "epoch 0"], count: 3).flatMap { $0 })
    _ = try train(compiled(irisSpec()), at: .folder("\(folder)/not"), version: "test")
    for file in ["metrics.jsonl", "result.json", "weights.safetensors"] {
      #expect(try bytes("\(folder)/asked", file) == bytes("\(folder)/not", file), "\(file)")
    }
  }

  @Test("a monitored metric that cannot rise stops training early and keeps the best weights")
  func stopsEarly() throws {
    let training = """
      epochs: 400, learning_rate: 0.02, \
      early_stopping: {monitor: validation.accuracy, patience: 3, min_delta: 0}
      """
    let (folder, result) = try trained(irisSpec(training))
    let outcome = result.outcome
    #expect(outcome.stopped == .earlyStopping)
    #expect(outcome.epochs < 400)
    let epochs = try Run.open(folder).epochs
    #expect(epochs.last { $0.isBest }?.epoch == outcome.bestEpoch)
    let best = try #require(epochs[outcome.bestEpoch - 1].metrics["accuracy"])
    #expect(near(outcome.metrics.validation?["accuracy"], best))
    #expect(epochs.allSatisfy { $0.metrics["accuracy"] ?? 2 <= best })
  }

  @Test("a quasi-Newton run takes one step an epoch over all rows, however they are batched")
  func quasiNewton() throws {
    let (folder, result) = try trained(irisSpec("epochs: 40, optimizer: lbfgs"))
    let epochs = try Run.open(folder).epochs
    #expect(epochs.map(\.step) == Array(1...epochs.count))
    #expect(zip(epochs, epochs.dropFirst()).allSatisfy { $0.trainingLoss >= $1.trainingLoss })
    #expect(epochs.contains { $0.trainingLoss < 0.1 })
    #expect(result.outcome.metrics.test?["accuracy"] ?? 0 >= 0.9)
    let parts = try trained(
      irisSpec("epochs: 3, optimizer: lbfgs, batch_size: 40, gradient_accumulation: 3"))
    let losses = try Run.open(parts.run).epochs.map(\.trainingLoss)
    for (a, b) in zip(losses, epochs) { #expect(abs(a - b.trainingLoss) < 1e-4) }
  }

  @Test("steps are counted after gradients of several batches are put together")
  func accumulates() throws {
    let training = "epochs: 3, batch_size: 8, gradient_accumulation: 4"
    let (folder, result) = try trained(irisSpec(training))
    let epochs = try Run.open(folder).epochs
    // 105 rows are 14 batches, the last of one row: three steps of four batches, one of two.
    #expect(epochs.map(\.step) == [4, 8, 12])
    let whole = try trained(irisSpec("epochs: 3, batch_size: 32"))
    let other = try Run.open(whole.run).epochs
    for (a, b) in zip(epochs, other) { #expect(abs(a.trainingLoss - b.trainingLoss) < 1e-5) }
    let losses = [result, whole.result].map { $0.outcome.metrics.test?["log_loss"] ?? 0 }
    #expect(abs(losses[0] - losses[1]) < 1e-5 && losses[0] > 0)
  }

  @Test("the mean of the weights is the model that is validated and kept", arguments: [
    "weight_averaging: {ema: {decay: 0.9}}", "weight_averaging: {swa: {start: 2}}",
    "weight_averaging: ema, early_stopping: none", "weight_averaging: {swa: 2}, early_stopping: none",
  ])
  func averages(setting: String) throws {
    let (folder, result) = try trained(irisSpec("epochs: 6, learning_rate: 0.02, \(setting)"))
    let epochs = try Run.open(folder).epochs
    let kept = setting.contains("none") ? 6 : result.outcome.bestEpoch
    let loss = try #require(result.outcome.metrics.validation?["log_loss"])
    #expect(abs(loss - (epochs[kept - 1].validationLoss ?? 0)) < 1e-5)
    let plain = try Run.open(trained(irisSpec("epochs: 6, learning_rate: 0.02")).run).epochs
    #expect(epochs.map(\.trainingLoss) == plain.map(\.trainingLoss))
    #expect(epochs[5].validationLoss != plain[5].validationLoss)
  }

  @Test("a metric that has no value cannot be monitored, and the run says so at once")
  func monitorsNothing() throws {
    // Three validation rows of 569, all of one class.
    let text = """
      plumb: 1
      data:
        source: breast_cancer.csv
        target: diagnosis
        split: {validation: 1, stratify: false}
      training: {epochs: 3, early_stopping: {monitor: validation.roc_auc}}
      """
    do {
      _ = try trained(text)
      Issue.record("one row has no area under a curve")
    } catch let error as TrainingError {
      #expect(error.message.contains("`validation.roc_auc` cannot be monitored"))
      #expect(!error.hints.isEmpty)
    }
  }

  @Test("training goes on to its end without validation and test rows")
  func noValidation() throws {
    let text = """
      plumb: 1
      data: {source: iris.csv, target: species, split: {validation: 0, test: 0}}
      training: {epochs: 3, early_stopping: none}
      """
    let outcome = try trained(text).result.outcome
    #expect(outcome.epochs == 3 && outcome.stopped == .finished)
    #expect(outcome.metrics.validation == nil && outcome.metrics.test == nil)
    #expect(outcome.verdict?.part == "training")
  }

  @Test("a loss that runs off stops the run, with the step, the layer and what to try")
  func diverges() throws {
    let training = "epochs: 3, optimizer: sgd, learning_rate: 1e30, loss: cross_entropy"
    let folder = try Repository.temporaryFolder() + "/run"
    do {
      _ = try train(compiled(irisSpec(training)), at: .folder(folder), version: "test")
      Issue.record("such a rate cannot work")
    } catch {
      guard case .diverged = error.kind else {
        Issue.record("\(error.message)")
        return
      }
      #expect(error.message.contains("at step "))
      #expect(error.message.contains("layer `"))
      #expect(error.hints[0].contains("training.learning_rate"))
      #expect(error.hints[0].hasSuffix("try 0.01"))
    }
    #expect(!FileManager.default.fileExists(atPath: folder))
    #expect(!FileManager.default.fileExists(atPath: folder + ".partial"))
  }

  @Test("a run stopped before its first step leaves nothing behind")
  func interruptedAtOnce() throws {
    let folder = try Repository.temporaryFolder() + "/run"
    do {
      _ = try train(
        compiled(irisSpec()), at: .folder(folder), version: "test", shouldStop: { true })
      Issue.record("nothing was trained")
    } catch {
      guard case .interrupted = error.kind else {
        Issue.record("\(error.message)")
        return
      }
    }
    let parent = (folder as NSString).deletingLastPathComponent
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent).isEmpty)
  }
}
