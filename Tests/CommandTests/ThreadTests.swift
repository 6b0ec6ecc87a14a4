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

  @Test("an instruction set that the processor does not have is refused, not replaced")
  func refusedSet() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let spec = Repository.path("specs/examples/iris.yaml")
    let text = try Tool.shell(
      "PLUMB_CPU=v9 plumb train \(spec) --quiet 2>&1; echo code $?", in: folder)
    #expect(text.contains("`PLUMB_CPU=v9`") && text.contains("`baseline`"), "\(text)")
    #expect(text.contains("code 2"))
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/runs"))
  }

  @Test("a profile names every operation and its share of the peak")
  func profile() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let spec = Repository.path("specs/examples/breast_cancer.yaml")
    let options = "--set training.epochs=3 --profile --quiet"
    let text = try Tool.shell("plumb train \(spec) \(options)", in: folder)
    for word in ["gather", "hidden1", "output", "loss", "update", "GFLOP/s", "peak"] {
      #expect(text.contains(word), "\(word) in \(text)")
    }
    let json = try Tool.shell("plumb train \(spec) \(options) --format json", in: folder)
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let profile = try #require(value?["profile"] as? [String: Any])
    let parts = try #require(profile["parts"] as? [[String: Any]])
    let shares = parts.compactMap { $0["share"] as? Double }
    #expect(shares.count == parts.count && abs(shares.reduce(0, +) - 1) < 1e-6)
    #expect(parts.contains { $0["op"] as? String == "dense" && $0["pass"] as? String == "backward" })
    #expect((profile["peak_gflops"] as? Double ?? 0) > 0)
  }
}
