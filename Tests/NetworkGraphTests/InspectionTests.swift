import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("looking into an executor")
struct InspectionTests {
  private func executor(_ graph: Graph, batch: Int = 16) -> Executor {
    Executor(
      Plan(graph: graph, batch: batch, loss: BinaryCrossEntropy(), optimizer: Adam()), seed: 3)
  }

  /// Two hidden layers with what is given between them.
  private func graph(_ middle: [any Op] = [], activation: Activation = .relu) throws -> Graph {
    var builder = GraphBuilder(input: [2])
    var log = DiagnosticLog()
    builder.add(Dense(units: 12, activation: activation), into: &log)
    for op in middle { builder.add(op, into: &log) }
    builder.add(Dense(units: 5, activation: activation), into: &log)
    builder.add(Dense(units: 1), into: &log)
    return try finished(&builder, &log)
  }

  @Test("the gradient of a batch is as long as its step says, and nothing is trained by looking")
  func gradient() throws {
    let data = moonData(rows: 64, seed: 5)
    let executor = executor(try graph([LayerNorm()]))
    let before = (executor.parameters, executor.state, executor.stepCount)
    let batches = stride(from: 0, to: 64, by: 16).map { data.rows[$0..<($0 + 16)] }
    let one = executor.squaredGradients(of: [batches[0]], from: data)
    let all = executor.squaredGradients(of: batches, from: data)
    #expect(before.0 == executor.parameters && before.1 == executor.state)
    #expect(before.2 == executor.stepCount)
    // The mean of several gradients is no longer than they are in the mean.
    #expect(one.single == one.together && all.together < all.single)
    let step = executor.trainStep(rows: batches[0], of: data, rate: 0.01)
    #expect(abs(step.gradientNorm * step.gradientNorm - one.single) < 1e-5 * one.single)
    // The gradient of equal batches together is that of one batch of all rows.
    let whole = self.executor(try graph([LayerNorm()]), batch: 64)
    let norm = whole.trainStep(rows: data.rows[...], of: data, rate: 0.01).gradientNorm
    #expect(abs(norm * norm - all.together) < 1e-4 * all.together)
  }

  @Test("running statistics stay as they were")
  func statistics() throws {
    let data = moonData(rows: 64, seed: 5)
    let executor = executor(try graph([BatchNorm()]))
    _ = executor.trainStep(rows: data.rows[0..<16], of: data, rate: 0.01)
    let before = executor.state
    _ = executor.squaredGradients(of: [data.rows[16..<32]], from: data)
    #expect(!before.isEmpty && executor.state == before)
  }

  @Test("values that are 0 for every row are counted, of `relu` only")
  func inactive() throws {
    let data = moonData(rows: 40, seed: 5)
    let executor = executor(try graph())
    let usual = try #require(executor.inactiveValues(rows: data.rows, of: data))
    #expect(usual.count == 17 && usual.share < 0.5)
    var tensors = executor.namedTensors()
    for index in tensors.indices where tensors[index].name == "dense1.bias" {
      for unit in 0..<9 { tensors[index].values[unit] = -1000 }
    }
    try executor.load(tensors)
    let dead = try #require(executor.inactiveValues(rows: data.rows, of: data))
    #expect(dead.share >= 9.0 / 17)
    let smooth = self.executor(try graph(activation: .tanh))
    #expect(smooth.inactiveValues(rows: data.rows, of: data) == nil)
  }

  @Test("without dropout a network trains on what it evaluates")
  func dropout() throws {
    let data = moonData(rows: 16, seed: 5)
    let graph = try graph([Dropout(rate: 0.5)])
    for (graph, isEqual) in [(graph, false), (graph.withoutDropout, true)] {
      let executor = executor(graph)
      let loss = executor.loss(rows: data.rows, of: data)
      let step = executor.trainStep(rows: data.rows[...], of: data, rate: 0.01)
      #expect((abs(step.loss - loss) < 1e-6) == isEqual)
    }
    #expect(graph.narrowestHiddenWidth == 5)
  }
}
