import Foundation
import NetworkGraph
import SpecCompiler
import SpecSyntax
import Tables
import TestSupport
import Testing

@testable import Training

@Suite("a run that is stopped and resumed ends with the same bytes as one that never stopped")
struct ResumeTests {
  private func check(_ text: String, sittings: [[Int]]) throws {
    let compilation = compiled(text)
    let mistakes = compilation.diagnostics.filter { $0.level == .error }.map(\.message)
    try #require(mistakes == [])
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try train(compilation, at: .folder("\(folder)/whole"), version: "test")
    let whole = try contents("\(folder)/whole")
    #expect(whole["weights.safetensors"]?.isEmpty == false)
    for (index, sittings) in sittings.enumerated() {
      try trained(text, into: "\(folder)/\(index)", sittings: sittings)
      let parts = try contents("\(folder)/\(index)")
      #expect(parts.keys.sorted() == whole.keys.sorted())
      for (name, bytes) in whole {
        #expect(parts[name] == bytes, "\(name) of \(text), stopped at \(sittings)")
      }
    }
  }

  @Test("with every optimizer and every schedule", arguments: Optimizers.all.map { $0.name })
  func optimizers(name: String) throws {
    let allRows = name == "lbfgs" ? ", gradient_accumulation: 3" : ""
    let needed = ["cosine_restarts": "period: 5", "multi_step": "milestones: [4]", "step": "every: 3"]
    for (index, schedule) in Schedules.all.enumerated() {
      let settings = needed[schedule.name].map { ", \($0)" } ?? ""
      let text = irisSpec(
        """
        epochs: 4, batch_size: 40, optimizer: \(name)\(allRows), \
        learning_rate: {schedule: \(schedule.name)\(settings)}
        """)
      try check(text, sittings: [[index % 11 + 1], [3, 3, 3]])
    }
  }

  @Test("at any step, whatever is drawn, averaged, watched or accumulated", arguments: [
    ("early_stopping: {patience: 2, min_delta: 0.1}", "hidden_layers: [8], dropout: 0.3"),
    ("early_stopping: none", "hidden_layers: [8], normalization: batch"),
    ("weight_averaging: {ema: 0.9}", "hidden_layers: [8], normalization: batch"),
    ("weight_averaging: {swa: 2}, early_stopping: none", "hidden_layers: [8]"),
    ("gradient_accumulation: 2, gradient_clipping: {norm: 0.1}", "hidden_layers: [8]"),
    ("early_stopping: {monitor: validation.accuracy}, class_weights: balanced", "hidden_layers: []"),
    ("learning_rate: {schedule: reduce_on_plateau, patience: 1, min_delta: 1}", "dropout: 0.1"),
    ("label_smoothing: 0.1, optimizer: {lbfgs: {history: 3}}, batch_size: 50, gradient_accumulation: 3", "dropout: 0.1"),
  ])
  func everyStep(training: String, model: String) throws {
    let usual = ["learning_rate: 0.02", "batch_size: 30"].filter {
      !training.contains($0.prefix { $0 != ":" })
    }
    let text = irisSpec(
      "epochs: 4, \((usual + [training]).joined(separator: ", "))", model: model)
    try check(text, sittings: (1...16).map { [$0] } + [Array(repeating: 1, count: 30)])
  }

  @Test("and keeps the checkpoint of the last epoch, where checkpoints were asked for")
  func keeps() throws {
    try check(
      irisSpec("epochs: 5, checkpoint: {every: 2}, early_stopping: {patience: 1}"),
      sittings: [[3], [9], [17], [5, 5, 5]])
    let (folder, _) = try trained(irisSpec("epochs: 5, checkpoint: {every: 2}"))
    let bytes = try readFile(at: "\(folder)/checkpoint.safetensors", maximumBytes: 1 << 20)
    let checkpoint = try Checkpoint(decoding: bytes, path: "x")
    #expect(checkpoint.epochs.count == 5 && checkpoint.steps == EpochSteps())
    #expect(checkpoint.best?.map(\.name) == checkpoint.executor.tensors.map(\.name))
    #expect(checkpoint.encoded() == bytes)
    let weights = try readFile(at: "\(folder)/weights.safetensors", maximumBytes: 1 << 20)
    #expect(Array(bytes.suffix(8)) != Array(weights.suffix(8)))
    let (plain, _) = try trained(irisSpec("epochs: 5"))
    #expect(try contents(plain)["checkpoint.safetensors"] == nil)
  }

