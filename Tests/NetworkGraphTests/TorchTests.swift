import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("What PyTorch computes")
struct TorchTests {
  static let operations = TorchFixture.all("operations")
  static let losses = TorchFixture.all("losses")
  static let optimizers = TorchFixture.all("optimizers")

  @Test(
    "losses and parameters agree to 1e-5 from step to step",
    arguments: operations + losses + optimizers)
  func agreement(fixture: TorchFixture) throws {
    let executor = try fixture.executor()
    let rows = fixture.rows
    for (index, step) in fixture.steps.enumerated() {
      let result = executor.trainStep(rows: rows.rows[...], of: rows, rate: fixture.rate)
      #expect(difference(result.loss, step.loss) < 1e-5, "loss of step \(index + 1)")
      let tensors = executor.namedTensors()
      for (expected, given) in zip(step.tensors, fixture.start) {
        let tensor = try #require(tensors.first { $0.name == given.name })
        let worst = zip(tensor.values, expected).map { difference(Double($0), $1) }.max() ?? 0
        #expect(
          worst < 1e-5 && tensor.values.count == expected.count,
          "\(given.name) after step \(index + 1)")
      }
    }
  }

  /// Relative for large values, absolute for small ones.
  private func difference(_ a: Double, _ b: Double) -> Double { abs(a - b) / max(1, abs(b)) }
}
