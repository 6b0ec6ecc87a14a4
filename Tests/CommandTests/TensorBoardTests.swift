import Foundation
import TestSupport
import Testing

@Suite("TensorBoard reads a run")
struct TensorBoardTests {
  @Test("losses, rate, scores and hyperparameters are what the run folder has")
  func reads() throws {
    guard let program = Tool.validator("tensorboard") else { return }
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let spec = Repository.path("specs/examples/breast_cancer.yaml")
    let script = Repository.path("Tests/Fixtures/tensorboard/read.py")
    let python = (program as NSString).deletingLastPathComponent + "/python"
    let text = try Tool.shell(
      """
      plumb train \(spec) --set training.epochs=7 --quiet >/dev/null 2>&1
      \(python) \(script) runs/breast_cancer/1 2>/dev/null
      """, in: folder)
    let read = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let scalars = try #require(read["scalars"] as? [String: [[Double]]])
    let lines = try String(
      contentsOfFile: "\(folder)/runs/breast_cancer/1/metrics.jsonl", encoding: .utf8)
    let epochs = try lines.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    for (tag, key) in [
      ("loss/training", "training_loss"), ("loss/validation", "validation_loss"),
      ("learning_rate", "learning_rate"), ("gradient_norm", "gradient_norm"),
    ] {
      let kept = epochs.compactMap { $0[key] as? Double }
      #expect(scalars[tag]?.map { $0[0] } == Array(1...7).map(Double.init), "\(tag)")
      #expect(scalars[tag]?.map { Float($0[1]) } == kept.map { Float($0) }, "\(tag)")
    }
    #expect(scalars["test/accuracy"]?.count == 1)
    let parameters = try #require(read["hparams"] as? [String: Any])
    #expect(parameters["training.epochs"] as? Double == 7)
    #expect(parameters["training.optimizer"] as? String == "adamw")
    #expect(read["status"] as? Int == 1)
    #expect((read["seconds"] as? Double ?? -1) >= 0)
  }

  @Test("trials of a study are hyperparameters with a curve and a value each")
  func study() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let example = Repository.path("specs/examples/iris.csv")
    let spec = """
      plumb: 1
      data: {source: \(example), target: species}
      training: {epochs: 5}
      search:
        space: {training.batch_size: [8, 16], training.learning_rate.start: {real: [0.01, 0.1]}}
        objective: {maximize: validation.accuracy}
        trials: 3
        sampler: random
      """
    try spec.write(toFile: "\(folder)/s.yaml", atomically: true, encoding: .utf8)
    #expect(try Tool.run(["tune", "s.yaml", "--compare", "0"], in: folder).code == 0)
    let report = ["report", "studies/s.db", "--tensorboard", "board"]
    let result = try Tool.run(report, in: folder)
    #expect(result.code == 0 && result.output.contains("studies/s.html"), "\(result.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/board").sorted()
    #expect(names == ["trial-0", "trial-1", "trial-2"])
    let page = try String(contentsOfFile: "\(folder)/studies/s.html", encoding: .utf8)
    #expect(page.contains("large validation.accuracy"))
    let again = try Tool.run(report, in: folder)
    #expect(again.code == 2 && again.errors.contains("`board` exists already"))
    guard let program = Tool.validator("tensorboard") else { return }
    let python = (program as NSString).deletingLastPathComponent + "/python"
    let script = Repository.path("Tests/Fixtures/tensorboard/read.py")
    let text = try Tool.shell("\(python) \(script) board/trial-1 2>/dev/null", in: folder)
    let read = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let scalars = try #require(read["scalars"] as? [String: [[Double]]])
    #expect(scalars["curve/validation.accuracy"]?.count == 5)
    let value = try #require(scalars["validation.accuracy"]?.first?[1])
    #expect(value > 0 && value <= 1)
    let parameters = try #require(read["hparams"] as? [String: Any])
    #expect([8, 16].contains(parameters["training.batch_size"] as? Double))
    #expect(read["status"] as? Int == 1)
  }
}
