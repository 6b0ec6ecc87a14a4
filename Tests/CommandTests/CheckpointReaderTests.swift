import Foundation
import TestSupport
import Testing

@Suite("a checkpoint in the hands of others")
struct CheckpointReaderTests {
  @Test("safetensors reads it, and the snippet of the page finds its digest")
  func read() throws {
    guard let python = Tool.python(importing: "safetensors.numpy") else { return }
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let spec = Repository.path("specs/examples/iris.yaml")
    let values = [
      "training.epochs=30", "training.checkpoint.every=7", "training.learning_rate=0.1",
      "training.optimizer=adam", "training.early_stopping.patience=40", "model.hidden_layers=[8]",
    ]
    let trained = try Tool.run(
      ["train", spec, "--run", "runs/bc/1", "--quiet"] + values.flatMap { ["--set", $0] },
      in: folder)
    try #require(trained.code == 0, "\(trained.errors)")
    let script = Repository.path("Tests/Readers/check_checkpoint.py")
    let checked = try Tool.shell("\(python) \(script) runs/bc/1 2>&1", in: folder)
    #expect(checked.hasSuffix("tensors\n"), "\(checked)")

    let page = try String(contentsOfFile: Repository.path("specs/runs.md"), encoding: .utf8)
    let snippet = try #require(page.components(separatedBy: "```python\n").last)
      .components(separatedBy: "\n```")[0]
    #expect(snippet.contains("1.partial/checkpoint.safetensors"))
    try snippet.replacing("1.partial", with: "1").appending("\nprint(weights.shape)\n")
      .write(toFile: "\(folder)/snippet.py", atomically: true, encoding: .utf8)
    let shape = try Tool.shell("\(python) snippet.py 2>&1", in: folder)
    #expect(shape == "(8, 4)\n" || shape == "(4, 8)\n", "\(shape)")
  }
}
