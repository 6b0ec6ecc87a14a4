import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("Operations")
struct OpTests {
  @Test("the inferred shape is the size of what comes out", arguments: OpCase.all)
  func shapes(test: OpCase) throws {
    let op = try test.op()
    let shape = try op.outputShape(for: test.sample.inputs)
    let graph = try test.graph()
    let executor = Executor(
      Plan(graph: graph, batch: 5, loss: Cotangent(), optimizer: SGD(momentum: 0)), seed: 1)
    let data = test.data(graph, rows: 5, seed: 2)
    let outputs = executor.evaluate(rows: data.rows, of: data).outputs
    #expect(outputs.count == 5 * shape.count)
    #expect(outputs.allSatisfy { $0.isFinite })
  }

  @Test("as many parameters are trained as are declared", arguments: OpCase.all)
  func parameterCount(test: OpCase) throws {
    let op = try test.op()
    let graph = try test.graph()
    let executor = Executor(
      Plan(graph: graph, batch: 2, loss: Cotangent(), optimizer: SGD(momentum: 0)), seed: 1)
    let own = executor.namedTensors().filter { $0.name.hasPrefix("subject.") }
    let declared = op.parameters(for: test.sample.inputs).reduce(0) { $0 + $1.count }
    let state = op.state(for: test.sample.inputs).reduce(0) { $0 + $1.count }
    #expect(own.reduce(0) { $0 + $1.values.count } == declared + state)
    #expect(own.allSatisfy { $0.values.count == $0.shape.reduce(1, *) })
  }

  @Test("analytic gradients agree with central differences", arguments: OpCase.all)
  func gradients(test: OpCase) throws {
    let graph = try test.graph()
    for (seed, rows) in [(UInt64(11), 4), (12, 17), (13, 32)] {
      let data = test.data(graph, rows: rows, seed: seed)
      let check = GradientCheck(graph: graph, rows: rows, seed: seed, data: data)
      let difference = try check.difference()
      #expect(difference < 2e-3, "seed \(seed), \(rows) rows")
    }
  }

  @Test("the same seed gives the same bytes", arguments: OpCase.all)
  func determinism(test: OpCase) throws {
    let graph = try test.graph()
    let plan = Plan(graph: graph, batch: 8, loss: MeanSquaredError(), optimizer: Adam())
    let data = test.data(graph, rows: 8, seed: 5)
    let runs = (0..<2).map { _ in
      let executor = Executor(plan, seed: 7)
      for _ in 0..<3 { _ = executor.trainStep(rows: data.rows[...], of: data, rate: 0.01) }
      return executor.parameters.map(\.bitPattern) + executor.state.map(\.bitPattern)
    }
    #expect(runs[0] == runs[1])
  }

  @Test("every operation and field is documented in sentences")
  func documentation() {
    for variant in Ops.variants.map(\.description) {
      #expect(variant.summary.hasSuffix(".") || variant.summary.hasSuffix("`."))
      #expect(variant.summary.count <= 90, "\(variant.name)")
      for field in variant.fields {
        #expect(field.doc.hasSuffix(".") && field.doc.count > 10, "\(variant.name).\(field.name)")
      }
      if let shorthand = variant.shorthand {
        #expect(variant.fields.contains { $0.name == shorthand }, "\(variant.name)")
      }
    }
    #expect(Set(Ops.all.map { $0.name }).count == Ops.all.count)
    #expect(Ops.all.allSatisfy { !$0.samples.isEmpty })
  }

  @Test("dense refuses an image and blames nothing else")
  func denseShape() {
    #expect(throws: ShapeError.self) { try Dense(units: 3).outputShape(for: [[1, 28, 28]]) }
  }

  @Test("the cost of a dense layer is two operations per weight and one per activation")
  func denseCost() {
    #expect(Dense(units: 21, activation: .relu).flops(for: [[30]]) == 2 * 30 * 21 + 21)
    #expect(Dense(units: 21).flops(for: [[30]]) == 2 * 30 * 21)
  }

