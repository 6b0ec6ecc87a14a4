import NetworkGraph
import Parallel
import SpecSyntax
import Tensors
import Testing

struct SharingTests {
  @Test("any number of threads takes the same steps, to the byte")
  func threads() throws {
    let graph = try ExecutorTests.graph([150, 400, 330, 3], activation: .gelu)
    let plan = Plan(graph: graph, batch: 70, loss: MeanSquaredError(), optimizer: Adam())
    let data = randomData(graph, rows: 100, seed: 8)
    let results = [1, 2, 3].map { threads in
      let executor = Executor(plan, seed: 1)
      executor.workers = Workers(count: threads)
      let steps = [0..<70, 70..<100, 20..<90].map {
        executor.trainStep(rows: data.rows[$0], of: data, rate: 0.01)
      }
      let outputs = executor.evaluate(rows: data.rows, of: data).outputs
      return steps.flatMap { [$0.loss, $0.gradientNorm] } + executor.parameters.map(Double.init)
        + outputs.map(Double.init)
    }
    #expect(results[0] == results[1] && results[1] == results[2])
  }

  @Test("gradients too small for normal numbers count as nothing")
  func denormals() throws {
    let graph = try ExecutorTests.graph([1, 1])
    let plan = Plan(graph: graph, batch: 1, loss: MeanSquaredError(), optimizer: SGD())
    let data = TrainingData(features: [1e-30], featureCount: 1, targets: [0])
    let executor = Executor(plan, seed: 1)
    let result = executor.trainStep(rows: [0], of: data, rate: 1e-20)
    #expect(result.nonFinite == nil)
    // Outside of a step, arithmetic is as it was.
    let small = Float.leastNormalMagnitude
    #expect((small / 2).isSubnormal)
  }
}