  @Test("what a spec searches is no part of what a run is")
  func search() {
    let text = irisSpec("epochs: 2")
    let identities = [
      text, text + "\nsearch: {space: {training.batch_size: [8, 16, 32]}, trials: 9}\n",
    ].map { text in
      let resolution = compiled(text).resolution
      return RunIdentity(version: "test", resolution: resolution, files: [], rows: "")
    }
    #expect(identities[0].values == identities[1].values && identities[0].values.count > 20)
  }

  @Test("a long run is saved in the middle of an epoch, and goes on from there")
  func middle() throws {
    let text = irisSpec("epochs: 2, batch_size: 1, early_stopping: none")
    func trainer() throws -> Trainer {
      let job = try Job(compiled(text))
      return try Trainer(job.recipe, graph: job.graph, preparation: job.preparation)
    }
    let identity = RunIdentity(version: "test", resolution: nil, files: [], rows: "")
    let first = try trainer()
    var saved: [Checkpoint] = []
    let times = CheckpointTimes(every: nil, interval: .zero) { (state) throws(TrainingError) in
      saved.append(first.checkpoint(of: state, identity))
    }
    let whole = try first.run(checkpoints: times, shouldStop: { false }, report: { _ in })
    let middle = try #require(saved.first)
    #expect(middle.epochs.isEmpty && middle.steps.rows == 64)
    let second = try trainer()
    let state = try second.state(
      of: try Checkpoint(decoding: middle.encoded(), path: "x"), path: "x")
    let rest = try second.run(from: state, shouldStop: { false }, report: { _ in })
    #expect(rest.epochs == whole.epochs && rest.bestEpoch == whole.bestEpoch)
    #expect(second.executor.namedTensors() == first.executor.namedTensors())
    #expect(rest.steppedRows == whole.steppedRows - 64)
  }

  @Test("a short run is never saved")
  func short() throws {
    let job = try Job(compiled(irisSpec("epochs: 50")))
    let trainer = try Trainer(job.recipe, graph: job.graph, preparation: job.preparation)
    let times = CheckpointTimes(every: nil) { _ in Issue.record("it takes no minute") }
    _ = try trainer.run(checkpoints: times, shouldStop: { false }, report: { _ in })
  }

  @Test("a run without a checkpoint begins anew, also where its folder is missing or empty")
  func anew() throws {
    let folder = try Repository.temporaryFolder()
    let text = irisSpec("epochs: 2")
    let manager = FileManager.default
    try manager.createDirectory(atPath: "\(folder)/a.partial", withIntermediateDirectories: false)
    try manager.createDirectory(atPath: "\(folder)/b.partial", withIntermediateDirectories: false)
    for name in ["manifest.json", "metrics.jsonl", "weights.safetensors.new"] {
      try "torn".write(toFile: "\(folder)/b.partial/\(name)", atomically: true, encoding: .utf8)
    }
    for name in ["a", "b", "c"] { try trained(text, into: "\(folder)/\(name)", sittings: []) }
    #expect(try contents("\(folder)/a") == contents("\(folder)/b"))
    #expect(try contents("\(folder)/a") == contents("\(folder)/c"))
    #expect(try manager.contentsOfDirectory(atPath: folder).sorted() == ["a", "b", "c"])
  }

  @Test("a run can be ended with the epochs it has, and then is one like others")
  func ends() throws {
    let (folder, text) = try stoppedRun()
    let result = try train(compiled(text), at: .ended(folder), version: "test")
    #expect(result.outcome.stopped == .interrupted && result.outcome.epochs == 2)
    #expect(try Run.open(folder).outcome.epochs == 2)
    #expect(!FileManager.default.fileExists(atPath: "\(folder).partial"))
    let none = try Repository.temporaryFolder() + "/run"
    let error = refusal { _ = try train(compiled(text), at: .ended(none), version: "test") }
    #expect(error?.message.contains("no checkpoint") == true)
  }
}
