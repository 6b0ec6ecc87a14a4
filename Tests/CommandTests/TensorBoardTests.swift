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
}
