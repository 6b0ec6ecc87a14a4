import Foundation
import TestSupport
import Testing

@Suite("instruction sets")
struct InstructionSetTests {
  /// The losses of a run's epochs and the set that it says it used.
  private func run(_ set: String, in folder: String) throws -> (losses: [Double], set: String) {
    let spec = Repository.path("specs/examples/residual.yaml")
    let options = "--set training.epochs=8 --set training.early_stopping=none --quiet"
    _ = try Tool.shell(
      "PLUMB_CPU=\(set) plumb train \(spec) --run \(folder)/\(set) \(options)", in: folder)
    func text(_ file: String) throws -> String {
      try String(contentsOfFile: "\(folder)/\(set)/\(file)", encoding: .utf8)
    }
    let losses = try text("metrics.jsonl").split(separator: "\n").map { line in
      let epoch = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(epoch?["training_loss"] as? Double)
    }
    let manifest = try JSONSerialization.jsonObject(with: Data(try text("manifest.json").utf8))
    let used = (manifest as? [String: Any])?["instruction_set"] as? String
    return (losses, try #require(used))
  }

  /// Sums are taken in another order and with or without fused rounding, so a step differs in the
  /// last bits; a hundred steps of a network of two hidden layers stay within a ten-thousandth.
  @Test("all give the same losses to one part in ten thousand")
  func agreement() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let baseline = try run("baseline", in: folder)
    #expect(baseline.losses.count == 8 && baseline.set == "baseline")
    for set in ["v3", "v4"] {
      let other = try run(set, in: folder)
      for (a, b) in zip(baseline.losses, other.losses) {
        #expect(abs(a - b) < 1e-4 * a, "\(other.set): \(b) beside \(a)")
      }
    }
  }
}
