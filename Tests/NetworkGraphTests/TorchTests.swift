import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("What PyTorch computes")
struct TorchTests {
  static let operations = TorchFixture.all("operations")
  static let losses = TorchFixture.all("losses")
  static let optimizers = TorchFixture.all("optimizers")

  /// Members that PyTorch cannot be asked about, with the reason.
  static let excused = [
    "dropout": "the places it leaves out are drawn by a generator of our own",
    "alpha_dropout": "the places it leaves out are drawn by a generator of our own",
    "lion": "PyTorch has none; OptimizerFixture has it by its authors' pseudocode",
  ]

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

  @Test("every operation, loss and optimiser has been compared, or says why it cannot be")
  func completeness() {
    let families: [(listed: [String], compared: [String])] = [
      (Ops.all.map { $0.name }, Self.operations.map(\.op)),
      (Losses.all.map { $0.name }, Self.losses.map(\.loss)),
      (Optimizers.all.map { $0.name }, Self.optimizers.map(\.optimizer)),
    ]
    let compared = Set(families.flatMap(\.compared))
    for name in families.flatMap(\.listed) {
      #expect(
        compared.contains(name) != (Self.excused[name] != nil),
        "`\(name)` needs a case in Tests/Fixtures/torch, or a reason in `excused`, not both")
    }
    #expect(Set(Self.excused.keys).isSubset(of: families.flatMap(\.listed)))
  }

  /// Relative for large values, absolute for small ones.
  private func difference(_ a: Double, _ b: Double) -> Double { abs(a - b) / max(1, abs(b)) }
}
