import Foundation
import TestSupport
import Testing

@Suite("threads")
struct ThreadTests {
  @Test("any number of them writes the same run, to the byte")
  func agreement() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let spec = Repository.path("specs/examples/residual.yaml")
    let counts = [1, 2, 3]
    for count in counts {
      let options = "--set training.epochs=4 --threads \(count) --run \(folder)/\(count) --quiet"
      _ = try Tool.shell("plumb train \(spec) \(options)", in: folder)
    }
    // The manifest says how many threads there were, and the timing is another each time.
    for file in ["weights.safetensors", "metrics.jsonl", "result.json", "preprocessing.json"] {
      let contents = counts.map { FileManager.default.contents(atPath: "\(folder)/\($0)/\(file)") }
      #expect(contents[0] != nil && contents[0]?.isEmpty == false, "\(file)")
      #expect(contents[1] == contents[0] && contents[2] == contents[0], "\(file)")
    }
  }
}