  @Test("dropout leaves out its share in training and nothing in evaluation")
  func dropout() throws {
    var builder = GraphBuilder(input: [64])
    var log = DiagnosticLog()
    builder.add(Dropout(rate: 0.25), into: &log)
    let graph = try finished(&builder, &log)
    let executor = Executor(
      Plan(graph: graph, batch: 64, loss: MeanSquaredError(), optimizer: SGD(momentum: 0)), seed: 3)
    let ones = TrainingData(
      features: Array(repeating: 1, count: 64 * 64), featureCount: 64,
      targets: Array(repeating: 0, count: 64 * 64), targetCount: 64)
    #expect(executor.evaluate(rows: ones.rows, of: ones).outputs.allSatisfy { $0 == 1 })
    // A value kept is 1 / 0.75, so the mean square is kept share / 0.75².
    let first = executor.trainStep(rows: ones.rows[...], of: ones, rate: 0).loss
    let second = executor.trainStep(rows: ones.rows[...], of: ones, rate: 0).loss
    #expect(abs(first * 0.75 * 0.75 - 0.75) < 0.03)
    #expect(first != second)
  }

  @Test("batch normalisation evaluates with statistics that training has gathered")
  func runningStatistics() throws {
    var builder = GraphBuilder(input: [2])
    var log = DiagnosticLog()
    builder.add(BatchNorm(), into: &log)
    let graph = try finished(&builder, &log)
    let executor = Executor(
      Plan(graph: graph, batch: 4, loss: MeanSquaredError(), optimizer: SGD(momentum: 0)), seed: 3)
    let data = TrainingData(
      features: [1, 10, 2, 20, 3, 30, 4, 40], featureCount: 2,
      targets: Array(repeating: 0, count: 8), targetCount: 2)
    #expect(executor.evaluate(rows: data.rows, of: data).outputs[1] > 9.9)
    for _ in 0..<200 { _ = executor.trainStep(rows: data.rows[...], of: data, rate: 0) }
    let tensors = executor.namedTensors()
    let mean = try #require(tensors.first { $0.name == "batch_norm1.running_mean" })
    #expect(abs(mean.values[0] - 2.5) < 1e-3 && abs(mean.values[1] - 25) < 1e-2)
  }
}

/// The gradient of all parameters along a random direction, two ways.
struct GradientCheck {
  let graph: Graph
  let rows: Int
  let seed: UInt64
  let data: TrainingData

  /// The difference of both ways, relative to the size of the gradient.
  func difference() throws -> Double {
    let plan = Plan(graph: graph, batch: rows, loss: Cotangent(), optimizer: SGD(momentum: 0))
    let executor = Executor(plan, seed: seed)
    let start = executor.parameters
    var source = RandomSource(seed: seed).split("direction")
    let direction = start.map { $0 == 0 ? 0 : source.normal() }
    // A step of plain gradient descent with rate 1 takes the gradient off the parameters.
    _ = executor.trainStep(rows: data.rows[...], of: data, rate: 1)
    let gradient = zip(start, executor.parameters).map { Double($0) - Double($1) }
    let analytic = zip(gradient, direction).reduce(0) { $0 + $1.0 * Double($1.1) }
    // Large steps may cross a kink and small ones drown in rounding; a wrong gradient fails all.
    let numeric = try [Float(1e-4), 1e-3, 4e-3].map { step in
      try slope(executor, data, from: start, along: direction, step: step)
    }
    let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let length = direction.reduce(0) { $0 + Double($1 * $1) }.squareRoot()
    return numeric.map { abs($0 - analytic) / (norm * length + 1e-6) }.min() ?? .infinity
  }

  /// `(L(x + hv) − L(x − hv)) / 2h` in training mode.
  private func slope(
    _ executor: Executor, _ data: TrainingData, from start: [Float], along direction: [Float],
    step: Float
  ) throws -> Double {
    var first = executor.snapshot()
    first.stepCount = 0
    let losses = try [step, -step].map { step in
      try executor.restore(first)
      executor.parameters = zip(start, direction).map { $0 + step * $1 }
      return executor.trainStep(rows: data.rows[...], of: data, rate: 0).loss
    }
    return (losses[0] - losses[1]) / (2 * Double(step))
  }
}
