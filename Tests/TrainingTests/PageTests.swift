import Foundation
import TestSupport
import Testing

@testable import Training

@Suite struct PageTests {
  static let specs = Repository.text("specs/README.md").components(separatedBy: "```yaml\n")
    .dropFirst().map { $0.components(separatedBy: "```")[0] }
    .filter { $0.hasPrefix("plumb: 1") }

  @Test("the specs on the page about specs train as they stand", arguments: specs)
  func trains(text: String) throws {
    let folder = try Repository.temporaryFolder() + "/run"
    let stop = StopAfter(12)
    _ = refusal {
      _ = try train(
        compiled(text), at: .folder(folder), version: "test", shouldStop: { stop() })
    }
    let result = try train(compiled(text), at: .ended(folder), version: "test")
    #expect(result.outcome.epochs > 0)
  }
}
